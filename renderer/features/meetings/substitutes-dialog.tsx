import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import type { Body, Seat } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PeoplePicker } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { papersRoles } from './papers-roles.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type SubstitutesDialogProps = Readonly<{ body: Body; seat: Seat; onClose: () => void }>;

/** Names who may sit in for a member. */
export function SubstitutesDialog({ body, seat, onClose }: SubstitutesDialogProps) {
  const words = useWords();
  const { pickable, nameOf } = useDirectory();
  const [chosen, setChosen] = useState<readonly string[]>(seat.substitutes);
  const act = useMeetingAsk(onClose);
  return (
    <FormDialog
      title={words('meetings.seat.substitutes.of', { name: nameOf(seat.person) })}
      confirm={words('meetings.save')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        const substitutes = chosen.map((id) => PersonIdSchema.parse(id));
        const sent = { bodyId: body.id, person: seat.person, substitutes };
        act.send(() => ask(core.meetings.nameSubstitutes, sent), words('meetings.substitutes.named'));
      }}
    >
      <PeoplePicker
        label={words('meetings.substitutes')}
        people={pickable(papersRoles).filter(({ id }) => id !== seat.person)}
        value={chosen}
        onChange={setChosen}
        hint={words('meetings.substitutes.hint')}
      />
    </FormDialog>
  );
}
