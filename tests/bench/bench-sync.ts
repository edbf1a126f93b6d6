import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { holidays } from '#electron/store/holidays.ts';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openJoinedDesk } from '#electron/store/joined-desk.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { deviceIssuer } from '#server/features/devices/certificates.ts';
import { invite } from '#server/features/devices/invite.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  HashSchema,
  type AgencyId,
  type Command,
  type DeviceId,
  type PersonId,
} from '#shared/kernel/public.ts';
import { readInvitation } from '#shared/node/agency-log/public.ts';
import { measureRawCommits, openEncrypted } from '#shared/node/sqlite/public.ts';
import {
  allGuards,
  mostItemsAPage,
  protocolVersion,
  signedText,
  type SentCommand,
} from '#shared/sync/public.ts';
import { agencyAtServer, type AgencyAtServer } from '../support/agency-server.ts';
import { aSummary } from '../support/builders.ts';
import type { Figure } from './bench-office.ts';
import { timingOf } from './measure.ts';

type Sender = { id: DeviceId; key: KeyObject; dseq: number };

const port = 20_445;

/** Signed pushes over HTTPS with their commits, a fresh desk filling itself, and the way back from a crash. */
export async function benchSync(folder: string, commands: number): Promise<readonly Figure[]> {
  const raw = measureRawCommits({ folder, commits: 2000 }).encrypted;
  const at = agencyAtServer(port, []);
  try {
    const senders = enrolled(at, 100);
    const figures: Figure[] = [
      {
        name: 'raw commit, one entry and one more row (physical limit)',
        timing: { p50: raw.p50Ms, p99: raw.p99Ms, perSecond: Math.round(raw.perSecond), calls: 2000 },
        budgetMs: null,
      },
    ];
    let server = await at.start();
    for (const connections of [1, 10, 100]) {
      figures.push(await pushes(at, senders.slice(0, connections), commands));
    }
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    const startedAt = performance.now();
    server = await at.start();
    figures.push({
      name: 'server killed, answering again',
      timing: timingOf([performance.now() - startedAt]),
      budgetMs: 2000,
    });
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    figures.push(fresh(at, senders[0]));
    return figures;
  } finally {
    at.remove();
  }
}

/** So many devices of the clerk, with keys this process holds. */
function enrolled(at: AgencyAtServer, count: number): readonly Sender[] {
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const { clerk, administrator } = at.agency.staff;
  const issue = deviceIssuer({ kept: folder.kept, agencyId: at.agencyId }, Date.now);
  const authority = HashSchema.parse('0'.repeat(64));
  const senders = Array.from({ length: count }, (): Sender => {
    const told = readInvitation(
      invite({
        folder,
        server,
        personId: clerk.id,
        by: administrator.id,
        url: 'https://localhost',
        authority,
      }),
    );
    if (told === null) throw new Error('An invitation cannot be read');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const id = DeviceIdSchema.parse(systemClock.newId());
    const one = { id, key: privateKey, dseq: 0 };
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
    const { invitationId, code } = told;
    const body = { deviceId: id, invitationId, code, name: 'máy', publicKey: raw };
    const sent = signed(at.agencyId, one, commandOf(clerk.id, 'sync.enrolDevice', body));
    server.pushAll([{ version: protocolVersion, agencyId: at.agencyId, device: id, commands: [sent] }]);
    const commandId = CommandIdSchema.parse(systemClock.newId());
    const signature = sign(null, Buffer.from('certificate'), privateKey).toString('base64');
    server.certify({ device: id, text: 'certificate', signature, commandId, issue });
    return one;
  });
  folder.close();
  return senders;
}

function commandOf(actor: PersonId, name: string, body: unknown): Command {
  const id = CommandIdSchema.parse(systemClock.newId());
  return { id, name, actor, onBehalfOf: null, claimedAt: systemClock.now(), body };
}

function signed(agencyId: AgencyId, sender: Sender, command: Command): SentCommand {
  sender.dseq += 1;
  const { dseq } = sender;
  const text = signedText(agencyId, sender.id, { dseq, command });
  return { dseq, command, signature: sign(null, Buffer.from(text), sender.key).toString('base64') };
}

async function pushes(at: AgencyAtServer, senders: readonly Sender[], commands: number): Promise<Figure> {
  const agent = new Agent({ keepAlive: true, maxSockets: senders.length, rejectUnauthorized: false });
  const { clerk } = at.agency.staff;
  const each = Math.ceil(commands / senders.length);
  const ready = senders.map((sender) =>
    Array.from({ length: each }, () => {
      const body = { documentId: systemClock.newId(), summary: aSummary(), repliesTo: null };
      const sent = signed(at.agencyId, sender, commandOf(clerk.id, 'drafting.start', body));
      return JSON.stringify({
        version: protocolVersion,
        agencyId: at.agencyId,
        device: sender.id,
        commands: [sent],
      });
    }),
  );
  const took: number[] = [];
  const startedAt = performance.now();
  await Promise.all(
    ready.map(async (bodies) => {
      for (const body of bodies) {
        const askedAt = performance.now();
        await post(agent, body);
        took.push(performance.now() - askedAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  const timing = { ...timingOf(took), perSecond: Math.round(took.length / seconds) };
  return { name: `push over HTTPS, signed, ${senders.length} desks`, timing, budgetMs: 100 };
}

function post(agent: Agent, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(
      `https://127.0.0.1:${port}/v1/push`,
      { method: 'POST', agent, headers },
      (answer) => {
        let text = '';
        answer.on('data', (piece: Buffer) => (text += piece.toString()));
        answer.on('end', () => {
          if (answer.statusCode === 200 && text.includes('"refusal":null')) resolve();
          else reject(new Error(`Not taken: ${text.slice(0, 200)}`));
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** A desk that has nothing takes everything: checked, folded, with its lists and its search. */
function fresh(at: AgencyAtServer, sender: Sender | undefined): Figure {
  if (sender === undefined) throw new Error('Nobody was enrolled');
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const db = openEncrypted({ path: join(at.data, '..', 'mới.db'), key: randomBytes(32) });
  migrate(db, migrations);
  const desk = openJoinedDesk({
    agencyId: at.agencyId,
    db,
    projections: [documentsProjection, workflowProjection],
    calendar: holidays,
    now: systemClock.now,
    person: at.agency.staff.clerk.id,
    device: { id: sender.id, key: sender.key },
    guards: allGuards,
  });
  const startedAt = performance.now();
  let entries = 0;
  for (let more = true; more;) {
    const page = server.pull(desk.nextPull(mostItemsAPage));
    if ('stopped' in page) throw new Error(page.stopped);
    // As over the wire.
    desk.pulled(JSON.parse(JSON.stringify({ ...page, lastDseq: 1 })) as typeof page);
    entries += page.entries.length;
    more = page.more;
  }
  const ms = performance.now() - startedAt;
  db.close();
  folder.close();
  const perSecond = Math.round((entries * 1000) / ms);
  const per = ms / entries;
  return {
    name: `a fresh desk takes ${entries} entries`,
    timing: { p50: per, p99: per, perSecond, calls: entries },
    budgetMs: null,
  };
}
