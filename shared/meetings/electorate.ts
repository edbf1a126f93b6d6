import type { PersonId } from '../kernel/public.ts';
import { inviteeOf, type Meeting } from './meeting-model.ts';
import { quorumOf, type Counted } from './result.ts';

/** One vote, whose it is and who gives it: the voter, whoever sits in for them, or another member as their proxy. */
export type Elector = Readonly<{
  voter: PersonId;
  holder: PersonId;
  as: 'self' | 'substitute' | 'proxy';
}>;

type Sitting = Pick<Meeting, 'invitees' | 'presence' | 'proxies' | 'rules'>;

/** All who have a vote of their own; a substitute's is the member's. */
export function votersOf({ invitees }: Pick<Meeting, 'invitees'>): PersonId[] {
  return invitees.filter(({ votes, as }) => votes && as !== 'substitute').map(({ person }) => person);
}

/**
 * Who votes at this moment: members who are there; for those who are not, their substitute where the rules let one vote;
 * else their proxy, if that one is there. Whoever is kept out of an item neither votes on it nor is voted for.
 */
export function electorsOf(meeting: Sitting, excluded: readonly PersonId[] = []): Elector[] {
  const out = new Set<PersonId>(excluded);
  const isHere = (person: PersonId) => meeting.presence[person]?.here === true && !out.has(person);
  return votersOf(meeting)
    .filter((voter) => !out.has(voter))
    .flatMap((voter): Elector[] => {
      if (isHere(voter)) return [{ voter, holder: voter, as: 'self' }];
      const substitute = meeting.invitees.find((one) => one.for === voter && one.votes && isHere(one.person));
      if (substitute !== undefined) return [{ voter, holder: substitute.person, as: 'substitute' }];
      const holder = meeting.proxies.find(({ from }) => from === voter)?.to;
      const isVoter = holder !== undefined && inviteeOf(meeting, holder)?.votes === true;
      return isVoter && isHere(holder) ? [{ voter, holder, as: 'proxy' }] : [];
    });
}

/** How many count as present: proxies only where the rules say so. */
export function presentIn({ rules }: Pick<Meeting, 'rules'>, electors: readonly Elector[]): number {
  const counts = (elector: Elector) => elector.as !== 'proxy' || rules?.proxies?.inQuorum === true;
  return electors.filter(counts).length;
}

/** Whether the meeting can decide anything now, of all its voters. */
export function liveQuorum(meeting: Sitting): Counted & Readonly<{ met: boolean }> {
  if (meeting.rules === null) return { needed: 1, has: 0, met: false };
  const present = presentIn(meeting, electorsOf(meeting));
  return quorumOf(meeting.rules.quorum, votersOf(meeting).length, present);
}
