import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

type CheckInDialogProps = Readonly<{ meeting: Meeting; onClose: () => void }>;

/** "I am here": from the room with the code that hangs there, or from elsewhere. */
export function CheckInDialog({ meeting, onClose }: CheckInDialogProps) {
  const words = useWords();
  const act = useSittingAsk(onClose);
  const [how, setHow] = useState<'room' | 'remote'>('room');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const needsCode = how === 'room' && meeting.code !== null;
  const isWrong = needsCode && !/^\d{4,8}$/u.test(code.trim());
  return (
    <FormDialog
      title={words('command.meetings.checkIn')}
      confirm={words('sitting.check-in.confirm')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (isWrong) return;
        const body = { meetingId: meeting.id, how, code: needsCode ? code.trim() : null };
        act.send(() => ask(core.meetings.checkIn, body));
      }}
    >
      <Radio.Group
        label={words('sitting.check-in.how')}
        value={how}
        onChange={(value) => {
          setHow(value === 'remote' ? 'remote' : 'room');
        }}
      >
        <Stack>
          <Radio value="room" label={words('sitting.how.room')} />
          <Radio value="remote" label={words('sitting.how.remote')} />
        </Stack>
      </Radio.Group>
      {needsCode && (
        <TextField
          label={words('sitting.check-in.code')}
          value={code}
          onChange={setCode}
          required
          takesFocus
          maxLength={8}
          hint={words('sitting.check-in.code.hint')}
          error={asked && isWrong ? words('sitting.check-in.code.needed') : null}
        />
      )}
    </FormDialog>
  );
}
