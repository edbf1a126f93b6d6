import { Button } from '@mantine/core';
import { IconChecks, IconMessageCircle } from '@tabler/icons-react';
import { useRef } from 'react';
import {
  inviteeOf,
  isPresiding,
  isUncontested,
  mayTakePosition,
  stances,
  whyNotMeeting,
  type AgendaItem,
  type MeetingPage,
  type Stance,
} from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { useKeysWithin } from '../../ui/use-element.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import type { Doing } from './meeting-doing.tsx';
import { useMeetingAct } from './use-meeting-ask.ts';

type PositionsProps = Readonly<{ page: MeetingPage; onDo: (doing: Doing) => void }>;

const needsWords: ReadonlySet<Stance> = new Set(['agrees-with-comment', 'objects']);

/** Ý kiến: what each member says of each item beforehand, one key each, and which items nobody contests. */
export function Positions({ page, onDo }: PositionsProps) {
  const words = useWords();
  const { person } = useMe();
  const act = useMeetingAct();
  const list = useRef<HTMLOListElement>(null);
  const { meeting } = page;
  const items = page.items.flatMap(({ n, item }) => (item === null ? [] : [{ n, item }]));
  const votes = inviteeOf(meeting, person.id)?.votes === true;
  const maySay = votes && whyNotMeeting(meeting, 'takePosition', person.id) === null;
  const say = (item: AgendaItem, stance: Stance): void => {
    if (needsWords.has(stance)) {
      onDo({ kind: 'position', itemId: item.id, stance, title: item.title });
      return;
    }
    const body = { meetingId: meeting.id, itemId: item.id, stance, words: '' };
    act(() => ask(core.meetings.takePosition, body), null);
  };
  useKeysWithin(list, (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-item]') : null;
    const item = items.find((one) => one.item.id === row?.getAttribute('data-item'))?.item;
    const stance = stances[Number(event.key) - 1];
    if (stance === undefined || item === undefined || !maySay || !mayTakePosition(item)) return;
    event.preventDefault();
    say(item, stance);
    // On to the next item that is asked about.
    const next = row?.nextElementSibling?.querySelector('button');
    if (!needsWords.has(stance)) next?.focus();
  });
  if (items.length === 0) {
    return <EmptyState icon={IconMessageCircle} title={words('meetings.agenda.empty')} />;
  }
  const presides = isPresiding(meeting, person.id);
  const open = items.filter(({ item }) => mayTakePosition(item));
  const given = open.filter(({ item }) => item.positions[person.id] !== undefined).length;
  return (
    <>
      {votes && <p className="dim">{words('meetings.positions.mine', { count: given, all: open.length })}</p>}
      <ol className="positions" ref={list}>
        {items.map(({ n, item }) => (
          <li key={item.id} data-item={item.id}>
            <h3>
              <span className="dim figures">{n}.</span> {item.title}
            </h3>
            {maySay && mayTakePosition(item) ? (
              <Choice
                item={item}
                mine={item.positions[person.id]?.stance ?? null}
                onSay={(stance) => {
                  say(item, stance);
                }}
              />
            ) : (
              <WhyNone item={item} votes={votes} />
            )}
            {presides && <Tally item={item} />}
            <Said item={item} all={presides} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** Why nothing can be chosen, where it could be. */
function WhyNone({ item, votes }: Readonly<{ item: AgendaItem; votes: boolean }>) {
  const words = useWords();
  const { person } = useMe();
  const mine = item.positions[person.id];
  if (item.decision !== null) return <p className="dim">{words(`meetings.decided.${item.decision.how}`)}</p>;
  if (item.purpose === 'inform') return <p className="dim">{words('meetings.positions.inform')}</p>;
  if (!votes) return null;
  return (
    <p className="dim">
      {mine === undefined ? words('meetings.positions.closed') : words(`meetings.stance.${mine.stance}`)}
    </p>
  );
}

type ChoiceProps = Readonly<{ item: AgendaItem; mine: Stance | null; onSay: (stance: Stance) => void }>;

function Choice({ item, mine, onSay }: ChoiceProps) {
  const words = useWords();
  return (
    <div className="stances" role="group" aria-label={words('meetings.positions.of', { title: item.title })}>
      {stances.map((stance, place) => (
        <Button
          key={stance}
          size="compact-sm"
          variant={mine === stance ? 'filled' : 'default'}
          aria-pressed={mine === stance}
          rightSection={<KeyCaps keys={String(place + 1)} />}
          onClick={() => {
            onSay(stance);
          }}
        >
          {words(`meetings.stance.${stance}`)}
        </Button>
      ))}
    </div>
  );
}

/** How many say what, for who presides: an item that nobody contests may be adopted with others in one act. */
function Tally({ item }: Readonly<{ item: AgendaItem }>) {
  const words = useWords();
  const said = Object.values(item.positions);
  const counts = stances
    .map((stance) => ({ stance, count: said.filter((one) => one.stance === stance).length }))
    .filter(({ count }) => count > 0);
  return (
    <p className="stance-tally">
      {counts.map(({ stance, count }) => (
        <span key={stance} data-stance={stance} className="figures">
          {words('meetings.stance.count', { stance: words(`meetings.stance.${stance}`), count })}
        </span>
      ))}
      {said.length === 0 && <span className="dim">{words('meetings.positions.none')}</span>}
      {isUncontested(item) && said.length > 0 && (
        <strong>
          <IconChecks size="1rem" stroke={1.75} aria-hidden /> {words('meetings.uncontested')}
        </strong>
      )}
    </p>
  );
}

/** What was said in words: one's own, and everybody's for who presides. */
function Said({ item, all }: Readonly<{ item: AgendaItem; all: boolean }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { person } = useMe();
  const said = Object.entries(item.positions).filter(
    ([who, one]) => (all || who === person.id) && one.words !== '',
  );
  if (said.length === 0) return null;
  return (
    <ul className="stance-words">
      {said.map(([who, one]) => (
        <li key={who}>
          <strong>{nameOf(who)}</strong> · {words(`meetings.stance.${one.stance}`)}
          <q className="stance-said">{one.words}</q>
        </li>
      ))}
    </ul>
  );
}
