import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { PersonIdSchema, type Day } from '#shared/kernel/public.ts';
import { seatPosts, type Body } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PeoplePicker, PersonPicker } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { papersRoles } from './papers-roles.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

/** Gives somebody a term in a body. */
export function SeatDialog({ body, onClose }: Readonly<{ body: Body; onClose: () => void }>) {
  const words = useWords();
  const { pickable } = useDirectory();
  const { today } = useMoment();
  const hasChair = body.seats.some(({ post, to }) => post === 'chair' && (to === null || to >= today));
  const [person, setPerson] = useState<string | null>(null);
  const [post, setPost] = useState<(typeof seatPosts)[number]>(hasChair ? 'member' : 'chair');
  const [votes, setVotes] = useState(true);
  const [from, setFrom] = useState<Day | null>(today);
  const [to, setTo] = useState<Day | null>(null);
  const [substitutes, setSubstitutes] = useState<readonly string[]>([]);
  const act = useMeetingAsk(onClose);
  const people = pickable(papersRoles);
  return (
    <FormDialog
      title={words('meetings.bodies.seat')}
      confirm={words('meetings.bodies.seat')}
      onClose={onClose}
      size="lg"
      busy={act.busy}
      error={act.error}
      blocked={person === null || from === null}
      onSubmit={() => {
        if (person === null || from === null) return;
        const seat = {
          person: PersonIdSchema.parse(person),
          post,
          votes,
          from,
          to,
          substitutes: substitutes.map((id) => PersonIdSchema.parse(id)),
        };
        const sent = { bodyId: body.id, seats: [seat] };
        act.send(() => ask(core.meetings.seatMembers, sent), words('meetings.seated'));
      }}
    >
      <PersonPicker
        label={words('meetings.people.name')}
        people={people}
        value={person}
        onChange={setPerson}
        required
        takesFocus
      />
      <Stack columns={2}>
        <Select
          label={words('meetings.people.as')}
          allowDeselect={false}
          value={post}
          data={seatPosts.map((one) => ({ value: one, label: words(`meetings.as.${one}`) }))}
          onChange={(value) => {
            const next = seatPosts.find((one) => one === value) ?? 'member';
            setPost(next);
            setVotes(next !== 'secretary');
          }}
        />
        <Checkbox
          size="xs"
          mt="xl"
          label={words('meetings.votes')}
          checked={votes}
          onChange={(event) => {
            setVotes(event.currentTarget.checked);
          }}
        />
        <DayField
          label={words('meetings.term.from')}
          lean="behind"
          value={from}
          onChange={setFrom}
          required
        />
        <DayField label={words('meetings.term.to')} lean="ahead" value={to} onChange={setTo} />
      </Stack>
      <PeoplePicker
        label={words('meetings.substitutes')}
        people={people.filter(({ id }) => id !== person)}
        value={substitutes}
        onChange={setSubstitutes}
        hint={words('meetings.substitutes.hint')}
      />
    </FormDialog>
  );
}
