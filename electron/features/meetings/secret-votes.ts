import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  SecretBallotSchema,
  voteAggregate,
  type Choice,
  type FoundBallot,
  type SecretBallot,
} from '#shared/meetings/public.ts';
import {
  AppError,
  CommandIdSchema,
  PersonIdSchema,
  type CommandId,
  type PersonId,
  type Reply,
  type VoteId,
} from '#shared/kernel/public.ts';
import { isBallotOf, makeVoteKey, secretVoter, signToken } from '#shared/node/secret-votes/public.ts';
import type { Signed } from '../../host/context.ts';
import { ask, askNow } from '../../host/run-command.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { withSigningKey, type KeyAsked } from '../signing/public.ts';
import { layAtServer, tokenFromServer } from './cast-over-line.ts';
import { readableVote } from './pages.ts';

// Where one desk is the agency's all, its core keeps the box; where there is a server, it does.

type Asked<Body> = Readonly<{ commandId: CommandId; body: Body }>;

/** Opens a vote; a secret one gets its key at once. */
export async function openVote(
  signed: Signed,
  input: Asked<Readonly<{ voteId: VoteId; form: string }>>,
): Promise<Reply> {
  const isKeptHere = input.body.form === 'secret' && signed.open.shared === null;
  const reply = await ask(signed, 'meetings.openVote', input);
  if (isKeptHere && reply.ok) await keyVote(signed, input.body.voteId);
  return reply;
}

export type Casting = Readonly<{
  commandId: CommandId;
  voteId: VoteId;
  voter: PersonId;
  choice: Choice;
}> &
  Pick<KeyAsked, 'pin' | 'key'>;

/** Takes the voter's token and lays their ballot into the box; again after a fall, it is the very same one. */
export async function castSecret(
  signed: Signed,
  { commandId, voteId, voter, choice, pin, key }: Casting,
): Promise<Readonly<{ serial: string }>> {
  const { shared } = signed.open;
  if (shared === null && readableVote(signed, voteId).state === 'unkeyed') await keyVote(signed, voteId);
  const secret = await ownSecret(signed, voteId, { use: 'person', pin, key });
  const { publicKey } = readableVote(signed, voteId);
  if (publicKey === null) throw new AppError('meetings.vote-not-open');
  const own = secretVoter({ vote: voteId, voter, publicKey, secret });
  const sign = () =>
    shared === null
      ? signToken(privateKeyOf(signed, voteId), own.blinded)
      : tokenFromServer(shared, { vote: voteId, voter });
  const made = async (): Promise<SecretBallot | null> => {
    const blindSignature = await sign();
    return blindSignature === null ? null : own.ballot(blindSignature, choice);
  };
  // Asked for first: who took it before a fall has it already, and where no server answers nothing was begun.
  const earlier = shared === null ? null : await made();
  if (earlier === null) {
    const body = { voteId, voter, publicKey, blinded: own.blinded };
    const reply = await askNow(signed, 'meetings.takeToken', { commandId, body });
    if (!reply.ok) throw new AppError(reply.refusal.code, reply.refusal.params);
    if (reply.waits === true) throw new AppError('meetings.secret-needs-server');
  }
  const ballot = earlier ?? (await made());
  if (ballot === null) throw new AppError('meetings.token-not-good');
  if (shared === null) layIn(signed, voteId, ballot);
  else await layAtServer(shared, voteId, ballot);
  return { serial: own.serial };
}

/** Closes a vote; a secret one's box is opened then, also when the desk fell over in between. */
export async function closeVote(signed: Signed, input: Asked<Readonly<{ voteId: VoteId }>>): Promise<Reply> {
  const { voteId } = input.body;
  if (signed.open.shared !== null) return ask(signed, 'meetings.closeVote', input);
  const before = readableVote(signed, voteId);
  const reply = before.state === 'counting' ? null : await ask(signed, 'meetings.closeVote', input);
  if (reply !== null && (!reply.ok || before.form !== 'secret')) return reply;
  return openBox(signed, voteId);
}

