import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { aggregates } from '../../shared/commands.ts';
import { agencyAggregate } from '../../shared/directory/public.ts';
import { AppError, HashSchema, maxBlobBytes, type Hash } from '../../shared/kernel/public.ts';
import { replay } from '../../shared/node/agency-log/public.ts';
import type { Blobs } from '../../shared/node/blobs/public.ts';
import { markMoved } from '../../electron/features/session/open-desk.ts';
import { readState } from '../../electron/store/read-state.ts';
import { holidays } from '../../electron/store/holidays.ts';
import { anAdministrator, findPerson } from '../../server/features/devices/find-person.ts';
import { invite } from '../../server/features/devices/invite.ts';
import {
  agencyServer,
  makeAgencyFolder,
  migrate,
  openAgencyFolder,
  openPostgres,
  restoreAgency,
  startServer,
  versionsIn,
} from '../../server/main.ts';
import { exchangeActs, serveHub } from '../exchange-acts.ts';
import { homeFolder, unlockDesk } from '../desk-access.ts';
import { exitCode } from '../dispatch.ts';
import { sentence } from '../setup/sentences.mjs';

const options = {
  role: { type: 'string' },
  data: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8443' },
  cert: { type: 'string' },
  key: { type: 'string' },
  desk: { type: 'string' },
  agency: { type: 'string' },
  person: { type: 'string' },
  by: { type: 'string' },
  url: { type: 'string' },
  'database-url': { type: 'string' },
  'backup-to': { type: 'string' },
  'backup-minutes': { type: 'string', default: '15' },
  'backup-keep': { type: 'string', default: '4' },
  from: { type: 'string' },
  'key-file': { type: 'string' },
  'passphrase-file': { type: 'string' },
  invitation: { type: 'string' },
  code: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof read>['values'];

function read(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

/**
 * `antin serve --role agency --data DIR [--host H] [--port N] [--cert F --key F] [--backup-to DIR] [--backup-minutes N]
 * [--backup-keep N]` answers the desks of one agency and copies its log to a second place; `antin serve restore --data DIR
 * --from DIR --key-file F` brings such a copy back; `antin serve migrate --data DIR --database-url URL` takes the log over
 * into PostgreSQL, which `--database-url URL` then serves from;
 * `antin serve adopt --data DIR [--desk HOME] [--agency ID] [--person ID] [--passphrase-file F]` makes its folder from
 * the log of a desk that stood alone; `antin serve invite --data DIR --person NAME-OR-ID --url URL [--by NAME-OR-ID]` prints what a
 * new desk is told. `--json` prints one JSON value a line.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = read(args);
  const [what] = positionals;
  if (values.data === undefined || positionals.length > 1) return usage();
  if (what === undefined && values.role === 'hub') return serveHub(values, values.data);
  if (what === undefined) return values.role === 'agency' ? serve(values, values.data) : usage();
  const between = exchangeActs[what];
  if (between !== undefined) return (await between(values, values.data)) ?? usage();
  if (what === 'adopt') return adopt(values, values.data);
  if (what === 'invite') return inviteOne(values, values.data);
  if (what === 'restore') return restore(values, values.data);
  if (what === 'migrate') return moveToDatabase(values, values.data);
  return usage();
}

function usage(): number {
  process.stderr.write(`${sentence('serve.usage')}\n`);
  return exitCode.usage;
}

/** The numbers and places of a server; null when they make no sense together. */
function planOf(values: Values) {
  const port = Number(values.port);
  const keep = Number(values['backup-keep']);
  const everyMs = Number(values['backup-minutes']) * 60_000;
  const to = values['backup-to'];
  const address = values['database-url'];
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  const isKept = Number.isInteger(keep) && keep > 0 && everyMs > 0;
  const hasBoth = (values.cert === undefined) === (values.key === undefined);
  // A database's own copies are its administrator's: `--backup-to` copies the folder's file.
  const isOne = to === undefined || address === undefined;
  return isPort && isKept && hasBoth && isOne ? { port, keep, everyMs, to, address } : null;
}

async function serve(values: Values, data: string): Promise<number> {
  const plan = planOf(values);
  if (plan === null) return usage();
  const { port, keep, everyMs, to, address } = plan;
  const folder = openAgencyFolder(data);
  const tls =
    values.cert === undefined || values.key === undefined
      ? null
      : { cert: readText(values.cert), key: readText(values.key) };
  const say = (line: object) => {
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
  const store = address === undefined ? null : await openPostgres(address, folder.file.agencyId);
  const backups = to === undefined ? null : { data, to, everyMs, keep };
  const running = await startServer({
    folder,
    data,
    host: values.host,
    port,
    tls,
    calendar: holidays,
    backups,
    store,
    say,
  });
  const { url, authority } = running;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ url, authority })}\n`
      : `${sentence('serve.ready', { url, authority })}\n`,
  );
  const told = new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  const isOvertaken = await Promise.race([told.then(() => false), running.overtaken.then(() => true)]);
  await running.close();
  if (isOvertaken) process.stderr.write(`${sentence('serve.overtaken')}\n`);
  return isOvertaken ? exitCode.refused : exitCode.done;
}

/** The folder's log, replayed into PostgreSQL; run again, it goes on where it was cut. */
async function moveToDatabase(values: Values, data: string): Promise<number> {
  const address = values['database-url'];
  if (address === undefined) return usage();
  const folder = openAgencyFolder(data);
  try {
    const store = await openPostgres(address, folder.file.agencyId);
    try {
      const head = await migrate(folder, store);
      process.stdout.write(
        values.json
          ? `${JSON.stringify(head)}\n`
          : `${sentence('serve.migrated', { entries: head.seq, head: head.hash })}\n`,
      );
      return exitCode.done;
    } finally {
      await store.close();
    }
  } finally {
    folder.close();
  }
}

/** The newest version in `--from`, or that very version, becomes the server's folder. */
async function restore(values: Values, data: string): Promise<number> {
  const { from } = values;
  const keyFile = values['key-file'];
  if (from === undefined || keyFile === undefined) return usage();
  const head = await restoreAgency(versionsIn(from).at(-1) ?? from, data, readBytes(keyFile));
  process.stdout.write(
    values.json
      ? `${JSON.stringify(head)}\n`
      : `${sentence('serve.restored', { entries: head.seq, head: head.hash })}\n`,
  );
  return exitCode.done;
}

async function adopt(values: Values, data: string): Promise<number> {
  const office = await unlockDesk({
    home: values.desk ?? homeFolder(),
    agency: values.agency ?? null,
    person: values.person ?? null,
    passphraseFile: values['passphrase-file'] ?? null,
  });
  try {
    const { agencyId, log } = office.desk;
    const own = readState(office.desk.db, agencyAggregate, agencyId);
    if (own === null) throw new AppError('directory.unknown-agency');
    const { name } = own;
    makeAgencyFolder(data, { id: agencyId, name });
    const folder = openAgencyFolder(data);
    try {
      folder.log.transaction(() => {
        for (let seq = 0; ;) {
          const entries = log.entriesAfter(seq, 1000);
          replay(folder.log, aggregates, entries);
          seq += entries.length;
          if (entries.length < 1000) break;
        }
      });
      const files = await takeFiles(office.blobs, folder.blobs);
      const head = folder.log.head();
      // From here on the office is at the server: what was done at this desk now would be lost.
      markMoved(office.folder);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ agencyId, ...head, ...files })}\n`
          : `${sentence('serve.adopted', { name, entries: head.seq, head: head.hash, ...files })}\n`,
      );
      return exitCode.done;
    } finally {
      folder.close();
    }
  } finally {
    office.close();
  }
}

