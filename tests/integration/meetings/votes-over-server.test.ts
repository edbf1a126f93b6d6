import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { VoteIdSchema, type AgendaItemId, type VoteId } from '#shared/kernel/public.ts';
import { makeVoteKey, secretVoter, signToken } from '#shared/node/secret-votes/public.ts';
import { even, newCommand, refusalOf } from '../../support/machines.ts';
import { mark, voters, votingAgency, type Voter } from '../../support/voting-agency.ts';

vi.setConfig({ testTimeout: 120_000 });

const agency = votingAgency(20_491);
const { many, staff, cast, seen, machineOf, opening } = agency;
let items: readonly AgendaItemId[];
const boxes = join(many.at.data, 'boxes');
const said = { head: 'so-mot', deputy: 'so-hai', unitHead: 'so-mot', officer: 'so-mot' } as const;

beforeAll(async () => {
  items = agency.prepare(5);
  await many.begin();
  await agency.joinAll();
}, 400_000);
afterAll(many.end);

async function opened(place: number): Promise<VoteId> {
  const body = opening(items[place] ?? '');
  const reply = await machineOf('head').client.meetings.openVote({ commandId: newCommand(), body });
  expect(reply).toMatchObject({ ok: true });
  for (const who of voters) await seen(who, body.voteId, 'open');
  return body.voteId;
}

const close = (voteId: VoteId) =>
  machineOf('head').client.meetings.closeVote({ commandId: newCommand(), body: { voteId } });

async function restarted(): Promise<void> {
  await many.killServer();
  await many.begin();
  for (const who of voters) await even(machineOf(who));
}

test('all vote, one of them twice and one too late; every desk has the same result and finds its ballot', async () => {
  const voteId = await opened(0);
  const serials = new Map<Voter, string>();
  for (const who of ['head', 'deputy', 'unitHead'] as const) {
    serials.set(who, (await cast(who, voteId, mark(said[who]))).serial);
  }
  expect(await cast('deputy', voteId, mark(said.deputy))).toEqual({ serial: serials.get('deputy') });
  expect(await refusalOf(cast('deputy', voteId, mark('so-mot')))).toBe('meetings.voted-already');
  const serial = serials.get('head') ?? '';
  const find = (who: Voter, asked: string) =>
    machineOf(who).client.meetings.findBallot({ voteId, serial: asked });
  expect(await find('head', serial)).toEqual({ state: 'not-yet', choice: null });
  expect(await close(voteId)).toMatchObject({ ok: true });
  await seen('officer', voteId, 'closed');
  expect(await refusalOf(cast('officer', voteId, mark(said.officer)))).toBe('meetings.vote-not-open');
  const pages = [];
  for (const who of voters) pages.push(await seen(who, voteId, 'closed'));
  expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
  expect(pages[0]?.result).toMatchObject({ votes: { 'so-mot': 2, 'so-hai': 1, 'so-ba': 0 }, silent: 1 });
  for (const [who, own] of serials) {
    expect(await find(who, own)).toEqual({ state: 'counted', choice: mark(said[who]) });
  }
  expect(await find('head', 'A'.repeat(43))).toEqual({ state: 'absent', choice: null });
  expect(readdirSync(boxes)).toEqual([]);
});

test('without the server nobody votes in secret, and nothing of it is kept', async () => {
  const voteId = await opened(1);
  await many.killServer();
  expect(await refusalOf(cast('officer', voteId, mark('so-ba')))).toBe('meetings.secret-needs-server');
  const { standing } = await machineOf('officer').client.sync.standing({});
  expect(standing?.unsent).toBe(0);
  await many.begin();
  for (const who of voters) await even(machineOf(who));
});

test('the server may be killed after every step: no ballot is lost, and none counted twice', async () => {
  const voteId = await opened(2);
  // Between the token and the ballot.
  const vote = (await seen('officer', voteId, 'open')).vote;
  const publicKey = vote.publicKey ?? '';
  const own = await ownTokenOf('officer', voteId, publicKey);
  const voter = staff.officer.id;
  const body = { voteId, voter, publicKey, blinded: own.blinded };
  const asked = { commandId: newCommand(), body };
  expect(await machineOf('officer').client.meetings.takeToken(asked)).toMatchObject({ ok: true });
  await restarted();
  expect(await cast('officer', voteId, mark(said.officer))).toEqual({ serial: own.serial });
  // After a ballot.
  await cast('head', voteId, mark(said.head));
  await restarted();
  await cast('head', voteId, mark(said.head));
  await cast('unitHead', voteId, mark(said.unitHead));
  // Between closing and opening.
  await many.killServer();
  agency.decideAtFolder(staff.head.id, 'meetings.closeVote', { voteId });
  expect(existsSync(join(boxes, `${voteId}.db`))).toBe(true);
  await many.begin();
  for (const who of voters) {
    const { result } = await seen(who, voteId, 'closed');
    expect(result).toMatchObject({ is: 'elected', votes: { 'so-mot': 3 }, silent: 1 });
  }
  expect(existsSync(join(boxes, `${voteId}.db`))).toBe(false);
});

