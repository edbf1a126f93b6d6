import { AppError, type Instant } from '#shared/kernel/public.ts';
import { DerError } from '../cms/der.ts';
import type { Ask } from './ask.ts';
import { judgeTimestamp } from './check-timestamp.ts';
import { readTimestampReply, type TimestampReply } from './timestamp-reply.ts';
import { writeTimestampRequest } from './timestamp-request.ts';

/** A time-stamping service (RFC 3161 over HTTP) and how it is asked. */
export type TimestampService = Readonly<{
  url: string;
  ask: Ask;
  /** Eight fresh random bytes for each request. */
  newNonce: () => Uint8Array;
}>;

/** Has the pieces stamped and gives the token's DER, checked in every respect but the service's own chain. */
export async function askTimestamp(
  stamped: readonly Uint8Array[],
  service: TimestampService,
  at: Instant,
): Promise<Uint8Array> {
  const question = { stamped, nonce: service.newNonce() };
  const reply = await service.ask({
    url: service.url,
    contentType: 'application/timestamp-query',
    accept: 'application/timestamp-reply',
    body: writeTimestampRequest(question),
  });
  const { token, refusal } = readReply(reply);
  if (token === null) throw new AppError('signing.timestamp-refused', { words: refusal });
  const verdict = judgeTimestamp(token, { ...question, at });
  if (verdict.fault !== null) throw new AppError(`signing.${verdict.fault}`);
  return token;
}

function readReply(reply: Uint8Array): TimestampReply {
  try {
    return readTimestampReply(reply);
  } catch (error) {
    if (error instanceof DerError) throw new AppError('signing.timestamp-malformed', {}, error);
    throw error;
  }
}
