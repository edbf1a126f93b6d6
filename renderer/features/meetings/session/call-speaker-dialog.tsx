import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { Meeting, Speech } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type CallSpeakerDialogProps = Readonly<{ meeting: Meeting; speech: Speech; onClose: () => void }>;

const minutesOffered = [1, 2, 3, 5, 10];
const usual = { order: 1, speech: 3 } as const;

/** Gives somebody the floor, for a time that is said now. */
export function CallSpeakerDialog({ meeting, speech, onClose }: CallSpeakerDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const act = useSittingAsk(onClose);
  const [minutes, setMinutes] = useState<number>(usual[speech.kind]);
  return (
    <FormDialog
      title={words('sitting.speech.call-name', { name: nameOf(speech.person) })}
      confirm={words('sitting.speech.call')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        const body = { meetingId: meeting.id, n: speech.n, seconds: minutes * 60 };
        act.send(() => ask(core.meetings.callSpeaker, body));
      }}
    >
      <Radio.Group
        label={words('sitting.speech.time')}
        value={String(minutes)}
        onChange={(value) => {
          setMinutes(Number(value));
        }}
      >
        <Stack>
          {minutesOffered.map((count) => (
            <Radio key={count} value={String(count)} label={words('sitting.minutes', { count })} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}
