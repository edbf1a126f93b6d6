import { IconCircle, IconCircleCheck, IconCircleX, IconLock, IconPlayerPlay } from '@tabler/icons-react';
import type { AgendaItem, MeetingPage } from '#shared/meetings/public.ts';
import { useWords } from '../../../ui/use-words.ts';

type AgendaPaneProps = Readonly<{
  items: MeetingPage['items'];
  /** The item the chair is at, and the one this person looks at. */
  current: string | null;
  looked: string | null;
  onLook: (item: AgendaItem) => void;
}>;

/** Chương trình: every item with where it stands; one that is not this person's shows only that it is there. */
export function AgendaPane({ items, current, looked, onLook }: AgendaPaneProps) {
  const words = useWords();
  return (
    <section className="sitting-agenda" aria-labelledby="sitting-agenda">
      <h2 id="sitting-agenda">{words('sitting.agenda')}</h2>
      <ol>
        {items.map(({ n, item }) => (
          <li key={n}>
            {item === null ? (
              <span className="sitting-item dim">
                <IconLock size="1rem" stroke={1.75} aria-hidden />
                <span>{words('meetings.item-hidden')}</span>
              </span>
            ) : (
              <ItemButton
                n={n}
                item={item}
                isCurrent={item.id === current}
                isLooked={item.id === looked}
                onLook={onLook}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

type ItemButtonProps = Pick<AgendaPaneProps, 'onLook'> &
  Readonly<{ n: number; item: AgendaItem; isCurrent: boolean; isLooked: boolean }>;

function ItemButton({ n, item, isCurrent, isLooked, onLook }: ItemButtonProps) {
  const words = useWords();
  const state = stateOf(item, isCurrent);
  const Shape = shapes[state];
  return (
    <button
      type="button"
      className="sitting-item"
      data-state={state}
      data-looked={isLooked || undefined}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={() => {
        onLook(item);
      }}
    >
      <Shape size="1rem" stroke={1.75} aria-hidden />
      <span>
        <span className="sitting-item-title">
          <span className="figures">{n}.</span> {item.title}
        </span>
        <span className="dim sitting-item-state">
          {state === 'done' || state === 'not'
            ? words(`sitting.decided.${item.decision?.how ?? 'noted'}`)
            : words(`sitting.item.${state}`)}
          {' · '}
          {words('sitting.minutes', { count: item.minutes })}
        </span>
      </span>
    </button>
  );
}

const shapes = { now: IconPlayerPlay, open: IconCircle, done: IconCircleCheck, not: IconCircleX } as const;

function stateOf({ decision }: AgendaItem, isCurrent: boolean): keyof typeof shapes {
  if (decision !== null) return decision.passed ? 'done' : 'not';
  return isCurrent ? 'now' : 'open';
}
