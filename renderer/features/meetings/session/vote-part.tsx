import type { Elector } from '#shared/meetings/public.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { OwnBallot } from './own-ballot.tsx';
import { SecretLookUp } from './secret-look-up.tsx';
import type { Sitting, VotePage } from './use-sitting.ts';
import { isTaken } from './use-sitting.ts';
import { VotePicture } from './vote-picture.tsx';
import { sayChoice, sayResult, sayRule } from './vote-words.ts';

type VotePartProps = Readonly<{ sitting: Sitting; shown: VotePage }>;

/** The vote that is taken or was taken last: what is asked, one's own ballot, how it fills, what it came to. */
export function VotePart({ sitting, shown }: VotePartProps) {
  const words = useWords();
  const { vote, result } = shown;
  const mine = vote.electors.filter(({ holder }) => holder === sitting.me);
  const isOpen = vote.state === 'open';
  return (
    <section
      className="sitting-vote"
      data-open={isTaken(vote.state) || undefined}
      aria-labelledby="sitting-vote"
    >
      <h2 id="sitting-vote">
        {words('sitting.vote.title', { form: words(`vote-form.${vote.form}`) })}
        <span className="dim"> · {words(`sitting.vote.state.${vote.state}`)}</span>
      </h2>
      <p className="sitting-question">{vote.question.words}</p>
      <p className="dim">{sayRule(vote, words)}</p>
      {mine.map((elector) => (
        <OwnBallot key={elector.voter} vote={vote} elector={elector} />
      ))}
      {isOpen && mine.length === 0 && sitting.invitee?.votes === true && (
        <p className="dim">{words('refusal.meetings.not-in-electorate')}</p>
      )}
      <VotePicture vote={vote} result={result} />
      {vote.state === 'closed' && result !== null && (
        <p className="sitting-result" data-is={result.is}>
          {sayResult(result, vote, words)}
        </p>
      )}
      {vote.droppedBecause !== null && (
        <p className="dim">{words('sitting.vote.dropped', { reason: vote.droppedBecause })}</p>
      )}
      {vote.form === 'named' && <Roll shown={shown} />}
      {vote.form === 'secret' && vote.state === 'closed' && <SecretLookUp vote={vote} />}
    </section>
  );
}

/** Of a vote by name: who said what. */
function Roll({ shown: { vote } }: Readonly<{ shown: VotePage }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const label = ({ voter, holder, as }: Elector) =>
    as === 'self'
      ? nameOf(voter)
      : words(`sitting.vote.for.${as}`, { name: nameOf(voter), by: nameOf(holder) });
  return (
    <ul className="sitting-roll">
      {vote.electors.map((elector) => {
        const ballot = vote.ballots[elector.voter];
        return (
          <li key={elector.voter}>
            <span>{label(elector)}</span>
            <span className="dim">
              {ballot === undefined ? words('sitting.vote.silent') : sayChoice(ballot.choice, vote, words)}
              {ballot?.paper != null &&
                ` · ${words('sitting.vote.on-paper', { witness: nameOf(ballot.paper.witness) })}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
