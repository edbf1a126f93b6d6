import { TokenReplySchema, type SecretBallot } from '#shared/meetings/public.ts';
import { AppError, type PersonId, type VoteId } from '#shared/kernel/public.ts';
import { DoneSchema } from '#shared/sync/public.ts';
import type { Shared } from '../../sync/shared-desk.ts';

/** The server's blind signature under what the log says this voter took; null where that is nothing yet. */
export async function tokenFromServer(
  shared: Shared,
  asked: Readonly<{ vote: VoteId; voter: PersonId }>,
): Promise<string | null> {
  try {
    const { signature } = await sayingAway(shared.speak('/v1/votes/token', asked, TokenReplySchema));
    return signature;
  } catch (error) {
    if (error instanceof AppError && error.code === 'meetings.no-token') return null;
    throw error;
  }
}

/** Lays a ballot into the server's box, over a connection that knows nothing of this desk. */
export async function layAtServer(shared: Shared, vote: VoteId, ballot: SecretBallot): Promise<void> {
  await sayingAway(shared.speakAside('/v1/votes/ballot', { vote, ballot }, DoneSchema));
}

/** A ballot waits nowhere: without the server there is none, and the next try makes the same one. */
async function sayingAway<Result>(asking: Promise<Result>): Promise<Result> {
  try {
    return await asking;
  } catch (error) {
    const isAway = error instanceof AppError && error.code === 'sync.server-away';
    throw isAway ? new AppError('meetings.secret-needs-server', {}, error) : error;
  }
}
