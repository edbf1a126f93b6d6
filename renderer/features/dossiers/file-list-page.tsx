import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconArrowLeft,
  IconCheck,
  IconCopy,
  IconListDetails,
  IconPlus,
  IconTableImport,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { FileList, ListEntry } from '#shared/dossiers/public.ts';
import { yearOf } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { dossiersPath } from './dossier-paths.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { ImportListDialog } from './import-list-dialog.tsx';
import { ListEntries } from './list-entries.tsx';
import { useDossierAsk, type DossierAsk } from './use-dossier-ask.ts';
import './dossiers.css';

const yearsBack = 5;

type Doing =
  | Readonly<{ kind: 'add' }>
  | Readonly<{ kind: 'change'; entry: ListEntry }>
  /** With the file that was dropped on the page, if one was. */
  | Readonly<{ kind: 'import'; file: File | null }>;

/** Danh mục hồ sơ of a year (NĐ 30 PL5): written by the clerk, approved by the head. */
export function FileListPage() {
  const words = useWords();
  const { has } = useMe();
  const thisYear = yearOf(useMoment().today);
  const [year, setYear] = useState(thisYear);
  const [doing, setDoing] = useState<Doing | null>(null);
  const list = useFileList(year);
  const before = useFileList(year - 1);
  const close = (): void => {
    setDoing(null);
  };
  const act = useDossierAsk(close);
  const begin = (next: Doing): void => {
    act.reset();
    setDoing(next);
  };
  const entries = list?.entries ?? [];
  const write = (next: readonly ListEntry[]): void => {
    act.send({ id: 'writeList', run: () => ask(core.dossiers.writeList, { year, entries: [...next] }) });
  };
  return (
    <div className="place">
      <PlaceHead
        title={words('dossiers.fileList')}
        count={entries.length}
        below={<Standing year={year} list={list} onYear={setYear} />}
      >
        <ListActs year={year} list={list} before={before} act={act} onWrite={write} onDo={begin} />
      </PlaceHead>
      <DropZone
        accept=".csv,text/csv"
        multiple={false}
        disabled={!has('clerk') || doing !== null}
        help={words('dossiers.import.drop')}
        onFiles={([file]) => {
          if (file !== undefined) begin({ kind: 'import', file });
        }}
      >
        <div className="place-list" data-scrolls>
          {act.error !== null && doing === null && <Note tone="danger">{act.error}</Note>}
          {entries.length === 0 ? (
            <EmptyState
              icon={IconListDetails}
              title={words('dossiers.fileList.empty', { year })}
              help={words('dossiers.fileList.empty.help')}
            />
          ) : (
            <ListEntries
              entries={entries}
              onChange={
                has('clerk')
                  ? (entry) => {
                      begin({ kind: 'change', entry });
                    }
                  : null
              }
            />
          )}
        </div>
      </DropZone>
      {doing?.kind === 'import' && (
        <ImportListDialog
          year={year}
          list={list}
          first={doing.file}
          act={act}
          onClose={close}
          onTake={write}
        />
      )}
      {doing !== null && doing.kind !== 'import' && (
        <EntryDialog
          entry={doing.kind === 'change' ? doing.entry : null}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onDone={(next) => {
            const changed = doing.kind === 'change' ? doing.entry.code : null;
            const others = entries.filter(({ code }) => code !== changed);
            write([...others, ...(next === null ? [] : [next])].toSorted(byCode));
          }}
        />
      )}
    </div>
  );
}

type StandingProps = Readonly<{ year: number; list: FileList | null; onYear: (year: number) => void }>;

/** Which year is shown, and whether its list is in force. */
function Standing({ year, list, onYear }: StandingProps) {
  const words = useWords();
  const { go } = useRouter();
  const { nameOf } = useDirectory();
  const thisYear = yearOf(useMoment().today);
  const isWritten = list !== null && list.entries.length > 0;
  return (
    <>
      <ActButton
        label={words('place.dossiers')}
        icon={IconArrowLeft}
        second
        run={() => {
          go(pathTo(dossiersPath));
        }}
      />
      <Select
        size="xs"
        w="6.5rem"
        aria-label={words('dossiers.year')}
        allowDeselect={false}
        value={String(year)}
        data={Array.from({ length: yearsBack + 1 }, (_none, back) => String(thisYear + 1 - back))}
        onChange={(value) => {
          if (value !== null) onYear(Number(value));
        }}
      />
      {list?.approved != null && (
        <span className="dim">
          {words('dossiers.approved', { name: nameOf(list.approved.by) })}{' '}
          <RelativeTime at={list.approved.at} />
        </span>
      )}
      {isWritten && list.approved === null && <span className="dim">{words('dossiers.notApproved')}</span>}
    </>
  );
}

type ListActsProps = Readonly<{
  year: number;
  list: FileList | null;
  before: FileList | null;
  act: DossierAsk;
  onWrite: (entries: readonly ListEntry[]) => void;
  onDo: (doing: Doing) => void;
}>;

function ListActs({ year, list, before, act, onWrite, onDo }: ListActsProps) {
  const words = useWords();
  const { has } = useMe();
  const entries = list?.entries ?? [];
  const older = before?.entries ?? [];
  const maySign = has('leader') && entries.length > 0 && list?.approved === null;
  return (
    <>
      {has('clerk') && entries.length === 0 && older.length > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          loading={act.busy}
          leftSection={<IconCopy size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            onWrite(older);
          }}
        >
          {words('dossiers.act.copyList', { year: year - 1 })}
        </Button>
      )}
      {has('clerk') && (
        <ActButton
          label={words('dossiers.import')}
          icon={IconTableImport}
          second
          run={() => {
            onDo({ kind: 'import', file: null });
          }}
        />
      )}
      {entries.length > 0 && (
        <ExportMenu
          what={words('dossiers.fileList')}
          make={(form) => core.dossiers.exportFileList({ year, form })}
        />
      )}
      {has('clerk') && (
        <ActButton
          label={words('dossiers.act.addEntry')}
          icon={IconPlus}
          run={() => {
            onDo({ kind: 'add' });
          }}
        />
      )}
      {maySign && (
        <Button
          size="compact-sm"
          loading={act.busy}
          leftSection={<IconCheck size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            const body = { year, lines: entries.length };
            act.send({ id: 'approveList', run: () => ask(core.dossiers.approveList, body) });
          }}
        >
          {words('dossiers.act.approveList')}
        </Button>
      )}
    </>
  );
}

function useFileList(year: number): FileList | null {
  const { data } = useQuery({
    queryKey: ['dossiers', 'fileList', year],
    queryFn: () => core.dossiers.fileList({ year }),
  });
  return data?.list ?? null;
}

function byCode(a: ListEntry, b: ListEntry): number {
  return a.heading.localeCompare(b.heading, 'vi') || a.code.localeCompare(b.code, 'vi', { numeric: true });
}
