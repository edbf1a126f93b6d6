import { useQuery } from '@tanstack/react-query';
import type { MeetingId, PersonId } from '#shared/kernel/public.ts';
import type { Busy, Meeting } from '#shared/meetings/public.ts';
import { core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { formatClock } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

type ConflictsNoteProps = Readonly<{
  /** The one that is planned, once it is there. */
  meetingId: MeetingId | null;
  fields: Pick<Meeting, 'place' | 'startsAt' | 'endsAt'>;
  people: readonly PersonId[];
}>;

const shownAtMost = 5;

/** Says what else is in the room at that time, and who of the members sits elsewhere. */
export function ConflictsNote({ meetingId, fields, people }: ConflictsNoteProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { place, startsAt, endsAt } = fields;
  const asked = { meetingId, place, startsAt, endsAt, people: [...people] };
  const { data } = useQuery({
    queryKey: ['meetings', 'conflicts', asked],
    queryFn: () => core.meetings.conflicts(asked),
  });
  if (data === undefined || data.place.length + data.people.length === 0) return null;
  const say = ({ meeting, startsAt: from, endsAt: to }: Busy): string => {
    const time = `${formatClock(from)}–${formatClock(to)}`;
    return meeting === null
      ? words('meetings.busy.other', { time })
      : words('meetings.busy.by', { time, title: meeting.title });
  };
  const said = [
    ...data.place.map((busy) => words('meetings.busy.place', { place, what: say(busy) })),
    ...data.people.map(({ person, busy }) =>
      words('meetings.busy.person', { name: nameOf(person), what: say(busy) }),
    ),
  ];
  return (
    <Note tone="soon">
      <ul className="busy" aria-label={words('meetings.busy')}>
        {said.slice(0, shownAtMost).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {said.length > shownAtMost && (
          <li>{words('meetings.busy.more', { count: said.length - shownAtMost })}</li>
        )}
      </ul>
    </Note>
  );
}
