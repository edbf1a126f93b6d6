import { notationOf, type DocumentPage, type DocumentRow } from '#shared/documents/public.ts';
import type { Tone } from '../../ui/marks.tsx';
import type { Words } from '../../ui/words.ts';

/** The kind of a paper: ours carry its code, received ones the words they were registered with. */
export function sayKind(kind: string, words: Words): string {
  const key = `kind.${kind}`;
  const said = words(key);
  return said === key ? kind : said;
}

export function sayState(row: Pick<DocumentRow, 'direction' | 'state'>, words: Words): string {
  return words(`state.${row.direction}.${row.state}`);
}

/** What is refused or given up is marked, what still goes its way is not; green stays with what is proven. */
export function toneOf(row: Pick<DocumentRow, 'state' | 'returned'>): Tone {
  if (['refused', 'abandoned', 'recalled', 'replaced', 'destroyed'].includes(row.state)) return 'danger';
  return row.returned ? 'soon' : 'plain';
}

/** Nothing more is expected of it, so that its deadline no longer presses. */
export function isOver(row: Pick<DocumentRow, 'state'>): boolean {
  return ['done', 'filed', 'refused', 'issued', 'abandoned', 'recalled', 'replaced', 'destroyed'].includes(
    row.state,
  );
}

/** What a document is called in a sentence: number and symbol, else its arrival number, else its file. */
export function referenceOf({ document, row }: Pick<DocumentPage, 'document' | 'row'>, words: Words): string {
  if (document.direction === 'outgoing') return row.notation === '' ? sayKind(row.kind, words) : row.notation;
  if (document.fields !== null) {
    const notation = notationOf(document.fields.number, document.fields.symbol);
    if (notation !== '') return notation;
  } else if (row.notation !== '') return row.notation;
  if (document.arrival !== null) return words('documents.arrivalNumber', { number: document.arrival.number });
  return document.file?.name ?? words('documents.secret');
}

export function titleOf({ document, row }: Pick<DocumentPage, 'document' | 'row'>, words: Words): string {
  // A paper that nothing was read from goes by its file's name, which is its reference already.
  const isNamed = document.direction === 'incoming' && document.fields === null;
  const isFile = isNamed && row.subject === document.file?.name;
  return row.subject === '' || isFile ? words('documents.noSubject') : row.subject;
}
