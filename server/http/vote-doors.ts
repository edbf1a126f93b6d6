import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { personAggregate } from '#shared/directory/public.ts';
import type { DeviceId } from '#shared/kernel/public.ts';
import {
  BallotRequestSchema,
  TokenRequestSchema,
  isAnswer,
  mostBallotBytes,
  voteAggregate,
  type TokenReplySchema,
} from '#shared/meetings/public.ts';
import type { AgencyServer } from '#shared/node/agency-log/public.ts';
import { isBallotOf, signToken } from '#shared/node/secret-votes/public.ts';
import { createBucket } from '#shared/node/traffic/public.ts';
import { deviceAggregate, type DoneSchema } from '#shared/sync/public.ts';
import { checked, mustBelieve, Refused, speaker } from './asking.ts';
import type { AppParts } from './build-app.ts';

/** Several times what the largest council sends at once; who floods the box makes everybody wait, and fills nothing. */
const ballotsASecond = 500;
const mostWaitMs = 4000;

/** The two doors of a secret vote: at one a voter is known and shows no ballot, at the other a ballot and no voter. */
export function openVoteDoors(app: FastifyInstance, { server, sessions, boxes }: AppParts): void {
  const lane = createBucket(ballotsASecond);

  app.post('/v1/votes/token', async (request): Promise<z.infer<typeof TokenReplySchema>> => {
    const device = speaker({ sessions }, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    await mustBelieve(server, device);
    const asked = checked(TokenRequestSchema, request.body);
    const blinded = await server.looking((look) => takenBy(look, device, asked));
    const key = blinded === null ? null : await boxes.keyOf(asked.vote);
    const signature = blinded === null || key === null ? null : signToken(key.privateKey, blinded);
    // One answer for what is not there, what is not theirs, and what is over.
    if (signature === null) throw new Refused(404, 'meetings.no-token');
    return { signature };
  });

  // No session, and no line of any log: nothing here may tell later who it was.
  const bounds = { bodyLimit: mostBallotBytes };
  app.post('/v1/votes/ballot', bounds, async (request): Promise<z.infer<typeof DoneSchema>> => {
    if (lane.backlogMs() > mostWaitMs) throw new Refused(429, 'server.too-many-ballots');
    await lane.take(1);
    const { vote: id, ballot } = checked(BallotRequestSchema, request.body);
    const vote = await server.look(voteAggregate, id);
    if (vote?.state !== 'open' || vote.publicKey === null) throw new Refused(409, 'meetings.vote-not-open');
    if (!isAnswer(vote.question, ballot.choice) || !isBallotOf(id, vote.publicKey, ballot)) {
      throw new Refused(400, 'meetings.no-ballot');
    }
    const laid = await boxes.lay(id, ballot);
    if (laid === 'shut') throw new Refused(409, 'meetings.vote-not-open');
    if (laid === 'another') throw new Refused(409, 'meetings.voted-already');
    return { ok: true };
  });
}

/** What the log says a voter took blind, asked by the desk of whoever votes for them. */
function takenBy(
  look: AgencyServer['look'],
  device: DeviceId,
  { vote: id, voter }: z.infer<typeof TokenRequestSchema>,
): string | null {
  const own = look(deviceAggregate, device);
  const person = own === null ? null : look(personAggregate, own.person);
  const vote = look(voteAggregate, id);
  if (person?.active !== true || vote?.form !== 'secret' || vote.state !== 'open') return null;
  const isTheirs = vote.electors.some((one) => one.voter === voter && one.holder === person.id);
  return isTheirs ? (vote.tokens[voter] ?? null) : null;
}
