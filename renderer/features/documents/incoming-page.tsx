import { Button } from '@mantine/core';
import { IconFileDownload, IconInbox, IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import type { DocumentRow } from '#shared/documents/public.ts';
import { DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useListRows, type ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { DirectionDialog } from './direction-dialog.tsx';
import type { Directed } from './direction-form.ts';
import { DocumentListRow } from './document-list-row.tsx';
import { documentPath } from './document-paths.ts';
import { DocumentView } from './document-view.tsx';
import { IncomingFilters, statesOf, type IncomingFilter } from './incoming-filters.tsx';
import { nextArrival, rememberArrivals } from './next-arrival.ts';
import { NoDocumentChosen } from './no-document-chosen.tsx';
import { uploadQueue } from './upload-queue.ts';
import { UploadProgress } from './upload-progress.tsx';

const nothing: ReadonlySet<string> = new Set();
const noPapers: readonly Directed[] = [];

/** Văn bản đến: what has come, its registration, its directions, the document beside the list. */
export function IncomingPage() {
  const words = useWords();
  const client = useQueryClient();
  const { go } = useRouter();
  const { person, has } = useMe();
  const isClerk = has('clerk');
  const params = useParams(documentPath.incoming);
  const open = DocumentIdSchema.safeParse(params?.['id']);
  const [filter, setFilter] = useState<IncomingFilter>({ stage: 'all', year: null, text: '' });
  const rows = useListRows<DocumentRow>(['documents', 'incoming', filter], ({ offset, limit }) =>
    core.documents.incoming({
      offset,
      limit,
      states: statesOf[filter.stage] === null ? null : [...(statesOf[filter.stage] ?? [])],
      year: filter.year,
      text: filter.text,
    }),
  );
  const { selected, setSelected, directed, directing, setDirecting } = useSelection(rows);
  const chooser = useRef<HTMLDivElement>(null);
  const mayDirect = whyNotCall('workflow.direct', person) === null;

  const choose = (): void => {
    chooser.current?.querySelector<HTMLInputElement>('input[type="file"]')?.click();
  };
  useShortcut({ keys: 'N', label: words('incoming.receive'), run: choose, enabled: isClerk });
  const show = (id: DocumentId): void => {
    if (isClerk) void rememberArrivals(client);
    go(pathTo(documentPath.incoming, { id }), { replace: open.success });
  };
  const goOn = (id: DocumentId): void => {
    void nextArrival(client, id).then((next) => {
      if (next !== null) go(pathTo(documentPath.incoming, { id: next }), { replace: true });
    });
  };
  return (
    <ListPlace
      ref={chooser}
      head={
        <>
          <PlaceHead
            title={words('place.incoming')}
            count={rows.state === 'ready' ? rows.total : null}
            selected={selected.size}
            onClear={() => {
              setSelected(nothing);
            }}
            bulk={
              mayDirect && (
                <Button
                  size="compact-sm"
                  leftSection={<IconSend size="1rem" stroke={1.75} aria-hidden />}
                  disabled={directed.length === 0}
                  onClick={() => {
                    setDirecting(directed);
                  }}
                >
                  {words('direction.bulk', { count: directed.length })}
                </Button>
              )
            }
            below={<IncomingFilters filter={filter} onChange={setFilter} withArrived={isClerk} />}
          >
            {isClerk && (
              <ActButton label={words('incoming.receive')} icon={IconFileDownload} keys="N" run={choose} />
            )}
          </PlaceHead>
          <UploadProgress />
        </>
      }
      list={
        <DropZone
          accept=".pdf,.eml,.edxml,.xml,application/pdf,message/rfc822"
          help={words('incoming.drop')}
          disabled={!isClerk}
          onFiles={uploadQueue.add}
        >
          <DenseList
            label={words('place.incoming')}
            rows={rows}
            idOf={idOf}
            openId={open.success ? open.data : null}
            onOpen={(row) => {
              show(row.id);
            }}
            // A clerk's Enter goes into the registration; everybody else reads along as they move.
            openOnMove={!isClerk}
            {...(mayDirect ? { selected, onSelect: setSelected } : {})}
            takesFocus={!open.success}
            look={{
              kind: 'rows',
              rowRem: 4.5,
              renderRow: (row) => <DocumentListRow row={row} unread={isClerk && row.state === 'arrived'} />,
            }}
            empty={<NothingHere filter={filter} isClerk={isClerk} choose={choose} />}
          />
        </DropZone>
      }
    >
      <>
        {open.success ? (
          <DocumentView id={open.data} takesFocus={isClerk} onRegistered={goOn} />
        ) : (
          <NoDocumentChosen />
        )}
        <DirectionDialog
          opened={directing !== null}
          documents={directing ?? noPapers}
          onClose={() => {
            setDirecting(null);
          }}
          onDone={() => {
            setSelected(nothing);
          }}
        />
      </>
    </ListPlace>
  );
}

/** The selected rows, and those of them that wait for a first direction. */
function useSelection(rows: ListRows<DocumentRow>) {
  const words = useWords();
  const [selected, setSelected] = useState<ReadonlySet<string>>(nothing);
  // Those it was opened for: once directed, they are no longer among those that wait.
  const [directing, setDirecting] = useState<readonly Directed[] | null>(null);
  const directed: Directed[] = [];
  for (let place = 0; selected.size > 0 && place < rows.total; place += 1) {
    const row = rows.rowAt(place);
    if (row === undefined || !selected.has(row.id) || row.state !== 'registered') continue;
    const number = row.arrivalNumber ?? 0;
    const reference = row.notation === '' ? words('documents.arrivalNumber', { number }) : row.notation;
    directed.push({ id: row.id, reference, title: row.subject, hasLead: false });
    if (directed.length === selected.size) break;
  }
  return { selected, setSelected, directed, directing, setDirecting };
}

function NothingHere(props: Readonly<{ filter: IncomingFilter; isClerk: boolean; choose: () => void }>) {
  const { filter, isClerk, choose } = props;
  const words = useWords();
  const isFiltered = filter.text !== '' || filter.stage !== 'all' || filter.year !== null;
  if (isFiltered) {
    return (
      <EmptyState icon={IconInbox} title={words('incoming.nothing')} help={words('incoming.nothing.help')} />
    );
  }
  if (!isClerk) {
    return (
      <EmptyState icon={IconInbox} title={words('incoming.empty')} help={words('incoming.empty.reader')} />
    );
  }
  return (
    <EmptyState icon={IconInbox} title={words('incoming.empty')} help={words('incoming.empty.clerk')}>
      <Button onClick={choose}>{words('incoming.receive')}</Button>
    </EmptyState>
  );
}

function idOf(row: DocumentRow): string {
  return row.id;
}
