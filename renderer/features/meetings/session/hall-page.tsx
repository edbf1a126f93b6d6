import { speakingNow } from '#shared/meetings/public.ts';
import { MeetingIdSchema, type MeetingId } from '#shared/kernel/public.ts';
import { useParams } from '../../../app/router.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { hallPath } from '../meeting-paths.ts';
import { useMeeting } from '../use-meeting.ts';
import { useMeetingLine } from './meeting-line.ts';
import { PaperPane } from './paper-pane.tsx';
import { SpeechTimer } from './speakers-part.tsx';
import { useFollowing } from './use-following.ts';
import { isTaken, useSitting, type Sitting } from './use-sitting.ts';
import { VotePicture } from './vote-picture.tsx';
import { sayResult, sayRule } from './vote-words.ts';
import './session.css';
import './hall.css';

/** Trình chiếu: what the whole hall sees, large: the item, its page, who speaks, how a vote fills. */
export function HallPage() {
  const id = MeetingIdSchema.safeParse(useParams(hallPath)?.['id']);
  return id.success ? <Hall key={id.data} meetingId={id.data} /> : null;
}

function Hall({ meetingId }: Readonly<{ meetingId: MeetingId }>) {
  const { data } = useMeeting(meetingId);
  const sitting = useSitting(data);
  return sitting === null ? null : <Wall sitting={sitting} />;
}

function Wall({ sitting }: Readonly<{ sitting: Sitting }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { meeting, quorum, current, vote } = sitting;
  const line = useMeetingLine(meeting.id);
  // Whoever scrolls here does not leave the chair: on a wall there is no button to come back by.
  const following = { ...useFollowing({ meeting, me: sitting.me, line, may: false }), turn: stay };
  const speaker = speakingNow(meeting);
  const { needed, has } = quorum;
  const isOver = meeting.endedAt !== null;
  return (
    <div className="hall">
      <header className="hall-head">
        <p className="dim">{meeting.title}</p>
        <h1>
          {current === null
            ? words(
                isOver
                  ? 'sitting.hall.over'
                  : meeting.begunAt === null
                    ? 'sitting.hall.waiting'
                    : 'sitting.no-item',
              )
            : `${current.n}. ${current.item.title}`}
        </h1>
        {!isOver && <p className="figures">{words('meetings.quorum', { needed, has })}</p>}
      </header>
      {vote !== null && isTaken(vote.vote.state) ? (
        <HallVote shown={vote} />
      ) : (
        <div className="hall-paper">
          {current !== null && (
            <PaperPane key={current.item.id} item={current.item} following={following} isForAll />
          )}
          {vote?.vote.state === 'closed' && <HallVote shown={vote} />}
        </div>
      )}
      {speaker !== null && (
        <footer className="hall-speaker">
          <span className="dim">{words('sitting.hall.speaking')}</span>
          <strong>{nameOf(speaker.person)}</strong>
          <SpeechTimer speech={speaker} />
        </footer>
      )}
    </div>
  );
}

function stay(): void {}

function HallVote({ shown }: Readonly<{ shown: NonNullable<Sitting['vote']> }>) {
  const words = useWords();
  const { vote, result } = shown;
  return (
    <section className="hall-vote" aria-labelledby="hall-vote">
      <h2 id="hall-vote">{words('sitting.vote.title', { form: words(`vote-form.${vote.form}`) })}</h2>
      <p className="sitting-question">{vote.question.words}</p>
      <p className="dim">{sayRule(vote, words)}</p>
      <VotePicture vote={vote} result={result} />
      {vote.state === 'closed' && result !== null && (
        <p className="sitting-result" data-is={result.is}>
          {sayResult(result, vote, words)}
        </p>
      )}
    </section>
  );
}
