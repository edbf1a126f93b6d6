import type { Instant } from '#shared/kernel/public.ts';
import { askTimestamp, type TimestampService } from '../evidence/timestamp.ts';
import type { AcroForm } from '../pdf/fields.ts';
import { ref, withEntries, type PdfValue } from '../pdf/values.ts';
import { appendRevision, firstFreeNumber } from './append-revision.ts';
import { checkOwnWork } from './check-own-work.ts';
import { fillPlaceholder, reserveBytes, type Prepared } from './fill-placeholder.ts';
import { newSignatureField } from './new-signature-field.ts';
import { openForWriting } from './open-for-writing.ts';
import { timestampPlaceholder } from './signature-dictionary.ts';

export type DocumentTimestampOrder = Readonly<{
  pdf: Uint8Array;
  service: TimestampService;
  at: Instant;
}>;

/**
 * Stamps the whole file as one revision more, with an invisible field (EN 319 142-1 5.4.3): over validation data it
 * makes B-LTA. A document that a seal has closed may still be stamped.
 */
export async function addDocumentTimestamp({
  pdf,
  service,
  at,
}: DocumentTimestampOrder): Promise<Uint8Array> {
  const { prepared, field } = prepare(pdf);
  await fillPlaceholder(prepared, (pieces) => askTimestamp(pieces, service, at));
  checkOwnWork({ before: pdf, after: prepared.pdf, field, at });
  return prepared.pdf;
}

function prepare(bytes: Uint8Array): Readonly<{ prepared: Prepared; field: string }> {
  const { file, form } = openForWriting(bytes);
  const name = freeName(form);
  const num = firstFreeNumber(file);
  const { field, changes } = newSignatureField(file.latest, form, { name, num });
  const placeholder = timestampPlaceholder(reserveBytes);
  const signatureNum = num + 1;
  const { bytes: pdf, valueAt } = appendRevision(
    file,
    new Map<number, PdfValue | Buffer>([
      ...changes,
      [num, withEntries(field.dict, { V: ref(signatureNum) })],
      [signatureNum, placeholder.bytes],
    ]),
  );
  return { prepared: { pdf, placeholder, at: valueAt.get(signatureNum) ?? 0 }, field: name };
}

function freeName(form: AcroForm | null): string {
  let number = 1;
  while (form?.fields.has(`timestamp-${number}`) === true) number += 1;
  return `timestamp-${number}`;
}
