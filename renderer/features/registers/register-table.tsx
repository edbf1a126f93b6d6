import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  arrivalsReport,
  copiesBook,
  issuedReport,
  postBook,
  type RegisterInput,
} from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';

type RegisterTableProps = Readonly<{
  asked: RegisterInput;
  onOpen: (row: RegisterRow) => void;
  empty: ReactNode;
}>;
/** A line of a register, and the document it leads to. */
export type RegisterRow = Readonly<{
  /** Null where no paper carries the number. */
  id: string | null;
  direction: 'incoming' | 'outgoing';
  cells: readonly string[];
}>;

/** The rows of a register under exactly the columns the law names, of any length. */
export function RegisterTable({ asked, onOpen, empty }: RegisterTableProps) {
  const words = useWords();
  const key = ['documents', 'register', asked];
  const columns = useQuery({
    queryKey: [...key, 'columns'],
    queryFn: async () => (await core.documents.register({ ...asked, offset: 0, limit: 1 })).columns,
  });
  const rows = useListRows<RegisterRow>(key, ({ offset, limit }) =>
    core.documents.register({ ...asked, offset, limit }),
  );
  return (
    <DenseList
      label={words('place.registers')}
      rows={rows}
      // A document may stand in a register more than once: as often as it was copied, or has recipients.
      idOf={(row) => `${row.id ?? ''} ${row.cells.slice(0, 3).join(' ')}`}
      openId={null}
      onOpen={onOpen}
      look={{
        kind: 'columns',
        columns: (columns.data ?? []).map((title, place) => columnOf(title, place, asked.book)),
        rowRem: 2.875,
      }}
      empty={empty}
    />
  );
}

/** Widths in rem, in the order of the annex; the column of kind and subject (0) takes what room is left. */
const widths: Readonly<Partial<Record<string, readonly number[]>>> = {
  arrivals: [5, 3, 9, 8, 5.25, 0, 9, 5, 3.25, 3.25],
  issued: [8, 5.25, 0, 8, 10, 8, 3.5, 5, 3.25, 3.25],
  [copiesBook]: [8, 5.25, 5, 8, 0, 12, 9, 10],
  [postBook]: [6, 10, 0, 6, 14, 7],
  [arrivalsReport]: [3, 0, 10, 5.5, 11, 9, 7],
  [issuedReport]: [8, 5.25, 0, 11, 5.5, 16, 8],
};
const extraWidth = 6;
const growsFrom = 14;

function columnOf(title: string, place: number, book: string): Column<RegisterRow> {
  const width = (widths[book] ?? widths['issued'])?.[place] ?? extraWidth;
  return {
    key: String(place),
    title,
    width: width === 0 ? growsFrom : width,
    grow: width === 0,
    renderCell: (row) => <span className="two-lines">{row.cells[place]}</span>,
  };
}
