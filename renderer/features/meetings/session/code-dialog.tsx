import { useState } from 'react';
import type { Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useSittingAsk, useSittingDo } from './use-sitting-ask.ts';
import { Button } from '@mantine/core';

type CodeDialogProps = Readonly<{
  meeting: Meeting;
  /** The code as this window gave it; the log has only its hash. */
  code: string | null;
  onCode: (code: string | null) => void;
  onClose: () => void;
}>;

/** The code for whoever checks in from the room, large enough for its far end. */
export function CodeDialog({ meeting, code, onCode, onClose }: CodeDialogProps) {
  const words = useWords();
  const run = useSittingDo();
  const [next] = useState(newCode);
  const act = useSittingAsk(() => {
    onCode(next);
  });
  const isShown = code !== null && meeting.code !== null;
  return (
    <FormDialog
      title={words('sitting.code.title')}
      confirm={words(isShown ? 'ui.dialog.close' : 'sitting.code.open')}
      size="lg"
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        if (isShown) onClose();
        else act.send(() => ask(core.meetings.openCheckIn, { meetingId: meeting.id, code: next }));
      }}
      more={
        meeting.code !== null && (
          <Button
            variant="subtle"
            onClick={() => {
              run(() => ask(core.meetings.openCheckIn, { meetingId: meeting.id, code: null }));
              onCode(null);
            }}
          >
            {words('sitting.code.close')}
          </Button>
        )
      }
    >
      <p>{words(isShown ? 'sitting.code.shown' : 'sitting.code.text')}</p>
      {isShown && <output className="sitting-code figures">{code}</output>}
    </FormDialog>
  );
}

function newCode(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 10_000).padStart(4, '0');
}
