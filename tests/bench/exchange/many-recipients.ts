import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { holidays } from '#electron/store/holidays.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import { pairCode, usualCard, type Member, type PeerDetails } from '#shared/exchange/public.ts';
import { CommandIdSchema, PersonIdSchema, instantFrom, uuidV7From } from '#shared/kernel/public.ts';
import { makeIdentity, openIdentity, signAs } from '#shared/node/exchange/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
} from '../../support/agency-server.ts';
import { ids } from '../../support/builders.ts';
import { consignmentId, goodFacts } from '../../support/exchange.ts';
import {
  ended,
  hubAt,
  joinHub,
  moveToDatabase,
  sealedPapers,
  somePages,
  type HubAt,
} from '../../support/two-agencies.ts';
import type { SyncRow } from '../sync/rows.ts';

const differentKeys = 4;

/** One document to two hundred agencies: from the clerk's act until every envelope is in its mailbox at the hub. */
export async function measureManyRecipients(
  port: number,
  recipients: number,
  databaseUrl: string | null,
): Promise<readonly SyncRow[]> {
  const hub = hubAt(port, databaseUrl);
  const at = agencyAtServer(port + 1, ['clerk']);
  const hubProcess = await hub.start();
  const [paper] = await sealedPapers(at, somePages(1));
  await joinHub(hub, at);
  const to = await befriend(hub, at, recipients);
  if (databaseUrl !== null) await moveToDatabase(at, databaseUrl);
  const server = await at.start(...(databaseUrl === null ? [] : ['--database-url', databaseUrl]));
  const desk = startDesk(at, await enrolDesk(at, 'clerk'));
  try {
    await until('the desk is even', () => desk.link.state().kind === 'even', 30_000);
    const { file, number } = paper?.document ?? { file: null, number: null };
    if (paper === undefined || file === null || number === null) throw new Error('Not sealed');
    const startedAt = performance.now();
    desk.give('exchange.issue', {
      documentId: paper.documentId,
      consignments: to.map((id) => ({ id: consignmentId(), to: id, refs: [] })),
      access: 'internal',
      facts: goodFacts({ file: file.hash, notation: number.notation, issuedOn: number.issuedOn }),
      succeeds: null,
      expiryDays: 15,
      issuing: { recipients: [{ name: 'Các cơ quan', kind: 'agency' }], copies: 0, repliesTo: null },
    });
    await untilAllAreThere(hub, recipients);
    const value = (performance.now() - startedAt) / 1000;
    return [
      {
        row: null,
        name: `dispatch to ${recipients} recipients, until the hub has all`,
        value,
        unit: 's',
        gate: { most: 5 },
      },
    ];
  } finally {
    await desk.stop();
    await ended(server.child);
    await ended(hubProcess);
    hub.remove();
    at.remove();
  }
}

/** Agencies that are joined at the hub and confirmed here; a few keys for all, since making them is not what is measured. */
async function befriend(hub: HubAt, at: AgencyAtServer, count: number): Promise<readonly Member['id'][]> {
  const dataKey = randomBytes(32);
  const now = instantFrom(Date.now());
  const keys = Array.from({ length: differentKeys }, (_none, n) =>
    openIdentity(makeIdentity(`Cơ quan ${n}`, now, dataKey), dataKey),
  );
  const there = await hub.open();
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const decide = (actor: string, name: string, body: unknown): void => {
    const id = CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10)));
    const by = PersonIdSchema.parse(actor);
    const { entry } = server.decide({ id, name, actor: by, onBehalfOf: null, claimedAt: now, body });
    if (entry.refusal !== null) throw new Error(`${name}: ${entry.refusal.code}`);
  };
  const own = (await there.store.member(at.agencyId))?.member.details;
  if (own === undefined) throw new Error('It has not joined');
  decide(at.agencyId, 'exchange.meetPeer', { peerId: at.agencyId, details: own });
  const members: Member['id'][] = [];
  for (let n = 0; n < count; n += 1) {
    const identity = keys[n % differentKeys];
    if (identity === undefined) throw new Error('No keys');
    const details: PeerDetails = {
      name: `Cơ quan ${n}`,
      codes: [],
      authority: Buffer.from(identity.authority).toString('base64'),
      fingerprint: identity.fingerprint,
      sealing: Buffer.from(identity.sealing.certificate).toString('base64'),
      card: usualCard,
    };
    const id = ids.agency();
    const signature = await signAs(identity, 'member', { id, details });
    const code = randomBytes(8).toString('hex');
    await there.store.invite(codeHashOf(code), instantFrom(Date.now() + 60_000));
    await there.store.join(codeHashOf(code), { id, details, signature }, now);
    await there.store.settle(id, 'joined');
    decide(at.agencyId, 'exchange.meetPeer', { peerId: id, details });
    const digits = pairCode(own.fingerprint, identity.fingerprint);
    decide(at.agency.staff.administrator.id, 'exchange.confirmPeer', { peerId: id, code: digits });
    members.push(id);
  }
  folder.close();
  await there.close();
  return members;
}

async function untilAllAreThere(hub: HubAt, count: number): Promise<void> {
  const there = await hub.open();
  const endMs = Date.now() + 120_000;
  while ((await there.store.counts()).parcels < count) {
    if (Date.now() > endMs) throw new Error('Not in time: all are at the hub');
    await setTimeout(20);
  }
  await there.close();
}
