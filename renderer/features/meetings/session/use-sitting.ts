import { useQueries } from '@tanstack/react-query';
import type { PersonId } from '#shared/kernel/public.ts';
import {
  inviteeOf,
  type AgendaItem,
  type Invitee,
  type Meeting,
  type MeetingPage,
} from '#shared/meetings/public.ts';
import { core } from '../../../app/client.ts';
import { useMe } from '../../session/public.ts';

export type VotePage = Awaited<ReturnType<typeof core.meetings.vote>>;

/** A meeting as whoever sits in it sees it now. */
export type Sitting = Readonly<{
  meeting: Meeting;
  items: MeetingPage['items'];
  quorum: MeetingPage['quorum'];
  me: PersonId;
  invitee: Invitee | null;
  /** The chair and the secretary decide in the meeting's name. */
  presides: boolean;
  here: boolean;
  /** What is spoken of, with its number on the agenda; null between items, and where it is not this person's to see. */
  current: Readonly<{ n: number; item: AgendaItem }> | null;
  /** The vote that is taken now, else the last one on the present item. */
  vote: VotePage | null;
}>;

const none: MeetingPage['items'] = [];

export function useSitting(page: MeetingPage | undefined): Sitting | null {
  const { person } = useMe();
  const votes = useVotes(page?.items ?? none, page?.meeting.shown?.item ?? null);
  if (page === undefined) return null;
  const { meeting, items, quorum } = page;
  const { id: me } = person;
  const current = currentOf(page);
  const taken = votes.find(({ vote }) => isTaken(vote.state));
  const ofItem = votes.filter(({ vote }) => vote.item === current?.item.id);
  return {
    meeting,
    items,
    quorum,
    me,
    invitee: inviteeOf(meeting, me),
    presides: me === meeting.chair || me === meeting.secretary,
    here: meeting.presence[me]?.here === true,
    current,
    vote: taken ?? ofItem.at(-1) ?? null,
  };
}

export function isTaken(state: VotePage['vote']['state']): boolean {
  return state === 'open' || state === 'unkeyed' || state === 'counting';
}

function currentOf({ meeting, items }: MeetingPage): Sitting['current'] {
  const place = meeting.shown === null ? -1 : meeting.order.indexOf(meeting.shown.item);
  const item = items[place]?.item ?? null;
  return item === null ? null : { n: place + 1, item };
}

/** The votes on items that are still open, and on the one that is spoken of. */
function useVotes(items: MeetingPage['items'], shown: string | null): readonly VotePage[] {
  const ids = items.flatMap(({ item }) =>
    item !== null && (item.decision === null || item.id === shown) ? item.votes : [],
  );
  return useQueries({
    queries: ids.map((voteId) => ({
      queryKey: ['meetings', 'vote', voteId],
      queryFn: () => core.meetings.vote({ voteId }),
    })),
    combine: (asked) => asked.flatMap(({ data }) => data ?? []),
  });
}
