import type { ReactNode } from 'react';
import type { DocumentRow } from '#shared/documents/public.ts';
import type { Day, Instant } from '#shared/kernel/public.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { isOver, sayKind, sayState, toneOf } from './document-words.ts';

type DocumentListRowProps = Readonly<{
  row: DocumentRow;
  /** In place of the state: what is asked of the reader. */
  asked?: ReactNode;
  unread?: boolean;
  at?: Instant;
  due?: Day | null;
}>;

/** A document in a list: who it is from, number and symbol, what it is about, where it stands. */
export function DocumentListRow({ row, asked, unread = false, at, due }: DocumentListRowProps) {
  const words = useWords();
  const { unitName, nameOf } = useDirectory();
  const own = [row.drafter === null ? '' : nameOf(row.drafter), row.unit === null ? '' : unitName(row.unit)];
  const lead = row.direction === 'incoming' ? row.issuer : own.filter((name) => name !== '').join(' · ');
  const shownDue = due === undefined ? row.dueOn : due;
  const number = row.awaitsNumber
    ? `${words('documents.awaitsNumber')} · `
    : row.arrivalNumber === null
      ? ''
      : `${row.arrivalNumber} · `;
  const named = row.notation === '' ? sayKind(row.kind, words) : row.notation;
  const reference = `${number}${named}`;
  return (
    <ListRow
      lead={lead === '' ? words('documents.noIssuer') : lead}
      {...(reference === '' ? {} : { reference })}
      title={row.subject === '' ? words('documents.noSubject') : row.subject}
      state={asked ?? <StateMark label={sayState(row, words)} tone={toneOf(row)} />}
      urgency={row.urgency}
      due={isOver(row) ? null : shownDue}
      at={at ?? row.since}
      unread={unread}
      onlyHere={row.onlyHere}
    />
  );
}
