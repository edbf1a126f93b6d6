import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { speakingNow, waitingToSpeak, type Speech } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { spanOf, useNowMs } from './clock.ts';
import type { Sitting } from './use-sitting.ts';
import { useSittingDo } from './use-sitting-ask.ts';

type SpeakersPartProps = Readonly<{ sitting: Sitting; onCall: (speech: Speech) => void }>;

/** Who has the floor and for how long, and who waits for it. */
export function SpeakersPart({ sitting, onCall }: SpeakersPartProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { meeting, presides, me } = sitting;
  const run = useSittingDo();
  const now = speakingNow(meeting);
  const waiting = waitingToSpeak(meeting);
  const end = ({ n }: Speech) => {
    run(() => ask(core.meetings.endSpeech, { meetingId: meeting.id, n }));
  };
  return (
    <section aria-labelledby="sitting-speakers">
      <h2 id="sitting-speakers">{words('sitting.speakers')}</h2>
      {now === null && waiting.length === 0 && <p className="dim">{words('sitting.speakers.none')}</p>}
      {now !== null && (
        <div className="sitting-speaking">
          <strong>{nameOf(now.person)}</strong>
          <SpeechTimer speech={now} />
          {(presides || now.person === me) && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                end(now);
              }}
            >
              {words('sitting.speech.end')}
            </Button>
          )}
        </div>
      )}
      <ol className="sitting-waiting">
        {waiting.map((speech) => (
          <li key={speech.n}>
            {speech.kind === 'order' && <IconHandStop size="1rem" stroke={1.75} aria-hidden />}
            <span>
              {nameOf(speech.person)}
              {speech.kind === 'order' && <span className="dim"> · {words('sitting.speech.order')}</span>}
            </span>
            {presides && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={words('sitting.speech.call-name', { name: nameOf(speech.person) })}
                onClick={() => {
                  onCall(speech);
                }}
              >
                {words('sitting.speech.call')}
              </Button>
            )}
            {speech.person === me && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => {
                  end(speech);
                }}
              >
                {words('sitting.speech.withdraw')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What is left of the time somebody was given; below zero they are over it. */
export function SpeechTimer({ speech }: Readonly<{ speech: Speech }>) {
  const words = useWords();
  const now = useNowMs();
  if (speech.calledAt === null || speech.seconds === null) return null;
  const left = Date.parse(speech.calledAt) + speech.seconds * 1000 - now;
  return (
    <span className="sitting-timer figures" data-over={left < 0 || undefined} role="timer">
      <span className="unseen">{words('sitting.speech.left')} </span>
      {spanOf(left)}
    </span>
  );
}
