import { z } from 'zod';
import { PersonIdSchema, VoteIdSchema } from '../kernel/public.ts';
import { SecretBallotSchema } from './vote-model.ts';

/** Asks for the blind signature under what a voter's `tokenTaken` says in the log. */
export const TokenRequestSchema = z.object({ vote: VoteIdSchema, voter: PersonIdSchema });
export const TokenReplySchema = z.object({ signature: z.base64().max(1024) });

/** One ballot for the box: nobody says whose it is. */
export const BallotRequestSchema = z.object({ vote: VoteIdSchema, ballot: SecretBallotSchema });
/** A ballot that marks everybody it may is under this. */
export const mostBallotBytes = 16 * 1024;
