import { ActionIcon } from '@mantine/core';
import { IconGripVertical, IconListNumbers, IconPaperclip, IconPencil } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { whyNotBring, whyNotPrepare, type AgendaItem, type MeetingPage } from '#shared/meetings/public.ts';
import { instantFrom, type AgendaItemId, type Instant } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DropZone } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Hint } from '../../ui/hint.tsx';
import { formatClock } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { FormerConclusions } from './former-conclusions.tsx';
import { ItemPapers } from './item-papers.tsx';
import { sayAccess } from './item-words.ts';
import type { Doing } from './meeting-doing.tsx';
import type { OpenPaper } from './paper-pages.tsx';
import { useMeetingAct } from './use-meeting-ask.ts';

type AgendaProps = Readonly<{
  page: MeetingPage;
  onDo: (doing: Doing) => void;
  onRead: (paper: OpenPaper) => void;
}>;

const dragged = 'application/x-antin-item';

/** Chương trình: the items in their order, each at its hour with its papers; what a person may not read keeps its place. */
export function Agenda({ page, onDo, onRead }: AgendaProps) {
  const words = useWords();
  const { person } = useMe();
  const { meeting, items } = page;
  const act = useMeetingAct();
  const [said, setSaid] = useState('');
  const mayPrepare = whyNotPrepare(meeting, 'prepare', person.id) === null;
  if (items.length === 0) {
    return (
      <EmptyState
        icon={IconListNumbers}
        title={words('meetings.agenda.empty')}
        help={words(mayPrepare ? 'meetings.agenda.empty.help' : 'meetings.agenda.empty.wait')}
      />
    );
  }
  const move = (itemId: AgendaItemId, to: number): void => {
    const order = meeting.order.filter((id) => id !== itemId);
    const place = Math.max(0, Math.min(to, order.length));
    order.splice(place, 0, itemId);
    if (order.every((id, n) => id === meeting.order[n])) return;
    act(() => ask(core.meetings.arrange, { meetingId: meeting.id, order }), null);
    setSaid(words('meetings.moved', { n: place + 1 }));
  };
  const starts = startsOf(page);
  return (
    <>
      <FormerConclusions former={page.former} />
      <ol className="agenda" aria-label={words('meetings.tab.agenda')}>
        {items.map(({ n, item }, place) => (
          <AgendaRow
            key={meeting.order[place] ?? n}
            page={page}
            n={n}
            item={item}
            at={starts[place] ?? null}
            mayPrepare={mayPrepare}
            onMove={move}
            onDo={onDo}
            onRead={onRead}
          />
        ))}
      </ol>
      <p className="unseen" role="status">
        {said}
      </p>
    </>
  );
}

type AgendaRowProps = Omit<AgendaProps, 'page'> &
  Readonly<{
    page: MeetingPage;
    n: number;
    item: AgendaItem | null;
    /** When it is due to begin; null where an item before it is hidden, and so its length. */
    at: Instant | null;
    mayPrepare: boolean;
    onMove: (id: AgendaItemId, to: number) => void;
  }>;

