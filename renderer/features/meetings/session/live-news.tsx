import { speakingNow } from '#shared/meetings/public.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { isTaken, type Sitting } from './use-sitting.ts';
import { sayResult } from './vote-words.ts';

/** What whoever does not see the page has to hear: a vote and where to press, its outcome, and who has the floor. */
export function LiveNews({ sitting }: Readonly<{ sitting: Sitting }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { vote: shown, me, meeting, current } = sitting;
  const speaker = speakingNow(meeting);
  const vote = shown?.vote ?? null;
  const isMine = vote?.electors.some(({ voter, holder }) => voter === me && holder === me) === true;
  const voteNews = (): string => {
    if (vote === null || shown === null) return '';
    const form = words(`vote-form.${vote.form}`);
    const asked = { form, words: vote.question.words };
    if (isTaken(vote.state)) {
      if (!isMine || vote.state !== 'open') return words('sitting.news.opened', asked);
      return words(vote.question.is === 'motion' ? 'sitting.news.press' : 'sitting.news.choose', asked);
    }
    if (shown.result === null || vote.state !== 'closed') return '';
    return words('sitting.news.closed', { result: sayResult(shown.result, vote, words) });
  };
  return (
    <>
      <div className="unseen" role="alert">
        {voteNews()}
      </div>
      <div className="unseen" role="status">
        {[
          ...(current === null
            ? []
            : [words('sitting.news.item', { n: current.n, title: current.item.title })]),
          ...(speaker === null ? [] : [words('sitting.news.speaker', { name: nameOf(speaker.person) })]),
        ].join(' ')}
      </div>
    </>
  );
}
