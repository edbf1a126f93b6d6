import { ActionIcon, Table } from '@mantine/core';
import { IconCalendarRepeat, IconPencil, IconPlus, IconUserOff, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { isTerm, usualKeepDays, usualRemindDays, type Body, type Seat } from '#shared/meetings/public.ts';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Hint } from '../../ui/hint.tsx';
import { formatDay } from '../../ui/moments.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { BodyDialog } from './body-dialog.tsx';
import { EndTermDialog } from './end-term-dialog.tsx';
import { sayProxies, sayResult, saySeries, sayShare, saySilence } from './rules-words.ts';
import { SeatDialog } from './seat-dialog.tsx';
import { SeriesDialog } from './series-dialog.tsx';
import { SubstitutesDialog } from './substitutes-dialog.tsx';
import './meetings.css';

type Doing = Readonly<{ kind: 'rules' | 'seat' | 'series' } | { kind: 'end' | 'substitutes'; seat: Seat }>;

/** One body: who sits in it, its rules in words, and the terms that are over. */
export function BodyView({ body, mayChange }: Readonly<{ body: Body; mayChange: boolean }>) {
  const words = useWords();
  const { today } = useMoment();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = (): void => {
    setDoing(null);
  };
  const now = body.seats.filter((seat) => seat.to === null || seat.to >= today);
  const past = body.seats.filter((seat) => seat.to !== null && seat.to < today);
  const actions: readonly Action[] = mayChange
    ? [
        {
          id: 'bodies.seat',
          label: words('meetings.bodies.seat'),
          icon: IconPlus,
          keys: 'T',
          run: () => {
            setDoing({ kind: 'seat' });
          },
        },
        {
          id: 'bodies.rules',
          label: words('meetings.bodies.rules.edit'),
          icon: IconPencil,
          keys: 'S',
          run: () => {
            setDoing({ kind: 'rules' });
          },
        },
        {
          id: 'bodies.series',
          label: words('meetings.series'),
          icon: IconCalendarRepeat,
          run: () => {
            setDoing({ kind: 'series' });
          },
        },
      ]
    : [];
  return (
    <article className="document" aria-label={body.name}>
      <header className="document-head">
        <h2 className="document-title two-lines">{body.name}</h2>
      </header>
      <div className="document-body document-tab body-pane" data-scrolls>
        <section aria-labelledby="body-members">
          <h3 id="body-members">{words('meetings.bodies.members', { count: now.length })}</h3>
          {now.length === 0 ? (
            <p className="dim">{words('meetings.bodies.nobody')}</p>
          ) : (
            <Seats seats={now} onDo={mayChange ? setDoing : null} />
          )}
        </section>
        <section aria-labelledby="body-rules">
          <h3 id="body-rules">{words('meetings.bodies.rules')}</h3>
          <Rules body={body} />
        </section>
        {past.length > 0 && (
          <section aria-labelledby="body-past">
            <h3 id="body-past">{words('meetings.bodies.past')}</h3>
            <Seats seats={past} onDo={null} />
          </section>
        )}
      </div>
      {actions.length > 0 && (
        <footer className="document-acts">
          <ActionBar actions={actions} label={body.name} />
        </footer>
      )}
      {doing?.kind === 'rules' && <BodyDialog body={body} onClose={close} onDone={close} />}
      {doing?.kind === 'series' && <SeriesDialog body={body} onClose={close} />}
      {doing?.kind === 'seat' && <SeatDialog body={body} onClose={close} />}
      {doing?.kind === 'end' && <EndTermDialog body={body} seat={doing.seat} onClose={close} />}
      {doing?.kind === 'substitutes' && <SubstitutesDialog body={body} seat={doing.seat} onClose={close} />}
    </article>
  );
}

function Rules({ body: { rules, series } }: Readonly<{ body: Body }>) {
  const words = useWords();
  return (
    <Facts
      facts={[
        { label: words('meetings.series'), value: saySeries(series, words), wide: true },
        {
          label: words('meetings.rules.quorum'),
          value: words('meetings.rules.ofMembers', { share: sayShare(rules.quorum, words) }),
          wide: true,
        },
        { label: words('meetings.rules.result'), value: sayResult(rules.result, words), wide: true },
        ...rules.special.map(({ name, rule }) => ({
          label: name,
          value: sayResult(rule, words),
          wide: true,
        })),
        { label: words('meetings.rules.proxies'), value: sayProxies(rules, words) },
        {
          label: words('meetings.rules.substitutes'),
          value: words(`meetings.rules.substitutes.${String(rules.substitutesVote)}`),
        },
        { label: words('meetings.rules.silence'), value: saySilence(rules, words) },
        {
          label: words('meetings.rules.remindDays.short'),
          value: words('meetings.rules.remindDays.said', { count: rules.remindDays ?? usualRemindDays }),
        },
        { label: words('meetings.rules.counts'), value: words(`meetings.counts.${rules.counts}`) },
        { label: words('meetings.rules.secretBy'), value: words(`meetings.secretBy.${rules.secretBy}`) },
        {
          label: words('meetings.rules.keepDays.short'),
          value: words('meetings.rules.keepDays.said', { count: rules.keepDays ?? usualKeepDays }),
        },
      ]}
    />
  );
}

type SeatsProps = Readonly<{ seats: readonly Seat[]; onDo: ((doing: Doing) => void) | null }>;

function Seats({ seats, onDo }: SeatsProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { today } = useMoment();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words('meetings.people.name')}</Table.Th>
          <Table.Th>{words('meetings.people.as')}</Table.Th>
          <Table.Th>{words('meetings.term')}</Table.Th>
          <Table.Th>{words('meetings.substitutes')}</Table.Th>
          {onDo !== null && <Table.Th aria-label={words('meetings.seat.acts')} />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {seats.map((seat) => (
          <Table.Tr key={`${seat.person} ${seat.from}`}>
            <Table.Td>{nameOf(seat.person)}</Table.Td>
            <Table.Td>
              {words(`meetings.as.${seat.post}`)}
              {!seat.votes && <div className="dim">{words('meetings.noVote')}</div>}
            </Table.Td>
            <Table.Td className="figures">
              {words(seat.to === null ? 'meetings.term.since' : 'meetings.term.days', {
                from: formatDay(seat.from),
                to: seat.to === null ? '' : formatDay(seat.to),
              })}
            </Table.Td>
            <Table.Td>{seat.substitutes.map(nameOf).join(', ')}</Table.Td>
            {onDo !== null && (
              <Table.Td>
                {isTerm(seat, today) && <SeatActs seat={seat} name={nameOf(seat.person)} onDo={onDo} />}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const seatActs = [
  { kind: 'substitutes', icon: IconUsers },
  { kind: 'end', icon: IconUserOff },
] as const;

function SeatActs({
  seat,
  name,
  onDo,
}: Readonly<{ seat: Seat; name: string; onDo: (doing: Doing) => void }>) {
  const words = useWords();
  return (
    <span className="seat-acts">
      {seatActs.map(({ kind, icon: IconDrawn }) => (
        <Hint key={kind} text={words(`meetings.seat.${kind}`)}>
          <ActionIcon
            variant="subtle"
            color="gray"
            className="quiet-button"
            aria-label={words(`meetings.seat.${kind}.of`, { name })}
            onClick={() => {
              onDo({ kind, seat });
            }}
          >
            <IconDrawn size="1rem" stroke={1.75} />
          </ActionIcon>
        </Hint>
      ))}
    </span>
  );
}
