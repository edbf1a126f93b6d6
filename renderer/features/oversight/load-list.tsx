import { IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Supervision } from '#shared/workflow/public.ts';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import './oversight.css';

/** How much a person or a unit has on their hands. */
export type Load = Readonly<{
  kind: 'person' | 'unit';
  id: string;
  name: string;
  open: number;
  late: number;
  soon: number;
  done: number;
}>;

const figures = ['open', 'soon', 'late', 'done'] as const;

/** The loads of the overview with their names, in its order: most late first. */
export function useLoads(
  { units, people }: Supervision,
  kind: Load['kind'],
  asked: Parameters<typeof useRowsAtHand>[1],
): ListRows<Load> {
  const { unitName, nameOf } = useDirectory();
  const loads = useMemo(
    () =>
      kind === 'unit'
        ? units.map(({ unit, ...load }): Load => ({ kind, id: unit, name: unitName(unit), ...load }))
        : people.map(({ person, ...load }): Load => ({ kind, id: person, name: nameOf(person), ...load })),
    [kind, units, people, unitName, nameOf],
  );
  return useRowsAtHand(loads, asked);
}

type LoadListProps = Readonly<{
  label: string;
  rows: ListRows<Load>;
  chosen: Load | null;
  onChoose: (load: Load) => void;
}>;

/** Who has how much: a line each, figures under one another. */
export function LoadList({ label, rows, chosen, onChoose }: LoadListProps) {
  const words = useWords();
  const columns: readonly Column<Load>[] = [
    {
      key: 'name',
      title: words('oversight.name'),
      width: 8,
      grow: true,
      renderCell: ({ name }) => <strong className="one-line load-name">{name}</strong>,
    },
    ...figures.map((figure): Column<Load> => ({
      key: figure,
      title: words(`oversight.figure.${figure}`),
      width: 3.75,
      align: 'end',
      renderCell: (load) => <Figure value={load[figure]} tone={figure} />,
    })),
  ];
  return (
    <DenseList
      label={label}
      rows={rows}
      idOf={({ id }) => id}
      openId={chosen?.id ?? null}
      onOpen={onChoose}
      openOnMove
      takesFocus
      look={{ kind: 'columns', columns, rowRem: 2.5 }}
      empty={
        <EmptyState
          icon={IconUsers}
          title={words('oversight.empty.loads')}
          help={words('oversight.empty.loads.help')}
        />
      }
    />
  );
}

function Figure({ value, tone }: Readonly<{ value: number; tone: (typeof figures)[number] }>) {
  return (
    <span className="figures load-figure" data-tone={value === 0 ? 'none' : tone}>
      {value}
    </span>
  );
}