function AgendaRow({ page, n, item, at, mayPrepare, onMove, onDo, onRead }: AgendaRowProps) {
  const words = useWords();
  const { person } = useMe();
  const clock = <span className="agenda-clock figures">{at === null ? '' : formatClock(at)}</span>;
  if (item === null) {
    return (
      <li className="agenda-item" data-hidden>
        {clock}
        <div className="dim">{words('meetings.item-at', { n, title: words('meetings.item-hidden') })}</div>
      </li>
    );
  }
  const { meeting } = page;
  const mayBring = whyNotBring(meeting, item, person.id) === null;
  const bring = (files: readonly File[]): void => {
    const [file] = files;
    if (file !== undefined) onDo({ kind: 'bring', item, file, instead: null });
  };
  const row = (
    <div
      className="agenda-row"
      onDragOver={(event) => {
        if (mayPrepare && event.dataTransfer.types.includes(dragged)) event.preventDefault();
      }}
      onDrop={(event) => {
        const id = event.dataTransfer.getData(dragged);
        const moved = meeting.order.find((one) => one === id);
        if (moved !== undefined) onMove(moved, n - 1);
      }}
    >
      {clock}
      <div className="agenda-text">
        <h3>
          <span className="dim figures">{n}.</span> {item.title}
        </h3>
        <ItemFacts item={item} />
        <ItemPapers
          item={item}
          mayBring={mayBring}
          onRead={onRead}
          onReplace={(file, instead) => {
            onDo({ kind: 'bring', item, file, instead });
          }}
        />
      </div>
      <div className="agenda-acts">
        {mayBring && <BringButton title={item.title} onFiles={bring} />}
        {mayPrepare && item.decision === null && (
          <>
            <Hint text={words('meetings.item.edit')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                className="quiet-button"
                aria-label={words('meetings.item.edit.of', { title: item.title })}
                onClick={() => {
                  onDo({ kind: 'item', item });
                }}
              >
                <IconPencil size="1rem" stroke={1.75} />
              </ActionIcon>
            </Hint>
            <Grip item={item} place={n - 1} onMove={onMove} />
          </>
        )}
      </div>
    </div>
  );
  return (
    <li className="agenda-item">
      {mayBring ? (
        <DropZone
          accept=".pdf,application/pdf"
          multiple={false}
          help={words('meetings.bring.drop')}
          onFiles={bring}
        >
          {row}
        </DropZone>
      ) : (
        row
      )}
    </li>
  );
}

function ItemFacts({ item }: Readonly<{ item: AgendaItem }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { purpose, rapporteur, minutes, decision } = item;
  const access = sayAccess(item, { words, nameOf });
  return (
    <p className="agenda-facts dim">
      <span>{words(`meetings.purpose.${purpose}`)}</span>
      <span className="figures">{words('meetings.minutes', { count: minutes })}</span>
      {rapporteur !== null && <span>{words('meetings.reports', { name: nameOf(rapporteur) })}</span>}
      {access !== null && <span>{access}</span>}
      {decision !== null && <strong>{words(`meetings.decided.${decision.how}`)}</strong>}
    </p>
  );
}

type GripProps = Readonly<{
  item: AgendaItem;
  place: number;
  onMove: (id: AgendaItemId, to: number) => void;
}>;

/** Takes hold of an item: dragged to where it belongs, or moved with Alt and the arrows. */
function Grip({ item, place, onMove }: GripProps) {
  const words = useWords();
  return (
    <Hint text={words('meetings.item.move')} keys="Alt+ArrowUp">
      <ActionIcon
        variant="subtle"
        color="gray"
        className="quiet-button agenda-grip"
        aria-label={words('meetings.item.move.of', { title: item.title })}
        draggable
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.setData(dragged, item.id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onMove(item.id, place + (event.key === 'ArrowUp' ? -1 : 1));
        }}
      >
        <IconGripVertical size="1rem" stroke={1.75} />
      </ActionIcon>
    </Hint>
  );
}

function BringButton({
  title,
  onFiles,
}: Readonly<{ title: string; onFiles: (files: readonly File[]) => void }>) {
  const words = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <Hint text={words('meetings.bring')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="quiet-button"
          aria-label={words('meetings.bring.to', { title })}
          onClick={() => {
            chooser.current?.click();
          }}
        >
          <IconPaperclip size="1rem" stroke={1.75} />
        </ActionIcon>
      </Hint>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".pdf,application/pdf"
        aria-label={words('meetings.bring.to', { title })}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

/** When each item is due to begin, by what those before it are meant to take. */
function startsOf({ meeting, items }: MeetingPage): readonly (Instant | null)[] {
  if (meeting.kind === 'round') return [];
  let atMs: number | null = Date.parse(meeting.startsAt);
  return items.map(({ item }) => {
    const at = atMs === null ? null : instantFrom(atMs);
    atMs = atMs === null || item === null ? null : atMs + item.minutes * 60_000;
    return at;
  });
}
