import { randomBytes } from 'node:crypto';
import {
  AppError,
  CommandIdSchema,
  PersonIdSchema,
  VoteIdSchema,
  instantFrom,
  uuidV7From,
  type AgencyId,
  type VoteId,
} from '#shared/kernel/public.ts';
import { voteAggregate, type Vote } from '#shared/meetings/public.ts';
import { makeVoteKey, type VoteKey } from '#shared/node/secret-votes/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import type { Boxes } from '../../log/boxes.ts';
import type { Serving } from '../../log/serving.ts';

const againMs = 5000;
const changing: ReadonlySet<string> = new Set(['voteOpened', 'boxClosed', 'voteDropped']);

type Settling = Readonly<{
  agencyId: AgencyId;
  server: Pick<Serving, 'look' | 'decide'>;
  boxes: Boxes;
}>;

type Parts = Settling &
  Readonly<{
    /** Every vote there is. */
    votes: () => Promise<readonly Vote[]>;
    /** Something was decided: whoever listens looks again. */
    decided: () => void;
    failed: (error: unknown) => void;
  }>;

/** The votes whose boxes something has to be done about after a decision. */
export function boxesAskedBy({ chained }: Decided): readonly VoteId[] {
  return chained.entry.acts.flatMap(({ type, on }) =>
    on.kind === 'vote' && changing.has(type) ? [VoteIdSchema.parse(on.id)] : [],
  );
}

/**
 * Does what a secret vote waits for from whoever keeps its box, in the agency's name, and says whether it did: each step
 * is found undone and done again by a server that fell over after the one before.
 */
export async function settleBox({ agencyId, server, boxes }: Settling, voteId: VoteId): Promise<boolean> {
  const decide = async (name: string, body: object): Promise<void> => {
    const { entry } = await server.decide({
      id: CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10))),
      name,
      actor: PersonIdSchema.parse(agencyId),
      onBehalfOf: null,
      claimedAt: instantFrom(Date.now()),
      body: { voteId, ...body },
    });
    if (entry.refusal !== null) throw new AppError(entry.refusal.code, entry.refusal.params);
  };
  const vote = await server.look(voteAggregate, voteId);
  const own = await boxes.keyOf(voteId);
  if (vote?.form !== 'secret' || vote.state === 'closed' || vote.state === 'dropped') {
    await boxes.remove(voteId);
    return false;
  }
  if (vote.state === 'unkeyed') {
    const { publicKey } = own ?? (await keyFor(boxes, voteId));
    await decide('meetings.keyVote', { publicKey });
    return true;
  }
  const isLost = own?.publicKey !== vote.publicKey;
  if (vote.state === 'open' && !isLost) return false;
  if (isLost) await decide('meetings.loseBox', {});
  else await decide('meetings.openBox', { ballots: await boxes.ballots(voteId) });
  await boxes.remove(voteId);
  return true;
}

/** On the disk before anybody hears of it. */
async function keyFor(boxes: Boxes, voteId: VoteId): Promise<VoteKey> {
  const key = await makeVoteKey();
  await boxes.begin(voteId, key);
  return key;
}

/** The same for every vote, from the start on and as they change. */
export function keepBoxes(
  parts: Parts,
): Readonly<{ nudge: (vote: VoteId) => void; stop: () => Promise<void> }> {
  const waiting = new Set<VoteId>();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let working: Promise<void> = begin();

  async function begin(): Promise<void> {
    try {
      for (const { id, form, state } of await parts.votes()) {
        if (form === 'secret' && state !== 'closed' && state !== 'dropped') waiting.add(id);
      }
      for (const id of await parts.boxes.votes()) waiting.add(id);
    } catch (error) {
      parts.failed(error);
      later(() => begin().then(work));
      return;
    }
    await work();
  }

  async function work(): Promise<void> {
    for (const vote of waiting) {
      if (isOver) return;
      waiting.delete(vote);
      try {
        if (await settleBox(parts, vote)) parts.decided();
      } catch (error) {
        parts.failed(error);
        later(async () => {
          waiting.add(vote);
          await work();
        });
      }
    }
  }

  function later(again: () => Promise<void>): void {
    if (isOver) return;
    timer = setTimeout(() => {
      working = working.then(again);
    }, againMs);
  }

  return {
    nudge: (vote) => {
      waiting.add(vote);
      // After the decision that it was told of is on the disk.
      working = working.then(() => (isOver ? undefined : work()));
    },
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await working;
    },
  };
}
