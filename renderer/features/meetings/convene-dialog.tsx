import { Checkbox, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MeetingIdSchema, PersonIdSchema, type MeetingId } from '#shared/kernel/public.ts';
import { meetingKinds, seatsOn, type Body } from '#shared/meetings/public.ts';
import { core, newId } from '../../app/client.ts';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { ConflictsNote } from './conflicts-note.tsx';
import { LastTime } from './last-time.tsx';
import { MeetingFields } from './meeting-fields.tsx';
import { emptyMeeting, fieldsOf } from './meeting-form.ts';
import { papersRoles } from './papers-roles.ts';
import { sendConvening } from './send-convening.ts';
import { suggestedForm } from './suggested-form.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type ConveneDialogProps = Readonly<{
  bodies: readonly Body[];
  places: readonly string[];
  onClose: () => void;
  onConvened: (id: MeetingId) => void;
}>;

/** Calls a body together, or asks it in writing; as it was last time, or anew. */
export function ConveneDialog({ bodies, places, onClose, onConvened }: ConveneDialogProps) {
  const words = useWords();
  const [form, setForm] = useState(emptyMeeting);
  const [bodyId, setBody] = useState(bodies[0]?.id ?? null);
  const [copies, setCopies] = useState(false);
  const [asked, setAsked] = useState(false);
  const [meetingId] = useState(() => MeetingIdSchema.parse(newId()));
  const act = useMeetingAsk(() => {
    onConvened(meetingId);
  });
  const body = bodies.find(({ id }) => id === bodyId) ?? null;
  const posts = usePosts(body, form.day);
  const last = useSuggestion(bodyId);
  const fields = fieldsOf(form);
  const items = last?.items ?? [];
  return (
    <FormDialog
      title={words('meetings.convene')}
      confirm={words('meetings.convene')}
      onClose={onClose}
      size="lg"
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        setAsked(true);
        if (fields === null || body === null || posts.chair === null) return;
        const people = {
          chair: PersonIdSchema.parse(posts.chair),
          secretary: PersonIdSchema.parse(posts.secretary),
        };
        const sent = { meetingId, bodyId: body.id, kind: form.kind, fields, ...people };
        act.send(() => sendConvening(sent, copies ? items : []), words('meetings.convened'));
      }}
    >
      <SegmentedControl
        aria-label={words('meetings.kind')}
        value={form.kind}
        onChange={(kind) => {
          setForm({ ...form, kind: meetingKinds.find((one) => one === kind) ?? 'session' });
        }}
        data={meetingKinds.map((kind) => ({ value: kind, label: words(`meetings.kind.${kind}`) }))}
      />
      <Combo
        label={words('meetings.body')}
        choices={bodies.map(({ id, name }) => ({ id, label: name }))}
        value={bodyId}
        onChange={(chosen) => {
          setBody(bodies.find(({ id }) => id === chosen)?.id ?? null);
          posts.reset();
        }}
        required
        error={asked && body === null ? words('meetings.needed') : null}
      />
      {last !== null && form.kind === 'session' && (
        <LastTime
          last={last}
          onTake={(startsAt) => {
            setForm(suggestedForm(form, last, startsAt));
            setCopies(items.length > 0);
          }}
        />
      )}
      <MeetingFields form={form} onChange={setForm} places={places} asked={asked} />
      <PostFields posts={posts} asked={asked} />
      {items.length > 0 && (
        <Checkbox
          size="xs"
          label={words('meetings.asLast', { count: items.length })}
          checked={copies}
          onChange={(event) => {
            setCopies(event.currentTarget.checked);
          }}
        />
      )}
      {form.kind === 'session' && fields !== null && (
        <ConflictsNote meetingId={null} fields={fields} people={posts.members} />
      )}
    </FormDialog>
  );
}

function useSuggestion(bodyId: Body['id'] | null) {
  const { data } = useQuery({
    queryKey: ['meetings', 'suggest', bodyId],
    queryFn: () => (bodyId === null ? null : core.meetings.suggest({ bodyId })),
  });
  return data ?? null;
}

/** Who presides and who keeps the minutes: whoever has the post in the body, until another is chosen. */
function usePosts(body: Body | null, day: ReturnType<typeof useMoment>['today'] | null) {
  const { today } = useMoment();
  const { person } = useMe();
  const [chair, setChair] = useState<string | null>(null);
  const [secretary, setSecretary] = useState<string | null>(null);
  const seats = body === null ? [] : seatsOn(body, day ?? today);
  const seated = (post: string) => seats.find((seat) => seat.post === post)?.person ?? null;
  return {
    members: seats.map((seat) => seat.person),
    mayPreside: seats
      .filter(({ post }) => post === 'chair' || post === 'deputy')
      .map((seat): string => seat.person),
    chair: chair ?? seated('chair'),
    secretary: secretary ?? seated('secretary') ?? person.id,
    setChair,
    setSecretary,
    reset: (): void => {
      setChair(null);
      setSecretary(null);
    },
  };
}

function PostFields({ posts, asked }: Readonly<{ posts: ReturnType<typeof usePosts>; asked: boolean }>) {
  const words = useWords();
  const { pickable } = useDirectory();
  const people = pickable(papersRoles);
  return (
    <Stack columns={2}>
      <PersonPicker
        label={words('meetings.chair')}
        people={people.filter(({ id }) => posts.mayPreside.includes(id))}
        value={posts.chair}
        onChange={posts.setChair}
        required
        error={asked && posts.chair === null ? words('meetings.needed') : null}
      />
      <PersonPicker
        label={words('meetings.secretary')}
        people={people}
        value={posts.secretary}
        onChange={posts.setSecretary}
        required
      />
    </Stack>
  );
}
