import { useState } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import type { Body, Seat } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type EndTermDialogProps = Readonly<{ body: Body; seat: Seat; onClose: () => void }>;

/** Ends a term with a day that is not past. */
export function EndTermDialog({ body, seat, onClose }: EndTermDialogProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { today } = useMoment();
  const [on, setOn] = useState<Day | null>(today);
  const act = useMeetingAsk(onClose);
  return (
    <FormDialog
      title={words('meetings.seat.end.of', { name: nameOf(seat.person) })}
      confirm={words('meetings.seat.end')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={on === null}
      onSubmit={() => {
        if (on === null) return;
        const sent = { bodyId: body.id, person: seat.person, on };
        act.send(() => ask(core.meetings.endTerm, sent), words('meetings.seat.ended'));
      }}
    >
      <DayField
        label={words('meetings.seat.last')}
        lean="ahead"
        value={on}
        onChange={setOn}
        required
        takesFocus
      />
    </FormDialog>
  );
}
