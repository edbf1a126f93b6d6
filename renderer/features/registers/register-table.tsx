import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RegisterInput } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';

type RegisterTableProps = Readonly<{ asked: RegisterInput; onOpen: (id: string) => void; empty: ReactNode }>;
type Row = Readonly<{ id: string; cells: readonly string[] }>;

/** The rows of a register under exactly the columns the law names, of any length. */
export function RegisterTable({ asked, onOpen, empty }: RegisterTableProps) {
  const words = useWords();
  const key = ['documents', 'register', asked];
  const columns = useQuery({
    queryKey: [...key, 'columns'],
    queryFn: async () => (await core.documents.register({ ...asked, offset: 0, limit: 1 })).columns,
  });
  const rows = useListRows<Row>(key, ({ offset, limit }) =>
    core.documents.register({ ...asked, offset, limit }),
  );
  return (
    <DenseList
      label={words('place.registers')}
      rows={rows}
      idOf={(row) => row.id}
      openId={null}
      onOpen={(row) => {
        onOpen(row.id);
      }}
      look={{ kind: 'columns', columns: (columns.data ?? []).map(columnOf), rowRem: 2.25 }}
      empty={empty}
    />
  );
}

/** The column of kind and subject takes what room is left. */
function columnOf(title: string, place: number): Column<Row> {
  const grows = place === 5 || (place === 2 && /nội dung/u.test(title));
  return {
    key: String(place),
    title,
    width: grows ? 16 : 8,
    grow: grows,
    renderCell: (row) => <span className="one-line">{row.cells[place]}</span>,
  };
}
