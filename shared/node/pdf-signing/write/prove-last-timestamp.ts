import { addValidationData, isUnanswered, type ValidationOrder } from './add-validation-data.ts';
import { signatureContents } from './signature-contents.ts';

/**
 * Keeps what proves the last document time-stamp behind it, so that nobody has to be asked when the file is checked. Where
 * nobody answers, the bytes stay as they are: the stamp holds as long as its service can be asked.
 */
export async function proveLastTimestamp(order: Omit<ValidationOrder, 'only'>): Promise<Uint8Array> {
  const last = signatureContents(order.pdf).findLast(({ isTimestamp }) => isTimestamp);
  if (last === undefined) return order.pdf;
  const proven = await addValidationData({ ...order, only: last.field });
  return proven.found.length === 0 || isUnanswered(proven) ? order.pdf : proven.pdf;
}
