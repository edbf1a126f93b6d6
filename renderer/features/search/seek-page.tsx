import { MultiSelect, Select } from '@mantine/core';
import { IconArrowsSort, IconFilterSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import {
  soughtColumns,
  usualColumns,
  type SoughtField,
  type SoughtQuery,
  type SoughtRow,
} from '#shared/search/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { SavedQueries } from './saved-queries.tsx';
import { SeekConditions } from './seek-conditions.tsx';
import { searchFor } from './search-path.ts';
import './seek.css';

const first: SoughtQuery = {
  groups: [[{ field: 'subject', operator: 'has', value: '' }]],
  columns: [...usualColumns],
  sort: null,
};

/** Tra cứu: papers and files by any of their fields and their text, in columns of one's choice (NĐ 30 PL6 6). */
export function SeekPage() {
  const words = useWords();
  const { go } = useRouter();
  const { person } = useMe();
  const hasOffice = whyNotCall('documents.incoming', person) === null;
  const [written, setWritten] = useState<SoughtQuery>(first);
  const query = readyOf(written);
  const { data: count } = useQuery({
    queryKey: ['search', 'count', query.groups],
    queryFn: () => core.search.count({ query }),
  });
  const total = count?.total ?? 0;
  const rows = useListRows<SoughtRow>(['search', 'seek', query, total], async (window) => {
    return { ...(await core.search.seek({ query, ...window })), total };
  });
  const fields = soughtColumns.map((value) => ({ value, label: words(`sought.field.${value}`) }));
  const known = (name: string): SoughtField | null => soughtColumns.find((field) => field === name) ?? null;
  return (
    <div className="place">
      <PlaceHead
        title={words('seek.title')}
        count={count === undefined ? null : total}
        below={
          <div className="seek-asked">
            <SeekConditions
              groups={written.groups}
              onChange={(groups) => {
                setWritten({ ...written, groups });
              }}
            />
            <div className="seek-line">
              <MultiSelect
                size="xs"
                className="seek-columns"
                searchable
                label={words('seek.columns')}
                value={written.columns}
                data={fields}
                onChange={(chosen) => {
                  const columns = chosen.flatMap((name) => known(name) ?? []);
                  if (columns.length > 0) setWritten({ ...written, columns });
                }}
              />
              <Select
                size="xs"
                w="12rem"
                clearable
                searchable
                label={words('seek.sort')}
                placeholder={words('seek.newest')}
                value={written.sort?.by ?? null}
                data={fields}
                onChange={(name) => {
                  const by = name === null ? null : known(name);
                  setWritten({ ...written, sort: by === null ? null : { by, descending: false } });
                }}
              />
              {written.sort !== null && (
                <ActButton
                  label={words(written.sort.descending ? 'seek.falling' : 'seek.rising')}
                  icon={IconArrowsSort}
                  second
                  run={() => {
                    const { sort } = written;
                    if (sort === null) return;
                    setWritten({ ...written, sort: { ...sort, descending: !sort.descending } });
                  }}
                />
              )}
            </div>
          </div>
        }
      >
        <SavedQueries query={query} onOpen={setWritten} />
        <ExportMenu what={words('seek.title')} make={(form) => core.search.export({ query, form })} />
      </PlaceHead>
      <div className="place-list">
        <DenseList
          label={words('seek.results')}
          rows={rows}
          idOf={({ id }) => id}
          openId={null}
          onOpen={({ of, id }) => {
            go(pageOf(of, id, hasOffice));
          }}
          look={{ kind: 'columns', columns: query.columns.map(columnFor(words)), rowRem: 2.875 }}
          empty={
            <EmptyState
              icon={IconFilterSearch}
              title={words('seek.nothing')}
              help={words('seek.nothing.help')}
            />
          }
        />
      </div>
    </div>
  );
}

const pages: Readonly<Record<SoughtRow['of'], string>> = {
  incoming: '/van-ban-den',
  outgoing: '/van-ban-di',
  dossier: '/ho-so',
};

/** Where a row is read; whoever has the archive alone reads files there, and papers where they are searched. */
function pageOf(of: SoughtRow['of'], id: string, hasOffice: boolean): string {
  if (hasOffice) return `${pages[of]}/${id}`;
  return of === 'dossier' ? `/luu-tru/dang-giu/${id}` : searchFor('', id);
}

/** What is not written out yet is not asked. */
function readyOf(written: SoughtQuery): SoughtQuery {
  const groups = written.groups
    .map((group) =>
      group.filter(
        ({ operator, value }) => operator === 'filled' || operator === 'empty' || value.trim() !== '',
      ),
    )
    .filter((group) => group.length > 0);
  return { ...written, groups };
}

/** Widths in rem; what is short everywhere leaves its room to the subject, which takes what is left. */
const widths: Partial<Readonly<Record<SoughtField, number>>> = {
  of: 6.5,
  codeNumber: 4.5,
  codeNotation: 7.5,
  issuedOn: 6,
  arrivedOn: 6,
  dueOn: 6,
  startedOn: 6,
  endedOn: 6,
  typeName: 6.5,
  fileCode: 6.5,
  organName: 11,
  recipients: 12,
  instructions: 12,
  toPlaces: 12,
};
const usualWidth = 7;
const subjectWidth = 16;

function columnFor(words: ReturnType<typeof useWords>) {
  return (field: SoughtField, place: number): Column<SoughtRow> => ({
    key: field,
    title: words(`sought.field.${field}`),
    width: field === 'subject' ? subjectWidth : (widths[field] ?? usualWidth),
    grow: field === 'subject',
    renderCell: ({ cells }) => <span className="two-lines">{cells[place]}</span>,
  });
}
