import { Alert, Select } from '@mantine/core';
import { IconClockExclamation, IconRubberStamp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Stamp } from '#shared/access/public.ts';
import type { Stamping } from '#shared/directory/public.ts';
import { ask, core } from '../../app/client.ts';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatExact } from '../../ui/moments.ts';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import '../../ui/filters-in-line.css';
import './stamp-list.css';

const none: readonly Stamp[] = [];
const usualActs = 1000;
const choices = {
  never: { every: 'never' },
  day: { every: 'day' },
  acts: { every: 'acts', acts: usualActs },
} as const satisfies Readonly<Record<string, Stamping>>;

/** Stamps of the log's head and whether one has been owed for days. */
export function useStamps() {
  return useQuery({ queryKey: ['access', 'stamps'], queryFn: () => core.access.stamps({}) });
}

/** The stamps of the log's head, and for an administrator how often one is asked for. */
export function StampList() {
  const words = useWords();
  const { has } = useMe();
  const asked = useStamps();
  const rows = useRowsAtHand(asked.data?.stamps ?? none, asked);
  const columns: readonly Column<Stamp>[] = [
    {
      key: 'seq',
      title: words('access.stamps.seq'),
      width: 7,
      align: 'end',
      renderCell: ({ seq }) => String(seq),
    },
    { key: 'at', title: words('access.column.at'), width: 10, renderCell: ({ at }) => formatExact(at) },
    {
      key: 'hash',
      title: words('access.stamps.hash'),
      width: 18,
      grow: true,
      renderCell: ({ hash }) => <code className="one-line">{hash}</code>,
    },
    {
      key: 'service',
      title: words('access.stamps.service'),
      width: 16,
      renderCell: ({ service }) => <span className="one-line">{service}</span>,
    },
  ];
  return (
    <>
      {asked.data?.late === true && (
        <Alert color="yellow" icon={<IconClockExclamation size="1.125rem" stroke={1.75} aria-hidden />}>
          {words('access.stamps.late')}
        </Alert>
      )}
      {has('administrator') && asked.data !== undefined && (
        <div className="filters-in-line access-stamping">
          <Select
            size="xs"
            w="18rem"
            label={words('access.stamping')}
            allowDeselect={false}
            value={asked.data.stamping.every}
            data={Object.keys(choices).map((value) => ({ value, label: words(`access.stamping.${value}`) }))}
            onChange={(chosen) => {
              const stamping = Object.values(choices).find(({ every }) => every === chosen);
              if (stamping === undefined) return;
              ask(core.directory.arrangeStamping, { stamping })
                .then(() => asked.refetch())
                .catch((error: unknown) => toast({ text: sentenceOf(error, words), tone: 'danger' }));
            }}
          />
        </div>
      )}
      <DenseList
        label={words('access.view.stamps')}
        rows={rows}
        idOf={({ seq }) => String(seq)}
        openId={null}
        onOpen={() => undefined}
        look={{ kind: 'columns', columns }}
        empty={
          <EmptyState
            icon={IconRubberStamp}
            title={words('access.stamps.empty')}
            help={words('access.stamps.empty.help')}
          />
        }
      />
    </>
  );
}
