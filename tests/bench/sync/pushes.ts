import { createPublicKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { isSignedAside } from '#shared/node/agency-log/public.ts';
import { packedJson, packJson } from '#shared/node/http/public.ts';
import type { Command } from '#shared/kernel/public.ts';
import { PushReplySchema, type PushRequest } from '#shared/sync/public.ts';
import type { Door } from '#electron/sync/server-door.ts';
import type { SlowLine } from '../../load/slow-line.ts';
import type { AgencyAtServer } from '../../support/agency-server.ts';
import { aDraft, pushOf, type Sender } from './senders.ts';
import { atShare, limit, type SyncRow } from './rows.ts';

/** Signed pushes of one command each over HTTPS, answered after their commit; and how much of the machine asking took. */
export async function measurePushes(
  at: AgencyAtServer,
  port: number,
  senders: readonly Sender[],
  commands: number,
): Promise<readonly SyncRow[]> {
  const each = Math.ceil(commands / senders.length);
  const ready = senders.map((): Buffer[] => []);
  // In the order in which they will be sent: what many desks send at one time was made at about that time.
  for (let turn = 0; turn < each; turn += 1) {
    for (const [place, sender] of senders.entries()) {
      ready[place]?.push(bytesOf(pushOf(at.agencyId, sender, [aDraft(at.agency.staff.clerk.id)])));
    }
  }
  const lines = await Promise.all(ready.map(() => openLine(port)));
  const took: number[] = [];
  const spent = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(
    lines.map(async ({ ask }, place) => {
      for (const bytes of ready[place] ?? []) {
        const askedAt = performance.now();
        const answer = await ask(bytes);
        took.push(performance.now() - askedAt);
        if (!answer.includes('"refusal":null')) throw new Error(`Not taken: ${answer.slice(0, 300)}`);
      }
    }),
  );
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(spent);
  for (const { close } of lines) close();
  const isGated = senders.length >= 100;
  const name = `push over HTTPS, signed, one command each, ${senders.length} connections`;
  return [
    { row: 4, name, value: (took.length * 1000) / ms, unit: '/s', gate: isGated ? { least: 3000 } : null },
    { row: 4, name: '  p99', value: atShare(took, 0.99), unit: 'ms', gate: isGated ? { most: 100 } : null },
    limit('  of one core, for asking', (user + system) / 10 / ms, '%'),
  ];
}

/** The limit of what is signed: so many signatures all processors check when nothing else is done. */
export async function measureChecks(at: AgencyAtServer, sender: Sender, commands: number): Promise<SyncRow> {
  const publicKey = createPublicKey(sender.key).export({ format: 'jwk' }).x ?? '';
  const raw = Buffer.from(publicKey, 'base64url').toString('base64');
  const text = JSON.stringify(aDraft(at.agency.staff.clerk.id));
  const signature = sign(null, Buffer.from(text), sender.key).toString('base64');
  const startedAt = performance.now();
  const found = await Promise.all(
    Array.from({ length: commands }, () => isSignedAside(raw, text, signature)),
  );
  if (found.includes(false)) throw new Error('A good signature was refused');
  const perSecond = (commands * 1000) / (performance.now() - startedAt);
  return limit('Ed25519 signatures checked, on all processors (limit)', perSecond, '/s');
}

/** Bytes on the wire for one command beside the command itself, both ways, with their encryption, as a desk sends it. */
export async function measureWire(
  at: AgencyAtServer,
  door: Door,
  carried: SlowLine['carried'],
  { sender, together }: Readonly<{ sender: Sender; together: number }>,
): Promise<SyncRow> {
  const turns = 50;
  let payload = 0;
  const push = (commands: readonly Command[]) =>
    door.post('/v1/push', pushOf(at.agencyId, sender, commands), PushReplySchema);
  await push([]);
  const before = carried();
  for (let turn = 0; turn < turns; turn += 1) {
    const commands = Array.from({ length: together }, () => aDraft(at.agency.staff.clerk.id));
    for (const command of commands) payload += Buffer.byteLength(JSON.stringify(command));
    await push(commands);
  }
  const after = carried();
  const value = (after.up + after.down - before.up - before.down - payload) / (turns * together);
  const name = `push, bytes beside the command itself, ${together} in a push`;
  return { row: 11, name, value, unit: 'B', gate: { most: 400 } };
}

function bytesOf(request: PushRequest): Buffer {
  const body = packJson(Buffer.from(JSON.stringify(request)));
  const head = [
    'POST /v1/push HTTP/1.1',
    'host: 127.0.0.1',
    `content-type: ${packedJson}`,
    `content-length: ${body.length}`,
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
}

type Line = Readonly<{ ask: (bytes: Buffer) => Promise<string>; close: () => void }>;

/** Written by hand: the usual client takes as long to ask as the server takes to decide, on the same two cores. */
async function openLine(port: number): Promise<Line> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  socket.setNoDelay(true);
  let text = '';
  let answered = (_text: string): void => undefined;
  let failed = (_error: unknown): void => undefined;
  socket.on('error', (error) => {
    failed(error);
  });
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    const length = Number(/content-length: (?<length>\d+)/iu.exec(text)?.groups?.['length']);
    if (end < 0 || text.length < end + 4 + length) return;
    const whole = text;
    text = '';
    answered(whole);
  });
  return {
    ask: (bytes) =>
      new Promise((resolve, reject) => {
        answered = resolve;
        failed = reject;
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}
