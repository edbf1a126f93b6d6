import { SegmentedControl } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import type { DossierRow, HandOverRow } from '#shared/dossiers/public.ts';
import { DossierIdSchema, HandOverIdSchema, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { useListRows, type ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { DocumentView } from '../documents/public.ts';
import { archivePath } from './dossier-paths.ts';
import { DossierListRow } from './dossiers-page.tsx';
import { DossierView } from './dossier-view.tsx';
import { HandOverListRow } from './hand-over-row.tsx';
import { HandOverView } from './hand-over-view.tsx';
import { Looking } from './looking.tsx';

const shownLists = ['cho-nhan', 'dang-giu', 'giao-nhan', 'lich-su'] as const;
type Shown = (typeof shownLists)[number];

/** Lưu trữ: what waits to be taken, what is kept, every hand-over, and what went on to the historical archive. */
export function ArchivePage() {
  const words = useWords();
  const { go } = useRouter();
  const params = useParams(archivePath);
  const shown = shownLists.find((one) => one === params?.['shown']) ?? 'cho-nhan';
  const id = params?.['id'];
  return (
    <SplitPanes
      name="list"
      sized="start"
      width={{ initial: 24, min: 18, max: 44 }}
      start={
        <ShownList
          key={shown}
          shown={shown}
          openId={id ?? null}
          onShow={(next) => {
            go(pathTo(archivePath, { shown: next }));
          }}
          onOpen={(opened) => {
            go(pathTo(archivePath, { shown, id: opened }), { replace: id !== undefined });
          }}
        />
      }
      end={
        id === undefined ? (
          <EmptyState
            icon={IconArchive}
            title={words('archive.choose')}
            help={words('archive.choose.help')}
          />
        ) : (
          <Opened key={`${shown}-${id}`} shown={shown} id={id} />
        )
      }
    />
  );
}

type ShownListProps = Readonly<{
  shown: Shown;
  openId: string | null;
  onShow: (shown: Shown) => void;
  onOpen: (id: string) => void;
}>;

function ShownList({ shown, openId, onShow, onOpen }: ShownListProps) {
  const words = useWords();
  const [text, setText] = useState('');
  const isOfFiles = shown === 'dang-giu' || shown === 'lich-su';
  const below = (
    <>
      {isOfFiles && <SearchField label={words('archive.search')} value={text} onChange={setText} />}
      <SegmentedControl
        size="xs"
        fullWidth
        w="100%"
        aria-label={words('archive.shown')}
        value={shown}
        data={shownLists.map((value) => ({ value, label: words(`archive.shown.${value}`) }))}
        onChange={onShow}
      />
    </>
  );
  const list = { shown, openId, onOpen, below };
  return isOfFiles ? <FilesList {...list} text={text} /> : <HandOversList {...list} />;
}

type ListProps = Pick<ShownListProps, 'shown' | 'openId' | 'onOpen'> & Readonly<{ below: React.ReactNode }>;

function FilesList({ text, ...list }: ListProps & Readonly<{ text: string }>) {
  const state = list.shown === 'lich-su' ? 'transferred' : 'archived';
  // A year typed by itself is the year; anything else is looked for in code and title.
  const year = /^(?:19|20)\d\d$/u.test(text.trim()) ? Number(text) : null;
  const asked = { state, mine: false, year, text: year === null ? text : '' } as const;
  const rows = useListRows<DossierRow>(['dossiers', 'list', asked], (window) =>
    core.dossiers.list({ ...window, ...asked }),
  );
  return (
    <ShownRows
      {...list}
      rows={rows}
      renderRow={(row) => <DossierListRow row={row} />}
      empty={text === '' ? list.shown : 'tim'}
    />
  );
}

function HandOversList(list: ListProps) {
  const state = list.shown === 'cho-nhan' ? 'offered' : null;
  const rows = useListRows<HandOverRow>(['handOvers', 'list', state], (window) =>
    core.handOvers.list({ ...window, state }),
  );
  return (
    <ShownRows {...list} rows={rows} renderRow={(row) => <HandOverListRow row={row} />} empty={list.shown} />
  );
}

type ShownProps<Row> = ListProps &
  Readonly<{
    rows: ListRows<Row>;
    renderRow: (row: Row) => React.ReactNode;
    empty: Shown | 'tim';
  }>;

/** Whatever is shown, under the head of the place. */
function ShownRows<Row extends Readonly<{ id: string }>>({
  shown,
  openId,
  onOpen,
  below,
  rows,
  renderRow,
  empty,
}: ShownProps<Row>) {
  const words = useWords();
  return (
    <div className="place">
      <PlaceHead
        title={words('place.archive')}
        count={rows.state === 'ready' ? rows.total : null}
        below={below}
      >
        {shown === 'cho-nhan' && (
          <ExportMenu
            what={words('handOvers.kept.title')}
            make={(form) => core.handOvers.printKeptBack({ form })}
          />
        )}
      </PlaceHead>
      <div className="place-list">
        <DenseList
          label={words(`archive.shown.${shown}`)}
          rows={rows}
          idOf={({ id }) => id}
          openId={openId}
          onOpen={({ id }) => {
            onOpen(id);
          }}
          openOnMove
          takesFocus={openId === null}
          look={{ kind: 'rows', rowRem: 4.5, renderRow }}
          empty={<NothingThere shown={empty} />}
        />
      </div>
    </div>
  );
}

function NothingThere({ shown }: Readonly<{ shown: Shown | 'tim' }>) {
  const words = useWords();
  return (
    <EmptyState
      icon={IconArchive}
      title={words(`archive.empty.${shown}`)}
      help={words(`archive.empty.${shown}.help`)}
    />
  );
}

/** What was opened, and what somebody looks at inside it: a file of a hand-over, a paper of a file. */
function Opened({ shown, id }: Readonly<{ shown: Shown; id: string }>) {
  const isFile = shown === 'dang-giu' || shown === 'lich-su';
  const file = isFile ? DossierIdSchema.safeParse(id).data : undefined;
  const handOver = isFile ? undefined : HandOverIdSchema.safeParse(id).data;
  const [path, setPath] = useState<readonly Step[]>([]);
  const last = path.at(-1);
  const back = (): void => {
    setPath(path.slice(0, -1));
  };
  const onPaper = (paper: DocumentId): void => {
    setPath([...path, { kind: 'paper', id: paper }]);
  };
  const onPart = (part: DossierId): void => {
    setPath([...path, { kind: 'file', id: part }]);
  };
  const inside = { onPaper, onPart };
  if (last?.kind === 'paper') {
    return (
      <Looking onBack={back}>
        <DocumentView key={last.id} id={last.id} />
      </Looking>
    );
  }
  if (last !== undefined) {
    return (
      <Looking onBack={back}>
        <DossierView key={last.id} id={last.id} inside={inside} onLeave={back} />
      </Looking>
    );
  }
  if (handOver !== undefined) return <HandOverView id={handOver} onFile={onPart} />;
  return file === undefined ? null : <DossierView id={file} inside={inside} />;
}

type Step = Readonly<{ kind: 'paper'; id: DocumentId }> | Readonly<{ kind: 'file'; id: DossierId }>;
