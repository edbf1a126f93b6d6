import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { inviteeOf, type Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PeoplePicker } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { papersRoles } from './papers-roles.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

/** Sends the invitations to the members, with guests or without; or asks more guests in. */
export function GuestsDialog({ meeting, onClose }: Readonly<{ meeting: Meeting; onClose: () => void }>) {
  const words = useWords();
  const { pickable } = useDirectory();
  const [guests, setGuests] = useState<readonly string[]>([]);
  const act = useMeetingAsk(onClose);
  const isFirst = meeting.state === 'draft';
  const title = words(isFirst ? 'meetings.act.invite' : 'meetings.act.guests');
  return (
    <FormDialog
      title={title}
      confirm={title}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={!isFirst && guests.length === 0}
      onSubmit={() => {
        const body = { meetingId: meeting.id, guests: guests.map((id) => PersonIdSchema.parse(id)) };
        act.send(() => ask(core.meetings.invite, body), words('meetings.invited'));
      }}
    >
      {isFirst && <p>{words('meetings.invite.text')}</p>}
      <PeoplePicker
        label={words('meetings.guests')}
        people={pickable(papersRoles).filter(
          ({ id }) => inviteeOf(meeting, PersonIdSchema.parse(id)) === null,
        )}
        value={guests}
        onChange={setGuests}
        hint={words('meetings.guests.hint')}
      />
    </FormDialog>
  );
}
