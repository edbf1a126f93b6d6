import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PersonId } from '#shared/kernel/public.ts';
import { sides, type Choice, type Elector, type Vote } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { useCommands } from '../../../ui/commands.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { MarkChoices } from './mark-choices.tsx';
import { NamedDialog } from './named-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useSittingDo } from './use-sitting-ask.ts';
import { sayChoice } from './vote-words.ts';

type OwnBallotProps = Readonly<{ vote: Vote; elector: Elector }>;

/** One ballot that is this person's to give, for themselves or for whom they stand; each side has its key. */
export function OwnBallot({ vote, elector }: OwnBallotProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const run = useSittingDo();
  const [asked, setAsked] = useState<Choice | null>(null);
  const { voter, as } = elector;
  const isOwn = as === 'self';
  const title = isOwn ? words('sitting.vote.mine') : words('sitting.vote.mine-for', { name: nameOf(voter) });
  const cast = (choice: Choice): void => {
    if (vote.form === 'open') run(() => ask(core.meetings.castVote, { voteId: vote.id, voter, choice }));
    else setAsked(choice);
  };
  const close = (): void => {
    setAsked(null);
  };
  return (
    <div className="sitting-ballot" role="group" aria-label={title}>
      {!isOwn && <p>{title}</p>}
      {!isFinal(vote, voter) &&
        (vote.question.is === 'motion' ? (
          <Sides isOwn={isOwn} chosen={vote.ballots[voter]?.choice ?? null} onChoose={cast} />
        ) : (
          <Marks question={vote.question} onChoose={cast} />
        ))}
      <Said vote={vote} voter={voter} />
      {asked !== null && vote.form === 'named' && (
        <NamedDialog vote={vote} voter={voter} choice={asked} onClose={close} />
      )}
      {asked !== null && vote.form === 'secret' && (
        <SecretDialog vote={vote} voter={voter} choice={asked} onClose={close} />
      )}
    </div>
  );
}

/** Whether nothing more can be said: it is closed, it lies in the box, came on paper, or the first one counts. */
function isFinal({ state, form, tokens, ballots, counts }: Vote, voter: PersonId): boolean {
  if (state !== 'open') return true;
  if (form === 'secret') return tokens[voter] !== undefined;
  const given = ballots[voter];
  return given !== undefined && (counts === 'first' || given.paper !== null);
}

function Said({ vote, voter }: Readonly<{ vote: Vote; voter: PersonId }>) {
  const words = useWords();
  const given = vote.ballots[voter];
  if (given !== undefined) {
    return (
      <p role="status">
        {words('sitting.vote.said', { said: sayChoice(given.choice, vote, words) })}
        {!isFinal(vote, voter) && <span className="dim"> {words('sitting.vote.may-change')}</span>}
      </p>
    );
  }
  return vote.tokens[voter] !== undefined ? <p role="status">{words('sitting.vote.secret-in')}</p> : null;
}

type SidesProps = Readonly<{ isOwn: boolean; chosen: Choice | null; onChoose: (choice: Choice) => void }>;

function Sides({ isOwn, chosen, onChoose }: SidesProps) {
  const words = useWords();
  const choose = (side: (typeof sides)[number]) => (): void => {
    onChoose({ is: 'motion', side });
  };
  // A ballot for somebody else has no keys: nobody gives it by mistake for their own.
  useCommands(
    isOwn
      ? sides.map((side, place) => ({
          id: `vote.${side}`,
          label: words('sitting.vote.as', { side: words(`vote-side.${side}`) }),
          keys: String(place + 1),
          group: 'page' as const,
          run: choose(side),
        }))
      : [],
  );
  return (
    <div className="sitting-sides">
      {sides.map((side, place) => {
        const isChosen = chosen?.is === 'motion' && chosen.side === side;
        return (
          <Button
            key={side}
            variant={isChosen ? 'filled' : 'default'}
            aria-pressed={isChosen}
            rightSection={isOwn ? <KeyCaps keys={String(place + 1)} /> : null}
            onClick={choose(side)}
          >
            {words(`sitting.side.${side}`)}
          </Button>
        );
      })}
    </div>
  );
}

type MarksProps = Readonly<{
  question: Extract<Vote['question'], { is: 'choice' }>;
  onChoose: (choice: Choice) => void;
}>;

function Marks({ question, onChoose }: MarksProps) {
  const words = useWords();
  const [marks, setMarks] = useState<readonly string[]>([]);
  return (
    <div className="sitting-marks">
      <MarkChoices question={question} marks={marks} onMarks={setMarks} />
      <Button
        onClick={() => {
          onChoose({ is: 'choice', marks: [...marks] });
        }}
      >
        {words(marks.length === 0 ? 'sitting.vote.cast-blank' : 'sitting.vote.cast')}
      </Button>
    </div>
  );
}
