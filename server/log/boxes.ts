import { voteAggregate, type SecretBallot } from '#shared/meetings/public.ts';
import type { VoteId } from '#shared/kernel/public.ts';
import type { VoteKey } from '#shared/node/secret-votes/public.ts';
import type { BoxFiles } from '../data/box-files.ts';
import type { Serving } from './serving.ts';

/** The boxes of secret votes, whatever engine they are kept in. */
export type Boxes = Readonly<{
  votes: () => Promise<readonly VoteId[]>;
  keyOf: (vote: VoteId) => Promise<VoteKey | null>;
  /** Makes a box; the key of one that is there stays. */
  begin: (vote: VoteId, key: VoteKey) => Promise<void>;
  /** Lays a ballot while the vote is open: nothing closes it in between. One a serial, the first. */
  lay: (vote: VoteId, ballot: SecretBallot) => Promise<'laid' | 'shut' | 'another'>;
  /** By serial. */
  ballots: (vote: VoteId) => Promise<readonly SecretBallot[]>;
  remove: (vote: VoteId) => Promise<void>;
}>;

/** In files beside the log's own. */
export function boxesInFiles(files: BoxFiles, { looking }: Pick<Serving, 'looking'>): Boxes {
  const soon = <Result>(work: () => Result): Promise<Result> => Promise.resolve().then(work);
  return {
    votes: () => soon(files.votes),
    keyOf: (vote) => soon(() => files.keyOf(vote)),
    begin: (vote, key) =>
      soon(() => {
        files.begin(vote, key);
      }),
    lay: (vote, ballot) =>
      looking((look) => {
        if (look(voteAggregate, vote)?.state !== 'open') return 'shut';
        return files.lay(vote, ballot) ? 'laid' : 'another';
      }),
    ballots: (vote) => soon(() => files.ballots(vote)),
    remove: (vote) =>
      soon(() => {
        files.remove(vote);
      }),
  };
}