type Taken = Readonly<{ files: number; damaged: number }>;

/** The files of a desk, sealed anew under the server's key; a damaged one stays behind and is counted. */
async function takeFiles(from: Blobs, to: Blobs): Promise<Taken> {
  let files = 0;
  let damaged = 0;
  for (const hash of from.all()) {
    try {
      await to.putStream(whole(from, hash), { limitBytes: from.size(hash) });
      files += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store.blob-damaged') throw error;
      damaged += 1;
    }
  }
  return { files, damaged };
}

async function* whole(blobs: Blobs, hash: Hash): AsyncGenerator<Uint8Array, void> {
  const size = blobs.size(hash);
  for (let at = 0; at < size; at += maxBlobBytes) yield blobs.read(hash, at, maxBlobBytes);
}

function inviteOne(values: Values, data: string): number {
  const { person, by, url } = values;
  if (person === undefined || url === undefined) return usage();
  // It is given in the folder's own log only: beside a database it would belong to nobody's.
  if (values['database-url'] !== undefined) return usage();
  const folder = openAgencyFolder(data);
  try {
    const authority = HashSchema.parse(
      createHash('sha256')
        .update(
          new X509Certificate(values.cert === undefined ? folder.identity.authority : readText(values.cert))
            .raw,
        )
        .digest('hex'),
    );
    const server = agencyServer({ folder, calendar: holidays });
    const people = folder.people();
    const invited = findPerson(people, person);
    const giver = by === undefined ? anAdministrator(people) : findPerson(people, by);
    const text = invite({ folder, server, personId: invited.id, by: giver.id, url, authority });
    process.stdout.write(values.json ? `${JSON.stringify({ invitation: text })}\n` : `${text}\n`);
    return exitCode.done;
  } finally {
    folder.close();
  }
}

function readText(path: string): string {
  return readBytes(path).toString('utf8');
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('server.unreadable', { path }, error);
  }
}
