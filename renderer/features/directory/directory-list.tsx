import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { ListRows } from '../../ui/use-list-rows.ts';

export type DirectoryListProps<Row> = Readonly<{
  rows: ListRows<Row>;
  openId: string | null;
  onOpen: (id: string) => void;
  takesFocus: boolean;
}>;

type ShownProps<Row> = DirectoryListProps<Row> &
  Readonly<{
    label: string;
    idOf: (row: Row) => string;
    rowRem?: number;
    renderRow: (row: Row) => ReactNode;
    /** What is said when it is empty. */
    empty: Readonly<{ icon: Icon; title: string; help: string }>;
  }>;

/** A list of the directory: whatever the keys move to is opened beside it. */
export function DirectoryList<Row>(props: ShownProps<Row>) {
  const { idOf, onOpen, rowRem = 4.5, renderRow, empty, ...list } = props;
  return (
    <DenseList
      {...list}
      idOf={idOf}
      onOpen={(row) => {
        onOpen(idOf(row));
      }}
      openOnMove
      look={{ kind: 'rows', rowRem, renderRow }}
      empty={<EmptyState {...empty} />}
    />
  );
}
