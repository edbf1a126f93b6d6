import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import type { Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

/** Hands the chair over to another member who may preside. */
export function ChairDialog({ meeting, onClose }: Readonly<{ meeting: Meeting; onClose: () => void }>) {
  const words = useWords();
  const { nameOf, personOf } = useDirectory();
  const [to, setTo] = useState<string | null>(null);
  const act = useMeetingAsk(onClose);
  const others = meeting.invitees.filter(
    ({ person, as }) => (as === 'chair' || as === 'deputy') && person !== meeting.chair,
  );
  return (
    <FormDialog
      title={words('meetings.act.chair')}
      confirm={words('meetings.act.chair')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={to === null}
      onSubmit={() => {
        if (to === null) return;
        const body = { meetingId: meeting.id, to: PersonIdSchema.parse(to) };
        act.send(() => ask(core.meetings.handOverChair, body), words('meetings.chair.handed'));
      }}
    >
      <Combo
        label={words('meetings.chair')}
        choices={others.map(({ person }) => ({
          id: person,
          label: nameOf(person),
          note: personOf(person)?.post,
        }))}
        value={to}
        onChange={setTo}
        required
        takesFocus
      />
    </FormDialog>
  );
}
