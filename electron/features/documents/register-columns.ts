import { wordsOf } from '../../platform/words.ts';

/** How much room a column takes of the others' where it is not the usual share. */
const shares: Readonly<Partial<Record<string, number>>> = {
  kindAndSubject: 2.8,
  kindAndContent: 2.8,
  described: 3.6,
  progress: 2,
  outcome: 2.2,
  arrivalNumber: 0.6,
  copies: 0.6,
  envelopes: 0.6,
  notation: 1.15,
  copyNotation: 1.15,
  postedNotation: 1.15,
  arrivedOn: 0.9,
  issuedOn: 0.9,
  forwardedOn: 0.9,
  copiedOn: 0.9,
  dueOn: 0.9,
  answerBy: 0.9,
  postReceipt: 1.8,
  receipt: 0.8,
  note: 0.8,
};
const usualShare = 1.3;

/** Columns by their names, with the room each takes on paper. */
export function namedColumns(columns: readonly string[]): Readonly<{ columns: string[]; shares: number[] }> {
  const words = wordsOf('vi');
  return {
    columns: columns.map((column) => words(`register.column.${column}`)),
    shares: columns.map((column) => shares[column] ?? usualShare),
  };
}
