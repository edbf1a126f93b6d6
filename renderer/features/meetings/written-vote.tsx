import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { VoteId } from '#shared/kernel/public.ts';
import {
  sides,
  unanswered,
  usualRemindDays,
  whyNotRemind,
  type Vote,
  type VoteResult,
} from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { StateMark } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { saySilence } from './rules-words.ts';
import { useMeetingAct } from './use-meeting-ask.ts';
import './meetings.css';

type WrittenVoteProps = Readonly<{
  voteId: VoteId;
  /** Whether this person counts it and reminds of it. */
  mayAsk: boolean;
}>;

/** One question in writing: until when, what silence says, one's own ballot, and how it stands. */
export function WrittenVote({ voteId, mayAsk }: WrittenVoteProps) {
  const words = useWords();
  const { now } = useMoment();
  const { data } = useQuery({
    queryKey: ['meetings', 'vote', voteId],
    queryFn: () => core.meetings.vote({ voteId }),
  });
  const act = useMeetingAct();
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  const { vote, result } = data;
  const isOver = vote.until !== null && vote.until < now;
  return (
    <section className="written-vote" aria-label={vote.question.words}>
      <p className="written-question">
        <strong>{vote.question.words}</strong>
        <StateMark
          label={words(`meetings.vote.state.${isOver && vote.state === 'open' ? 'over' : vote.state}`)}
          tone={vote.state === 'open' && !isOver ? 'action' : 'plain'}
        />
      </p>
      {vote.state === 'open' && <UntilWhen vote={vote} />}
      {vote.state === 'open' && !isOver && <Ballot vote={vote} />}
      {vote.state === 'dropped' ? (
        <p className="dim">{vote.droppedBecause}</p>
      ) : (
        <Outcome vote={vote} result={result} />
      )}
      {mayAsk && vote.state === 'open' && (
        <div className="stances">
          {whyNotRemind(vote, now) === null && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                act(() => ask(core.meetings.remindVoters, { voteId }), words('meetings.vote.reminded'));
              }}
            >
              {words('meetings.vote.remind')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              act(() => ask(core.meetings.closeVote, { voteId }), words('meetings.vote.closed'));
            }}
          >
            {words('meetings.vote.close')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Its last hour, and beside that what silence says then and when one is reminded. */
function UntilWhen({ vote }: Readonly<{ vote: Vote }>) {
  const words = useWords();
  const { until, remindDays = usualRemindDays, remindedAt } = vote;
  if (until === null) return null;
  return (
    <p className="dim">
      {words('meetings.vote.until')} <RelativeTime at={until} /> · {saySilence(vote, words)}
      {' · '}
      {remindedAt === undefined ? (
        words(remindDays === 0 ? 'meetings.vote.remindOn.day' : 'meetings.vote.remindOn', {
          count: remindDays,
        })
      ) : (
        <>
          {words('meetings.vote.remindedAt')} <RelativeTime at={remindedAt} />
        </>
      )}
    </p>
  );
}

/** The three sides, for oneself and for whoever one stands in for. */
function Ballot({ vote }: Readonly<{ vote: Vote }>) {
  const words = useWords();
  const { person } = useMe();
  const { nameOf } = useDirectory();
  const act = useMeetingAct();
  const mine = vote.electors.filter(({ holder }) => holder === person.id);
  return mine.map(({ voter }) => {
    const cast = vote.ballots[voter]?.choice;
    return (
      <div
        key={voter}
        className="stances"
        role="group"
        aria-label={words('meetings.vote.ballotOf', { name: nameOf(voter) })}
      >
        {sides.map((side) => (
          <Button
            key={side}
            size="compact-sm"
            variant={cast?.is === 'motion' && cast.side === side ? 'filled' : 'default'}
            aria-pressed={cast?.is === 'motion' && cast.side === side}
            onClick={() => {
              const body = { voteId: vote.id, voter, choice: { is: 'motion' as const, side } };
              act(() => ask(core.meetings.castVote, body), words('meetings.vote.cast'));
            }}
          >
            {words(`sitting.side.${side}`)}
          </Button>
        ))}
      </div>
    );
  });
}

/** What it comes to with the answers there are, and who has not given one. */
function Outcome({ vote, result }: Readonly<{ vote: Vote; result: VoteResult | null }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const silent = unanswered(vote);
  return (
    <>
      {result?.of === 'motion' && (
        <p className="figures">
          {words(vote.state === 'open' ? 'meetings.vote.counted.open' : 'meetings.vote.counted', {
            yes: result.yes,
            no: result.no,
            abstain: result.abstain,
            needed: result.needed,
            has: result.has,
          })}{' '}
          {vote.state === 'closed' && <strong>{words(`meetings.vote.result.${result.is}`)}</strong>}
        </p>
      )}
      {silent.length > 0 && (
        <p className="dim">
          {words('meetings.vote.silent', { count: silent.length, names: silent.map(nameOf).join(', ') })}
        </p>
      )}
    </>
  );
}
