import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/kernel/public.ts';
import { holidays } from '../../electron/store/holidays.ts';
import {
  hubVersionsIn,
  isHubVersion,
  migrate,
  moveFiles,
  openAgencyFolder,
  openPostgres,
  readS3Address,
  restoreAgency,
  restoreHub,
  startServer,
  versionsIn,
  type S3Address,
} from '../../server/main.ts';
import { homeFolder } from '../desk-access.ts';
import { exitCode } from '../dispatch.ts';
import { adoptDesk } from '../server/adopt-desk.ts';
import { collectFiles } from '../server/collect-files.ts';
import { exchangeActs, moveHub, serveHub } from '../server/exchange-acts.ts';
import { inviteDesk } from '../server/invite-desk.ts';
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
  blobs: { type: 'string' },
  'grace-days': { type: 'string', default: '30' },
  collect: { type: 'boolean', default: false },
  'limit-in': { type: 'string' },
  'limit-out': { type: 'string' },
  'backup-to': { type: 'string', multiple: true, default: [] as string[] },
  'backup-minutes': { type: 'string', default: '15' },
  'backup-keep': { type: 'string', default: '4' },
  from: { type: 'string' },
  'key-file': { type: 'string' },
  'passphrase-file': { type: 'string' },
  'mailbox-port': { type: 'string' },
  invitation: { type: 'string' },
  code: { type: 'string' },
  settings: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof read>['values'];

function read(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

/**
 * `antin serve --role agency --data DIR` answers the desks of one agency, and copies its log to second places
 * (each `--backup-to`); with `--database-url` its log is in PostgreSQL, with `--blobs` its files are in an S3-compatible store.
 * `adopt` makes its folder from the log of a desk that stood alone, `invite` prints what a new desk is told, `restore`
 * brings a copy back, `migrate` takes log and files over to a database and a store, `blobs` shows or takes away files that
 * nothing speaks of. `--json` prints one JSON value a line; every option stands in `serve.usage`.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = read(args);
  const [what] = positionals;
  if (values.data === undefined || positionals.length > 1) return usage();
  if (what === undefined && values.role === 'hub') return hub(values, values.data);
  if (what === undefined) return values.role === 'agency' ? serve(values, values.data) : usage();
  const between = exchangeActs[what];
  if (between !== undefined) return (await between(values, values.data)) ?? usage();
  if (what === 'adopt') return adopt(values, values.data);
  if (what === 'invite') return inviteOne(values, values.data);
  if (what === 'restore') return restore(values, values.data);
  if (what === 'migrate') return migrateAgency(values, values.data);
  if (what === 'blobs') return blobs(values, values.data);
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
  const places = [...new Set(values['backup-to'].map((place) => resolve(place)))];
  const address = values['database-url'];
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  const isKept = Number.isInteger(keep) && keep > 0 && everyMs > 0;
  const hasBoth = (values.cert === undefined) === (values.key === undefined);
  const graceDays = Number(values['grace-days']);
  const isGrace = Number.isInteger(graceDays) && graceDays > 0;
  const limits = { in: limitOf(values['limit-in']), out: limitOf(values['limit-out']) };
  const isLimit = limits.in !== 0 && limits.out !== 0;
  const mailboxPort = mailboxPortOf(values['mailbox-port']);
  return isPort && isKept && hasBoth && isGrace && isLimit && mailboxPort !== 0
    ? { port, keep, everyMs, places, address, graceDays, limits, mailboxPort }
    : null;
}

/** Null where none was given, 0 for what is no port. */
function mailboxPortOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0;
}

/** In KB/s; null where none was given, 0 for what is no limit at all. */
function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const limit = Number(text);
  return Number.isInteger(limit) && limit > 0 ? limit : 0;
}

async function hub(values: Values, data: string): Promise<number> {
  const plan = planOf(values);
  return plan === null ? usage() : serveHub(values, data, { ...plan, elsewhere: placeOf(values) });
}

