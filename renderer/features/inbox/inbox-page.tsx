import { SegmentedControl } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentRow, InboxItem } from '#shared/documents/public.ts';
import {
  DocumentIdSchema,
  TaskIdSchema,
  VoteIdSchema,
  type DocumentId,
  type TaskId,
  type VoteId,
} from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo, type PathParams } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useListRows, type ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { WaitingFiles } from '../dossiers/public.ts';
import {
  DocumentListRow,
  DocumentView,
  MeetingTask,
  NoDocumentChosen,
  inboxOf,
  inboxPath,
  nextArrival,
  placeOfTask,
  rememberArrivals,
} from '../documents/public.ts';
import { OwedVote } from '../meetings/public.ts';
import { useBulkSigning } from '../outgoing/public.ts';
import { useMe } from '../session/public.ts';

const sides = ['mine', 'waiting'] as const;
const nothing: ReadonlySet<string> = new Set();
type Side = (typeof sides)[number];

/** Việc của tôi: what waits for this person in any of their roles, late first, and what they wait for. */
export function InboxPage() {
  const words = useWords();
  const client = useQueryClient();
  const { go } = useRouter();
  const { has } = useMe();
  // A new day brings reminders without anything having changed.
  const { today } = useMoment();
  const params = useParams(inboxPath);
  const open = openOf(params);
  const openId = open?.id ?? null;
  const [side, setSide] = useState<Side>('mine');
  const rows = useListRows<InboxItem>(['documents', 'inbox', side, today], async ({ offset, limit }) => {
    const { items, total } = await core.documents.inbox({ offset, limit, side });
    return { rows: items, total };
  });
  const isClerk = has('clerk');
  const [selected, setSelected] = useState<ReadonlySet<string>>(nothing);
  const bulk = useBulkSigning(toSign(rows, selected), () => {
    setSelected(nothing);
  });
  const maySign = side === 'mine' && (has('leader') || has('chief'));
  const goOn = (id: DocumentId): void => {
    void nextArrival(client, id).then((next) => {
      go(pathTo(inboxPath, next === null ? {} : { id: next }), { replace: true });
    });
  };
  return (
    <ListPlace
      head={
        <>
          <PlaceHead
            title={words('place.inbox')}
            count={rows.state === 'ready' ? rows.total : null}
            selected={selected.size}
            onClear={() => {
              setSelected(nothing);
            }}
            bulk={bulk.button}
            below={
              <SegmentedControl
                size="xs"
                fullWidth
                w="100%"
                aria-label={words('inbox.side')}
                value={side}
                data={sides.map((one) => ({ value: one, label: words(`inbox.side.${one}`) }))}
                onChange={(chosen) => {
                  setSide(chosen);
                  setSelected(nothing);
                }}
              />
            }
          />
          {side === 'mine' && <WaitingFiles />}
        </>
      }
      list={
        <DenseList
          key={side}
          label={words(`inbox.side.${side}`)}
          rows={rows}
          idOf={idOf}
          openId={openId}
          onOpen={(item) => {
            if (isClerk) void rememberArrivals(client);
            go(pathTo(inboxPath, placeOf(item)), { replace: openId !== null });
          }}
          openOnMove={!isClerk}
          {...(maySign ? { selected, onSelect: setSelected } : {})}
          takesFocus={openId === null}
          look={{ kind: 'rows', rowRem: 4.5, renderRow: (item) => <InboxRow item={item} /> }}
          empty={
            <EmptyState
              icon={IconChecklist}
              title={words(`inbox.empty.${side}`)}
              help={words(`inbox.empty.${side}.help`)}
            />
          }
        />
      }
    >
      <OpenItem open={open} takesFocus={isClerk} onRegistered={goOn} />
      {bulk.dialogs}
    </ListPlace>
  );
}

type Open =
  | Readonly<{ is: 'paper'; id: DocumentId }>
  | Readonly<{ is: 'task'; id: TaskId }>
  | Readonly<{ is: 'vote'; id: VoteId }>;

function openOf(params: PathParams | null): Open | null {
  const [id, behind] = [params?.['id'], params?.['task']];
  const task = TaskIdSchema.safeParse(behind);
  if (id === inboxOf.meeting && task.success) return { is: 'task', id: task.data };
  const vote = VoteIdSchema.safeParse(behind);
  if (id === inboxOf.vote && vote.success) return { is: 'vote', id: vote.data };
  const paper = DocumentIdSchema.safeParse(id);
  return paper.success ? { is: 'paper', id: paper.data } : null;
}

type OpenItemProps = Readonly<{
  open: Open | null;
  takesFocus: boolean;
  onRegistered: (id: DocumentId) => void;
}>;

function OpenItem({ open, takesFocus, onRegistered }: OpenItemProps) {
  switch (open?.is) {
    case 'task':
      return <MeetingTask key={open.id} id={open.id} />;
    case 'vote':
      return <OwedVote key={open.id} id={open.id} />;
    case 'paper':
      return <DocumentView id={open.id} takesFocus={takesFocus} onRegistered={onRegistered} />;
    default:
      return <NoDocumentChosen />;
  }
}

/** What is asked, or of whom; then the document, or what the meeting said. */
function InboxRow({ item }: Readonly<{ item: InboxItem }>) {
  const words = useWords();
  const { holderName, nameOf } = useDirectory();
  const { why, document, meeting, since, dueOn } = item;
  const doer = meeting?.person == null ? null : nameOf(meeting.person);
  const holder = document === null ? doer : holderName(document.holder);
  const mine = why !== 'wait';
  const label =
    !mine && holder !== null ? words('inbox.waitsFor', { name: holder }) : words(`inbox.why.${why}`);
  const asked = <StateMark label={label} tone={mine ? 'action' : 'plain'} waiting={mine} />;
  if (document !== null) {
    return <DocumentListRow row={document} asked={asked} unread={mine} at={since} due={dueOn} />;
  }
  if (meeting === null) return null;
  return (
    <ListRow lead={meeting.title} title={meeting.words} state={asked} due={dueOn} at={since} unread={mine} />
  );
}

/** The selected papers that wait for this person's own signature or initials. */
function toSign(rows: ListRows<InboxItem>, selected: ReadonlySet<string>): readonly DocumentRow[] {
  const found: DocumentRow[] = [];
  for (let place = 0; selected.size > 0 && place < rows.total; place += 1) {
    const item = rows.rowAt(place);
    if (item?.document == null || !selected.has(item.document.id)) continue;
    if (item.why === 'sign' || item.why === 'initials') found.push(item.document);
  }
  return found;
}

function idOf({ document, task, vote }: InboxItem): string {
  return document?.id ?? task ?? vote ?? '';
}

function placeOf({ document, task, vote }: InboxItem): PathParams {
  if (document !== null) return { id: document.id };
  if (task !== null) return placeOfTask(task);
  return vote === null ? {} : { id: inboxOf.vote, task: vote };
}
