import type { MeetingId, PersonId } from '#shared/kernel/public.ts';
import type { Told } from '#shared/meetings/public.ts';

type Listener = Readonly<{ person: PersonId; hear: (told: Told) => void }>;

/** What is told in meetings on its way to the windows of this desk; kept nowhere. */
export type Tellings = Readonly<{
  listen: (meeting: MeetingId, listener: Listener) => () => void;
  /** Gives something told to the windows of those who hear it. */
  pass: (told: Told, hears: (person: PersonId) => boolean) => void;
}>;

export function openTellings(): Tellings {
  const meetings = new Map<MeetingId, Set<Listener>>();
  return {
    listen: (meeting, listener) => {
      const known = meetings.get(meeting) ?? new Set<Listener>();
      meetings.set(meeting, known.add(listener));
      return () => {
        known.delete(listener);
        if (known.size === 0) meetings.delete(meeting);
      };
    },
    pass: (told, hears) => {
      for (const { person, hear } of meetings.get(told.meetingId) ?? []) if (hears(person)) hear(told);
    },
  };
}