/** What became of a ballot whose serial its voter kept, looked at as an auditor would. */
export function findBallot(
  signed: Signed,
  { voteId, serial }: Readonly<{ voteId: VoteId; serial: string }>,
): FoundBallot {
  const { state, publicKey, box } = readableVote(signed, voteId);
  if (state !== 'closed' || publicKey === null) return { state: 'not-yet', choice: null };
  const ballot = box.find((one) => one.serial === serial.trim());
  if (ballot === undefined) return { state: 'absent', choice: null };
  const isGood = isBallotOf(voteId, publicKey, ballot);
  return { state: isGood ? 'counted' : 'damaged', choice: ballot.choice };
}

async function keyVote(signed: Signed, voteId: VoteId): Promise<void> {
  const { publicKey, privateKey } = await makeVoteKey();
  prepared(signed.open.desk.db, 'INSERT OR REPLACE INTO vote_key (vote, private_key) VALUES (?, ?)').run(
    voteId,
    privateKey,
  );
  asKeeper(signed, 'meetings.keyVote', { voteId, publicKey });
}

function openBox(signed: Signed, voteId: VoteId): Reply {
  const { db } = signed.open.desk;
  const publicKey = readState(db, voteAggregate, voteId)?.publicKey ?? '';
  const ballots = prepared(db, 'SELECT ballot FROM secret_ballot WHERE vote = ? ORDER BY serial')
    .all(voteId)
    .map((row) => SecretBallotSchema.parse(JSON.parse(z.object({ ballot: z.string() }).parse(row).ballot)))
    .filter((ballot) => isBallotOf(voteId, publicKey, ballot));
  const reply = asKeeper(signed, 'meetings.openBox', { voteId, ballots });
  if (reply.ok) {
    // No token is signed for it any more, and the ballots stand in the log.
    prepared(db, 'DELETE FROM vote_key WHERE vote = ?').run(voteId);
    prepared(db, 'DELETE FROM secret_ballot WHERE vote = ?').run(voteId);
  }
  return reply;
}

/** One ballot a serial, the first; who sends it again sends the same. */
function layIn(signed: Signed, voteId: VoteId, ballot: SecretBallot): void {
  const { db } = signed.open.desk;
  const text = JSON.stringify(ballot);
  const vote = readableVote(signed, voteId);
  if (vote.state !== 'open' || !isBallotOf(voteId, vote.publicKey ?? '', ballot)) {
    throw new AppError('meetings.vote-not-open');
  }
  prepared(db, 'INSERT OR IGNORE INTO secret_ballot (vote, serial, ballot) VALUES (?, ?, ?)').run(
    voteId,
    ballot.serial,
    text,
  );
  const there = prepared(db, 'SELECT ballot FROM secret_ballot WHERE vote = ? AND serial = ?').get(
    voteId,
    ballot.serial,
  ) as { ballot: string };
  if (there.ballot !== text) throw new AppError('meetings.voted-already');
}

function privateKeyOf({ open }: Signed, voteId: VoteId): string {
  const row = prepared(open.desk.db, 'SELECT private_key AS key FROM vote_key WHERE vote = ?').get(voteId);
  if (row === undefined) throw new AppError('meetings.vote-not-open');
  return z.object({ key: z.string() }).parse(row).key;
}

/**
 * What only the voter can make again: their own signature over the vote's id, which nobody else sees and no disk keeps.
 * It has to come out the same each time, as RSA's does and ECDSA's does not.
 */
async function ownSecret(signed: Signed, voteId: VoteId, asked: KeyAsked): Promise<Uint8Array> {
  const text = Buffer.from(`antin secret vote 1\n${signed.open.desk.agencyId}\n${voteId}`);
  const [one, two] = await withSigningKey(signed, asked, async (key) => [
    await key.sign(text),
    await key.sign(text),
  ]);
  if (one === undefined || two === undefined || !Buffer.from(one).equals(two)) {
    throw new AppError('meetings.key-not-steady');
  }
  return createHash('sha512').update(one).digest();
}

/** In the agency's own name, as a server does it. */
function asKeeper({ open: { desk }, clock }: Signed, name: string, body: unknown): Reply {
  const id = CommandIdSchema.parse(clock.newId());
  const actor = PersonIdSchema.parse(desk.agencyId);
  return desk.execute({ id, name, actor, onBehalfOf: null, claimedAt: desk.now(), body });
}