test('a key that was made and not yet said is said by the next run, and a vote dropped meanwhile has no box', async () => {
  await many.killServer();
  const { publicKey, privateKey } = await makeVoteKey();
  const [kept, dropped] = [opening(items[3] ?? ''), opening(items[3] ?? '')];
  agency.atFolder((folder, decide) => {
    decide(staff.head.id, 'meetings.openVote', kept);
    decide(staff.head.id, 'meetings.openVote', dropped);
    for (const { voteId } of [kept, dropped]) folder.boxes.begin(voteId, { publicKey, privateKey });
    decide(staff.head.id, 'meetings.dropVote', { voteId: dropped.voteId, reason: 'Đặt nhầm câu hỏi' });
  });
  await many.begin();
  expect((await seen('deputy', kept.voteId, 'open')).vote.publicKey).toBe(publicKey);
  await seen('deputy', dropped.voteId, 'dropped');
  await expect.poll(() => readdirSync(boxes).filter((name) => name.includes(dropped.voteId))).toEqual([]);
});

test('a server that came back without its box says so, and the vote is void', async () => {
  const voteId = await opened(4);
  await cast('head', voteId, mark(said.head));
  await many.killServer();
  rmSync(boxes, { recursive: true });
  await many.begin();
  const { vote } = await seen('deputy', voteId, 'dropped');
  expect(vote).toMatchObject({ droppedBecause: null, result: null, box: [] });
  expect(await refusalOf(cast('officer', voteId, mark('so-ba')))).toBe('meetings.vote-not-open');
});

/** What the program makes out of a voter's own signature (`docs/secret-votes.md`). */
async function ownTokenOf(who: Voter, vote: VoteId, publicKey: string) {
  const signature = await agency
    .keyOf(who)
    .sign(Buffer.from(`antin secret vote 1\n${many.at.agencyId}\n${vote}`));
  const secret = createHash('sha512').update(signature).digest();
  return secretVoter({ vote, voter: staff[who].id, publicKey, secret });
}

type Answer = Readonly<{ status: number; body: string }>;

function post(path: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      rejectUnauthorized: false,
      headers: { 'content-type': 'application/json' },
    };
    const asking = request(`https://127.0.0.1:${many.at.port}${path}`, options, (answer) => {
      let told = '';
      answer.on('data', (piece: Buffer) => (told += piece.toString()));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body: told });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

test('nothing hostile gets into the box, and none of it shows what went wrong inside', async () => {
  const body = opening(items[4] ?? '');
  await machineOf('head').client.meetings.openVote({ commandId: newCommand(), body });
  const { voteId } = body;
  const publicKey = (await seen('officer', voteId, 'open')).vote.publicKey ?? '';
  const { serial } = await cast('officer', voteId, mark('so-ba'));
  const other = await makeVoteKey();
  const own = secretVoter({
    vote: voteId,
    voter: staff.deputy.id,
    publicKey: other.publicKey,
    secret: Buffer.alloc(64, 7),
  });
  const forged = own.ballot(signToken(other.privateKey, own.blinded) ?? '', mark('so-ba'));
  if (forged === null) throw new Error('The forger is no good');
  const ballot = (over: object) => JSON.stringify({ vote: voteId, ballot: { ...forged, ...over } });
  const hostile: readonly (readonly [string, number])[] = [
    [ballot({}), 400],
    [ballot({ serial }), 400],
    [ballot({ serial: 'b'.repeat(43) }), 400],
    [ballot({ serial: '-'.repeat(43) }), 400],
    [ballot({ token: '' }), 400],
    [ballot({ token: 'AAAA' }), 400],
    [ballot({ prefix: '' }), 400],
    [ballot({ choice: { is: 'choice', marks: ['nobody'] } }), 400],
    [ballot({ choice: { is: 'motion', side: 'yes' } }), 400],
    [ballot({ serial: '../../etc/passwd' }), 400],
    [ballot({ choice: { is: 'choice', marks: Array(101).fill('so-ba') } }), 400],
    [JSON.stringify({ vote: VoteIdSchema.parse(systemClock.newId()), ballot: forged }), 409],
    ['{"vote": 7}', 400],
    ['{"vote": ', 400],
    ['[]', 400],
    [`"${'x'.repeat(40_000)}"`, 413],
  ];
  for (const [sent, status] of hostile) {
    const answer = await post('/v1/votes/ballot', sent);
    expect([sent.slice(0, 300), answer.status]).toEqual([sent.slice(0, 300), status]);
    expect(answer.body).not.toContain('    at ');
  }
  expect(
    await post('/v1/votes/token', JSON.stringify({ vote: voteId, voter: staff.officer.id })),
  ).toMatchObject({
    status: 401,
  });
  await close(voteId);
  const { vote } = await seen('head', voteId, 'closed');
  expect(vote.box.map((one) => one.serial)).toEqual([serial]);
  expect(vote.publicKey).toBe(publicKey);
  await many.stopServer();
  agency.atFolder((folder) => {
    const refused = folder.log
      .entriesAfter(0, 10_000)
      .filter(
        ({ entry: { command, refusal } }) => String(command.actor) === many.at.agencyId && refusal !== null,
      );
    expect(refused).toEqual([]);
    expect(folder.states('vote')).toHaveLength(7);
  });
});
