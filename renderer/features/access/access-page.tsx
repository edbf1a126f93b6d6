import { SegmentedControl } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { wholeLog, type AccessFilter, type AccessRow, type CountRow } from '#shared/access/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatExact } from '../../ui/moments.ts';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { AccessFilters } from './access-filters.tsx';
import { ChangedRights, useChangedRights } from './changed-rights.tsx';
import { StampList, useStamps } from './stamp-list.tsx';

export const accessPath = '/nhat-ky';

const views = ['lines', 'counts', 'rights', 'stamps'] as const;
type View = (typeof views)[number];

/** Nhật ký: who opened, printed and took out what, how often each paper was in hand, and rights that wait for a word. */
export function AccessPage() {
  const words = useWords();
  const [view, setView] = useState<View>('lines');
  const [filter, setFilter] = useState<AccessFilter>(wholeLog);
  const { changes } = useChangedRights();
  const isLate = useStamps().data?.late === true;
  const viewName = (value: View): string => {
    if (value === 'rights' && changes.length > 0) {
      return words('access.view.rights.waiting', { count: changes.length });
    }
    return words(value === 'stamps' && isLate ? 'access.view.stamps.late' : `access.view.${value}`);
  };
  return (
    <div className="place">
      <PlaceHead
        title={words('place.journal')}
        below={
          <>
            <SegmentedControl
              size="xs"
              aria-label={words('access.view')}
              value={view}
              data={views.map((value) => ({
                value,
                label: viewName(value),
              }))}
              onChange={setView}
            />
            {(view === 'lines' || view === 'counts') && (
              <AccessFilters filter={filter} onChange={setFilter} />
            )}
          </>
        }
      >
        {view === 'lines' && (
          <ExportMenu
            what={words('place.journal')}
            make={(form) => core.access.export({ ...filter, form })}
          />
        )}
      </PlaceHead>
      <div className="place-list">
        {view === 'lines' && <Lines filter={filter} onPick={setFilter} />}
        {view === 'counts' && (
          <Counts
            filter={filter}
            onPick={(on) => {
              setFilter({ ...filter, on });
              setView('lines');
            }}
          />
        )}
        {view === 'rights' && <ChangedRights />}
        {view === 'stamps' && <StampList />}
      </div>
    </div>
  );
}

type Picking = Readonly<{ filter: AccessFilter; onPick: (filter: AccessFilter) => void }>;

/** The log itself, newest first; a line narrows it to its paper. */
function Lines({ filter, onPick }: Picking) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const rows = useListRows<AccessRow>(['access', 'lines', filter], (window) =>
    core.access.lines({ ...filter, ...window }),
  );
  const columns: readonly Column<AccessRow>[] = [
    { key: 'at', title: words('access.column.at'), width: 10, renderCell: ({ at }) => formatExact(at) },
    {
      key: 'person',
      title: words('access.column.person'),
      width: 13,
      renderCell: ({ person }) => nameOf(person),
    },
    {
      key: 'what',
      title: words('access.column.what'),
      width: 8,
      renderCell: ({ what }) => words(`access.what.${what}`),
    },
    {
      key: 'on',
      title: words('access.column.on'),
      width: 18,
      grow: true,
      renderCell: ({ on }) => <Named on={on} />,
    },
    {
      key: 'machine',
      title: words('access.column.machine'),
      width: 10,
      renderCell: ({ machine }) => machine,
    },
  ];
  return (
    <DenseList
      label={words('place.journal')}
      rows={rows}
      idOf={({ desk, n }) => `${desk} ${n}`}
      openId={null}
      onOpen={({ on: { kind, id } }) => {
        onPick({ ...filter, on: filter.on === null ? { kind, id } : null });
      }}
      look={{ kind: 'columns', columns }}
      empty={<Nothing />}
    />
  );
}

/** Papers and files by how often they were in hand (NĐ 30 PL6 6). */
function Counts({
  filter,
  onPick,
}: Readonly<{ filter: AccessFilter; onPick: (on: AccessFilter['on']) => void }>) {
  const words = useWords();
  const rows = useListRows<CountRow>(['access', 'counts', filter], (window) =>
    core.access.counts({ ...filter, ...window }),
  );
  const columns: readonly Column<CountRow>[] = [
    {
      key: 'on',
      title: words('access.column.on'),
      width: 18,
      grow: true,
      renderCell: ({ on }) => <Named on={on} />,
    },
    {
      key: 'times',
      title: words('access.column.times'),
      width: 6,
      align: 'end',
      renderCell: ({ times }) => String(times),
    },
    {
      key: 'people',
      title: words('access.column.people'),
      width: 7,
      align: 'end',
      renderCell: ({ people }) => String(people),
    },
    {
      key: 'last',
      title: words('access.column.last'),
      width: 10,
      renderCell: ({ last }) => formatExact(last),
    },
  ];
  return (
    <DenseList
      label={words('access.view.counts')}
      rows={rows}
      idOf={({ on }) => `${on.kind} ${on.id}`}
      openId={null}
      onOpen={({ on: { kind, id } }) => {
        onPick({ kind, id });
      }}
      look={{ kind: 'columns', columns }}
      empty={<Nothing />}
    />
  );
}

/** What a line is about; a paper that is not the reader's is told by its kind alone. */
function Named({ on: { kind, id, name } }: Readonly<{ on: AccessRow['on'] }>) {
  const words = useWords();
  const said = words(`access.on.${kind}`);
  if (name === null) {
    return <span className="dim">{words('access.hidden', { kind: said, id: id.slice(-12) })}</span>;
  }
  return <span className="one-line">{kind === 'document' || kind === 'dossier' ? name : said}</span>;
}

function Nothing() {
  const words = useWords();
  return <EmptyState icon={IconHistory} title={words('access.empty')} help={words('access.empty.help')} />;
}
