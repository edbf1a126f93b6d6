import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readState } from '#electron/store/read-state.ts';
import { openHubFolder } from '#server/main.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import {
  consignmentAggregate,
  deliveryAggregate,
  deliveryId,
  peerAggregate,
} from '#shared/exchange/public.ts';
import type { ConsignmentId } from '#shared/kernel/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type HeadlessDesk,
} from '../../support/agency-server.ts';
import { consignmentId } from '../../support/exchange.ts';
import { compareCodes, sendPaper } from '../../support/joined-pair.ts';
import {
  ended,
  gatewayOf,
  hubAt,
  joinHub,
  sealedPapers,
  somePages,
  type HubAt,
  type Sealed,
} from '../../support/two-agencies.ts';

const mailboxPort = 20_533;
const names = ['host', 'guest', 'third'] as const;
type Name = (typeof names)[number];

let hub: HubAt;
let hubProcess: ChildProcess;
const at = new Map<Name, AgencyAtServer>();
const running = new Map<Name, ChildProcess>();
const clerks = new Map<Name, HeadlessDesk>();
const desks: HeadlessDesk[] = [];
let papers: Record<'host' | 'guest', readonly Sealed[]>;

/** One agency keeps a mailbox of its own and is on a hub besides; one comes to the mailbox alone, one is on the hub alone. */
beforeAll(async () => {
  hub = hubAt(20_529);
  hubProcess = await hub.start();
  for (const [place, name] of names.entries()) {
    at.set(name, agencyAtServer(20_530 + place, ['clerk', 'administrator']));
  }
  papers = {
    host: await sealedPapers(agency('host'), somePages(3)),
    guest: await sealedPapers(agency('guest'), somePages(2)),
  };
  await joinHub(hub, agency('host'));
  await joinHub(hub, agency('third'));
  await start('host');
  const mailbox = {
    open: () => openHubFolder(join(agency('host').data, 'mailbox'), { alone: false }),
    url: `https://127.0.0.1:${mailboxPort}`,
  };
  await joinHub(mailbox, agency('guest'));
  await start('guest');
  await start('third');
  const administrators = new Map<Name, HeadlessDesk>();
  for (const name of names) {
    clerks.set(name, await open(name, 'clerk'));
    administrators.set(name, await open(name, 'administrator'));
  }
  for (const [one, other] of [
    ['host', 'guest'],
    ['guest', 'host'],
    ['host', 'third'],
    ['third', 'host'],
  ] as const) {
    const desk = administrators.get(one);
    if (desk !== undefined) await compareCodes(desk, agency(one), agency(other));
    await until('the clerk knows', () => isConfirmed(one, other), 30_000);
  }
}, 180_000);
afterAll(async () => {
  for (const desk of desks) await desk.stop();
  for (const child of [...running.values(), hubProcess]) await ended(child);
  for (const one of [hub, ...at.values()]) one.remove();
});

function agency(name: Name): AgencyAtServer {
  const found = at.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}

function clerk(name: Name): HeadlessDesk {
  const found = clerks.get(name);
  if (found === undefined) throw new Error(name);
  return found;
}

async function start(name: Name): Promise<void> {
  const more = name === 'host' ? ['--mailbox-port', String(mailboxPort)] : [];
  running.set(name, (await agency(name).start(...more)).child);
}

async function open(name: Name, who: 'clerk' | 'administrator'): Promise<HeadlessDesk> {
  const desk = startDesk(agency(name), await enrolDesk(agency(name), who));
  desks.push(desk);
  return desk;
}

function isConfirmed(one: Name, other: Name): boolean {
  return readState(clerk(one).db, peerAggregate, agency(other).agencyId)?.state === 'confirmed';
}

function send(from: 'host' | 'guest', n: number, to: Name): ConsignmentId {
  const paper = papers[from][n];
  if (paper === undefined) throw new Error('Too few papers');
  return sendPaper(clerk(from), { to: agency(to), paper, over: {} });
}

const ledger = (name: Name, id: ConsignmentId) => readState(clerk(name).db, consignmentAggregate, id);
const delivery = (name: Name, from: Name, id: ConsignmentId) =>
  readState(clerk(name).db, deliveryAggregate, deliveryId(agency(from).agencyId, id));

async function arrived(from: 'host' | 'guest', to: Name, id: ConsignmentId): Promise<void> {
  await until('it is there', () => delivery(to, from, id)?.state === 'arrived', 60_000);
  await until('its receipt is here', () => ledger(from, id)?.state === 'arrived', 60_000);
}

it('papers go both ways between two agencies without a hub, and over the hub to whoever is there', async () => {
  const [out, back, far] = [send('host', 0, 'guest'), send('guest', 0, 'host'), send('host', 1, 'third')];
  await arrived('host', 'guest', out);
  await arrived('guest', 'host', back);
  await arrived('host', 'third', far);
  const document = readState(
    clerk('guest').db,
    documentAggregate,
    delivery('guest', 'host', out)?.document ?? '',
  );
  expect(document).toMatchObject({
    file: { hash: papers.host[0]?.document.file?.hash },
    suggestion: { fields: { subject: 'về việc số 1' }, method: 'embedded' },
  });
  // What is not on the way is not asked: the guest has never heard of the third.
  expect(readState(clerk('guest').db, peerAggregate, agency('third').agencyId)).toBeNull();
});

it('a recall is asked and agreed directly', async () => {
  const id = send('guest', 1, 'host');
  await arrived('guest', 'host', id);
  const paper = papers.guest[1];
  if (paper === undefined) throw new Error('No paper');
  const consignments = [{ id, message: consignmentId() }];
  clerk('guest').give('exchange.askBack', { documentId: paper.documentId, consignments, reason: 'Gửi nhầm' });
  await until(
    'the clerk is asked',
    () => delivery('host', 'guest', id)?.recall?.reason === 'Gửi nhầm',
    40_000,
  );
  const came = delivery('host', 'guest', id);
  clerk('host').give('exchange.answerRecall', {
    deliveryId: came?.id,
    documentId: came?.document,
    message: came?.recall?.message,
    agree: true,
    words: '',
    tasks: [],
  });
  await until('it is given back', () => ledger('guest', id)?.state === 'withdrawn', 40_000);
});

it('the hub may be dead, and the server with the mailbox be killed in the middle: nothing is lost, nothing comes twice', async () => {
  await ended(hubProcess, 'SIGKILL');
  await ended(running.get('guest') as ChildProcess);
  const id = send('host', 2, 'guest');
  await until('it lies in the mailbox', () => ledger('host', id)?.state === 'sent', 60_000);
  await ended(running.get('host') as ChildProcess, 'SIGKILL');
  await start('guest');
  await start('host');
  await arrived('host', 'guest', id);
  for (const name of ['host', 'guest'] as const) {
    const gateway = gatewayOf(agency(name));
    const codes = gateway.alarms().map(({ code }) => code);
    gateway.close();
    expect(codes.filter((code) => code !== 'exchange.fewer-signatures')).toEqual([]);
  }
}, 120_000);
