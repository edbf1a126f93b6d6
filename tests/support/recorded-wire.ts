import { createHash, createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAgencyFolder, openAgencyFolder } from '#server/main.ts';
import { aggregates } from '#shared/commands.ts';
import { HashSchema, type AgencyId, type ChainedEntry } from '#shared/kernel/public.ts';
import { replay } from '#shared/node/agency-log/public.ts';
import { possessionText, protocolVersion } from '#shared/sync/public.ts';
import { agencyAtServer } from './agency-server.ts';
import { command, openDoors, type Doors } from './hostile-desks.ts';
import { someFields, ids, unsignedCheck } from './builders.ts';

/** What went over the wire between a desk and its server in one version of the protocol, as bytes that neither may change. */
export type RecordedWire = Readonly<{
  protocol: number;
  agencyId: AgencyId;
  /** The desk's key, made for this recording only. */
  device: Readonly<{ id: string; key: string }>;
  /** The server's log before. */
  log: readonly ChainedEntry[];
  /** The bytes of the one file, base64, and the door it went in by. */
  file: Readonly<{ put: string; bytes: string; offer: unknown; offered: unknown; kept: unknown }>;
  push: unknown;
  pushed: unknown;
  pull: unknown;
  pulled: unknown;
}>;

const hashOf = (bytes: Uint8Array) => HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));

export const headersOf = (token: string) => ({ authorization: `Bearer ${token}` });

/** Records one short exchange at the server's doors: a letter that comes, is registered, and a command that is refused. */
export async function recordWire(): Promise<RecordedWire> {
  const at = agencyAtServer(20_476, []);
  const doors = openDoors(at, at.agency.staff.administrator.id);
  try {
    const desk = await doors.enrolled(at.agency.staff.clerk.id);
    const log = doors.folder.log.entriesAfter(0, 10_000);
    const token = await doors.token(desk);
    const bytes = Buffer.from('một tệp nhỏ');
    const file = { hash: hashOf(bytes), size: bytes.length };
    const proof = hashOf(Buffer.concat([Buffer.from(possessionText(desk.device)), bytes]));
    const offer = { ...file, proof };
    const put = `/v1/files/${file.hash}/0?size=${file.size}`;
    const binary = { 'content-type': 'application/octet-stream', ...headersOf(token) };
    const offered = (
      await doors.ask('POST', '/v1/files/offer', { body: offer, headers: headersOf(token) })
    ).json<unknown>();
    const kept = (await doors.ask('PUT', put, { body: bytes, headers: binary })).json<unknown>();
    const documentId = ids.document();
    const stored = { ...file, name: 'công văn.pdf', pages: 1 };
    const suggestion = { fields: {}, confidence: {}, method: 'none' };
    const by = desk.person;
    const registered = { documentId, fields: someFields(), presentTo: at.agency.staff.head.id };
    const first = command(by, 'documents.receive', {
      documentId,
      file: stored,
      hasScript: false,
      suggestion,
      check: unsignedCheck,
    });
    const commands = [
      first,
      command(by, 'documents.registerIncoming', registered),
      command(by, 'documents.registerIncoming', registered),
      command(by, 'directory.describePerson', {}),
    ];
    const push = doors.pushOf(desk, commands);
    const pushed = (await doors.ask('POST', '/v1/push', { body: push })).json<unknown>();
    const pull = {
      version: protocolVersion,
      agencyId: at.agencyId,
      device: desk.device,
      known: {},
      limit: 500,
    };
    const pulled = (
      await doors.ask('POST', '/v1/pull', { body: pull, headers: headersOf(token) })
    ).json<unknown>();
    return {
      protocol: protocolVersion,
      agencyId: at.agencyId,
      device: { id: desk.device, key: desk.key.export({ format: 'pem', type: 'pkcs8' }).toString() },
      log,
      file: { put, bytes: bytes.toString('base64'), offer, offered, kept },
      push,
      pushed,
      pull,
      pulled,
    };
  } finally {
    await doors.close();
    at.remove();
  }
}

/** The doors of today's server over the log of a recording. */
export function doorsOver({ agencyId, log }: RecordedWire): Doors & Readonly<{ remove: () => void }> {
  const home = mkdtempSync(join(tmpdir(), 'Ấn Tín bản ghi '));
  const data = join(home, 'cơ quan');
  makeAgencyFolder(data, { id: agencyId, name: 'Cơ quan của bản ghi' });
  const folder = openAgencyFolder(data);
  folder.log.transaction(() => {
    replay(folder.log, aggregates, log);
  });
  folder.close();
  const remove = (): void => {
    rmSync(home, { recursive: true, force: true });
  };
  // Its certificates held when it was recorded, and not for ever.
  const then = Date.parse(log.at(-1)?.entry.recordedAt ?? '');
  return { ...openDoors({ data, agencyId }, null, () => then + 60_000), remove };
}

/** A session opened in the words of the first version, whatever today's are. */
export async function tokenOfFirstVersion(doors: Doors, { agencyId, device }: RecordedWire): Promise<string> {
  const { challenge } = (await doors.ask('POST', '/v1/challenge', { body: {} })).json<{
    challenge: string;
  }>();
  const text = `antin session 1\n${agencyId}\n${device.id}\n${challenge}`;
  const signature = sign(null, Buffer.from(text), createPrivateKey(device.key)).toString('base64');
  const body = { device: device.id, challenge, signature };
  return (await doors.ask('POST', '/v1/session', { body })).json<{ token: string }>().token;
}