async function serve(values: Values, data: string): Promise<number> {
  const plan = planOf(values);
  if (plan === null) return usage();
  const { port, keep, everyMs, places, address, graceDays, limits, mailboxPort } = plan;
  const folder = openAgencyFolder(data, placeOf(values));
  const tls =
    values.cert === undefined || values.key === undefined
      ? null
      : { cert: readText(values.cert), key: readText(values.key) };
  const say = (line: object) => {
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
  const store = address === undefined ? null : await openPostgres(address, folder.file.agencyId);
  const backups = places.length === 0 ? null : { data, places, everyMs, keep };
  const running = await startServer({
    folder,
    host: values.host,
    port,
    tls,
    calendar: holidays,
    backups,
    store,
    graceDays,
    limits,
    mailbox: mailboxPort === null ? null : { host: values.host, port: mailboxPort, graceDays },
    say,
  });
  const { url, authority } = running;
  tell(values, { url, authority }, () => sentence('serve.ready', { url, authority }));
  const told = new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  const isOvertaken = await Promise.race([told.then(() => false), running.overtaken.then(() => true)]);
  await running.close();
  if (isOvertaken) process.stderr.write(`${sentence('serve.overtaken')}\n`);
  return isOvertaken ? exitCode.refused : exitCode.done;
}

/** The folder's log, replayed into PostgreSQL, and its files, moved to a store; run again, each goes on where it was cut. */
async function migrateAgency(values: Values, data: string): Promise<number> {
  const address = values['database-url'];
  const elsewhere = placeOf(values);
  if (existsSync(join(data, 'hub.json'))) return (await moveHub(values, data, elsewhere)) ?? usage();
  if (address === undefined && elsewhere === null) return usage();
  const folder = openAgencyFolder(data, elsewhere);
  try {
    if (elsewhere !== null) {
      const moved = await moveFiles(folder, folder.mark);
      tell(values, moved, () => sentence('serve.files-moved', { ...moved, place: elsewhere.name }));
    }
    if (address === undefined) return exitCode.done;
    const store = await openPostgres(address, folder.file.agencyId);
    try {
      const { seq, hash, rows } = await migrate(folder, store);
      tell(values, { seq, hash, rows }, () => sentence('serve.migrated', { entries: seq, head: hash, rows }));
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
  const key = readBytes(keyFile);
  const hubVersion = hubVersionsIn(from).at(-1) ?? from;
  if (isHubVersion(hubVersion)) {
    const madeAt = await restoreHub({ from: hubVersion, data, key, elsewhere: placeOf(values) });
    tell(values, { madeAt }, () => sentence('serve.hub-restored', { madeAt }));
    return exitCode.done;
  }
  const version = versionsIn(from).at(-1) ?? from;
  const head = await restoreAgency({ from: version, data, key, elsewhere: placeOf(values) });
  tell(values, head, () => sentence('serve.restored', { entries: head.seq, head: head.hash }));
  return exitCode.done;
}

async function adopt(values: Values, data: string): Promise<number> {
  const adopted = await adoptDesk(data, {
    home: values.desk ?? homeFolder(),
    agency: values.agency ?? null,
    person: values.person ?? null,
    passphraseFile: values['passphrase-file'] ?? null,
  });
  const { agencyId, name, seq, hash, files, damaged } = adopted;
  tell(values, { agencyId, seq, hash, files, damaged }, () =>
    sentence('serve.adopted', { name, entries: seq, head: hash, files, damaged }),
  );
  return exitCode.done;
}

async function inviteOne(values: Values, data: string): Promise<number> {
  const { person, by, url } = values;
  if (person === undefined || url === undefined) return usage();
  const cert = values.cert === undefined ? null : readText(values.cert);
  const databaseUrl = values['database-url'] ?? null;
  const text = await inviteDesk({ data, person, by: by ?? null, url, cert, databaseUrl });
  tell(values, { invitation: text }, () => text);
  return exitCode.done;
}

/** Shows what nothing speaks of any more; takes it away with `--collect`. */
async function blobs(values: Values, data: string): Promise<number> {
  const graceDays = Number(values['grace-days']);
  if (!Number.isInteger(graceDays) || graceDays < 1) return usage();
  const isDry = !values.collect;
  const databaseUrl = values['database-url'] ?? null;
  const found = await collectFiles({ data, elsewhere: placeOf(values), databaseUrl, graceDays, isDry });
  const counts = { ...found, removed: found.removed.length, megabytes: Math.round(found.bytes / 2 ** 20) };
  tell(values, { ...found, isDry }, () =>
    sentence(isDry ? 'serve.blobs-would' : 'serve.blobs-collected', { ...counts, days: graceDays }),
  );
  return exitCode.done;
}

/** Where its files are: null for the folder itself. */
function placeOf(values: Values): S3Address | null {
  return values.blobs === undefined ? null : readS3Address(values.blobs, process.env);
}

function tell(values: Values, json: object, words: () => string): void {
  process.stdout.write(`${values.json ? JSON.stringify(json) : words()}\n`);
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
