import { Checkbox, SegmentedControl } from '@mantine/core';
import { IconArchive, IconFolderPlus, IconFolders, IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import type { DossierRow, DossierState } from '#shared/dossiers/public.ts';
import { DossierIdSchema } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { DossierDialog } from './dossier-dialog.tsx';
import { dossiersPath, fileListPath } from './dossier-paths.ts';
import { DossierView } from './dossier-view.tsx';
import { OfferDialog } from './offer-dialog.tsx';

/** A file's way as its maker follows it; what went on from the archive is the archive's to look for. */
const shownStates = ['open', 'closed', 'offered', 'archived'] as const;
type Filter = Readonly<{ state: DossierState; mine: boolean; text: string }>;

/** Hồ sơ: the files of the agency as far as one may see them, and beside the list one of them with what lies in it. */
export function DossiersPage() {
  const words = useWords();
  const { go } = useRouter();
  const open = DossierIdSchema.safeParse(useParams(dossiersPath)?.['id']);
  const [filter, setFilter] = useState<Filter>({ state: 'open', mine: false, text: '' });
  const [opening, setOpening] = useState(false);
  const rows = useListRows<DossierRow>(['dossiers', 'list', filter], (window) =>
    core.dossiers.list({ ...window, ...filter, year: null }),
  );
  const [offering, setOffering] = useState(false);
  const begin = (): void => {
    setOpening(true);
  };
  const beginOffer = (): void => {
    setOffering(true);
  };
  useShortcut({ keys: 'O', label: words('handOvers.act.offer'), run: beginOffer });
  useShortcut({ keys: 'N', label: words('dossiers.act.open'), run: begin });
  const isFiltered = filter.text !== '' || filter.mine;
  return (
    <>
      <ListPlace
        head={
          <PlaceHead
            title={words('place.dossiers')}
            count={rows.state === 'ready' ? rows.total : null}
            below={<Filters filter={filter} onChange={setFilter} />}
          >
            <ActButton
              label={words('handOvers.act.offer')}
              icon={IconArchive}
              keys="O"
              second
              run={beginOffer}
            />
            <ActButton label={words('dossiers.act.open')} icon={IconFolderPlus} keys="N" run={begin} />
          </PlaceHead>
        }
        list={
          <DenseList
            label={words('place.dossiers')}
            rows={rows}
            idOf={idOf}
            openId={open.success ? open.data : null}
            onOpen={({ id }) => {
              go(pathTo(dossiersPath, { id }), { replace: open.success });
            }}
            openOnMove
            takesFocus={!open.success}
            look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <DossierListRow row={row} /> }}
            empty={
              <EmptyState
                icon={IconFolders}
                title={words(isFiltered ? 'dossiers.nothing' : `dossiers.empty.${filter.state}`)}
                help={words(isFiltered ? 'dossiers.nothing.help' : `dossiers.empty.${filter.state}.help`)}
              />
            }
          />
        }
      >
        {open.success ? (
          <DossierView key={open.data} id={open.data} />
        ) : (
          <EmptyState
            icon={IconFolders}
            title={words('dossiers.choose')}
            help={words('dossiers.choose.help')}
          />
        )}
      </ListPlace>
      {offering && (
        <OfferDialog
          first={null}
          onClose={() => {
            setOffering(false);
          }}
        />
      )}
      {opening && (
        <DossierDialog
          doing={{ kind: 'open' }}
          onClose={() => {
            setOpening(false);
          }}
          onDone={(id) => {
            setOpening(false);
            go(pathTo(dossiersPath, { id }));
          }}
        />
      )}
    </>
  );
}

function Filters({ filter, onChange }: Readonly<{ filter: Filter; onChange: (filter: Filter) => void }>) {
  const words = useWords();
  const { go } = useRouter();
  return (
    <>
      <SearchField
        label={words('dossiers.search')}
        value={filter.text}
        onChange={(text) => {
          onChange({ ...filter, text });
        }}
      />
      <ActButton
        label={words('dossiers.fileList')}
        icon={IconListDetails}
        second
        run={() => {
          go(pathTo(fileListPath));
        }}
      />
      <ExportMenu
        what={words('dossiers.print.files')}
        make={(form) => core.dossiers.printList({ ...filter, year: null, form })}
      />
      <SegmentedControl
        size="xs"
        aria-label={words('dossiers.state')}
        value={filter.state}
        data={shownStates.map((state) => ({
          value: state,
          label: words(`dossiers.filter.${state}`),
        }))}
        onChange={(state) => {
          onChange({ ...filter, state });
        }}
      />
      <Checkbox
        size="xs"
        label={words('dossiers.mine')}
        checked={filter.mine}
        onChange={(event) => {
          onChange({ ...filter, mine: event.currentTarget.checked });
        }}
      />
    </>
  );
}

/** A file in a list: whose, what, where it stands, and by when it is to be handed over. */
export function DossierListRow({ row }: Readonly<{ row: DossierRow }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const held = words('dossiers.papers', { count: row.papers });
  return (
    <ListRow
      lead={[nameOf(row.maker), String(row.year)].join(' · ')}
      reference={row.code}
      title={row.title}
      due={row.handOverBy}
      state={
        <>
          {row.returned ? (
            <StateMark label={words('handOvers.returned')} tone="soon" waiting />
          ) : (
            <StateMark
              label={words(`state.dossier.${row.state}`)}
              tone={row.state === 'open' ? 'action' : 'plain'}
            />
          )}
          <span className="dim">
            {row.parts > 0 ? `${held} · ${words('dossiers.parts.count', { count: row.parts })}` : held}
          </span>
        </>
      }
    />
  );
}

function idOf(row: DossierRow): string {
  return row.id;
}
