import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backupPlace } from '../../electron/features/session/public.ts';
import { listDesks, type OpenDesk } from '../../electron/features/session/open-desk.ts';
import { checkFiles } from '../../electron/store/check-files.ts';
import { homeFolder, unlockDesk } from '../desk-access.ts';
import { openAgencyFolder } from '../../server/main.ts';
import type { ChainedLine } from '../../shared/access/public.ts';
import { AppError, type ChainedEntry } from '../../shared/kernel/public.ts';
import {
  accessLine,
  sqliteAccess,
  verifyAccess,
  type AccessStore,
  type AccessVerdict,
  stampsIn,
  verifyStamps,
} from '../../shared/node/access-log/public.ts';
import { auditLine, walkChain, type LogPort } from '../../shared/node/sequencer/public.ts';
import { sentence } from '../setup/sentences.mjs';

const actions: readonly string[] = ['verify', 'export', 'access', 'stamps', 'files'];

/**
 * `antin audit verify|export|access|stamps|files [--data DIR] [--agency ID] [--person ID] [--passphrase-file F] [--server DIR] [--file EXPORT] [--json]`.
 * Walks the hash chain of an agency's log, or of an exported one; exports it as JSON lines of `{entry, hash}`; reads every
 * file against its name, and brings back what is damaged where a copy of the desk or its server has it.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      agency: { type: 'string' },
      person: { type: 'string' },
      'passphrase-file': { type: 'string' },
      server: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [action] = positionals;
  if (action === undefined || !actions.includes(action)) {
    process.stderr.write(
      'antin audit verify|export|access|stamps|files [--data DIR] [--passphrase-file F] [--server DIR] [--file EXPORT] [--json]\n',
    );
    return 64;
  }
  if (values.file !== undefined) {
    if (!existsSync(values.file)) return unreadable(values.file);
    return action === 'verify' ? report(walkChain(entriesIn(values.file)), values.json === true) : 64;
  }
  if (values.server !== undefined) return atServer(values.server, action, values.json === true);
  const home = values.data ?? homeFolder();
  if (listDesks(home).length === 0) return unreadable(join(home));
  const desk = await unlockDesk({
    home,
    agency: values.agency ?? null,
    person: values.person ?? null,
    passphraseFile: values['passphrase-file'] ?? null,
  });
  try {
    if (action === 'files') return await readFiles(desk, values.json === true);
    // One person's share of the log is no chain by itself.
    if (desk.shared !== null) throw new AppError('sync.audit-at-server');
    return tell({ log: desk.desk.log, access: sqliteAccess(desk.desk.db) }, action, values.json === true);
  } finally {
    desk.close();
  }
}

type Kept = Readonly<{ log: Pick<LogPort, 'entriesAfter'>; access: AccessStore }>;

/** The same of an agency's server, while it is stopped. */
function atServer(data: string, action: string, json: boolean): number {
  if (action === 'files') return 64;
  const folder = openAgencyFolder(data);
  try {
    return tell(folder, action, json);
  } finally {
    folder.close();
  }
}

/** Verifies the log and what it says of the access logs, or writes one of them out. */
function tell({ log, access }: Kept, action: string, json: boolean): number {
  if (action === 'export') {
    for (const entry of allEntries(log)) process.stdout.write(`${auditLine(entry)}\n`);
    return 0;
  }
  const chains = new Map(access.desks().map((desk) => [desk, linesOf(access, desk)]));
  if (action === 'access') {
    for (const chain of chains.values()) {
      for (const one of chain) process.stdout.write(`${accessLine(one)}\n`);
    }
    return 0;
  }
  if (action === 'stamps') {
    for (const entry of allEntries(log)) {
      for (const one of stampsIn(entry)) tellStamp(one);
    }
    return 0;
  }
  const sound = report(walkChain(allEntries(log)), json);
  const verdict = verifyAccess(chains, allEntries(log));
  if (json) process.stdout.write(`${JSON.stringify({ access: verdict })}\n`);
  else process.stdout.write(`${accessSaid(verdict)}\n`);
  const stamps = verifyStamps(allEntries(log));
  if (json) process.stdout.write(`${JSON.stringify({ stamps })}\n`);
  else if (stamps.ok) process.stdout.write(`${sentence('audit.stamps.intact', { count: stamps.stamps })}\n`);
  else process.stdout.write(`${sentence('audit.stamps.broken', { seq: stamps.seq })}\n`);
  return sound === 0 && verdict.ok && stamps.ok ? 0 : 1;
}

/** One stamp a line: which entry it is over, when, and the token, for `openssl ts`. */
function tellStamp({ seq, hash, at, token }: ReturnType<typeof stampsIn>[number]): void {
  process.stdout.write(`${seq} ${hash} ${at} ${Buffer.from(token).toString('base64')}\n`);
}

function accessSaid(verdict: AccessVerdict): string {
  if (!verdict.ok) return sentence('audit.access.broken', { desk: verdict.desk, n: verdict.n });
  return sentence('audit.access.intact', { lines: verdict.lines, fixed: verdict.fixed });
}

function* linesOf(access: AccessStore, desk: string): Generator<ChainedLine> {
  for (let n = 0; ;) {
    const page = access.after(desk, n, 1000);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    n = last.line.n;
  }
}

async function readFiles(open: OpenDesk, json: boolean): Promise<number> {
  const { desk, blobs, shared } = open;
  const { db, now } = desk;
  const parts = { db, blobs, now, isShared: shared !== null, copies: backupPlace(db), isOver: () => false };
  const { files, found, mended, asked } = await checkFiles(parts);
  const left = found.length - mended.length - asked.length;
  if (json) process.stdout.write(`${JSON.stringify({ files, found, mended, asked })}\n`);
  else {
    const said = found.length === 0 ? 'audit.files.sound' : 'audit.files.damaged';
    const numbers = { files, found: found.length, mended: mended.length, asked: asked.length, left };
    process.stdout.write(`${sentence(said, numbers)}\n`);
    for (const hash of found) process.stdout.write(`${hash}\n`);
  }
  return left === 0 ? 0 : 1;
}

function report(verdict: ReturnType<typeof walkChain>, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  else if (verdict.ok) {
    process.stdout.write(`${sentence('audit.intact', { entries: verdict.entries, head: verdict.head })}\n`);
  } else process.stdout.write(`${sentence('audit.broken', { entry: verdict.brokenAt })}\n`);
  return verdict.ok ? 0 : 1;
}

function* allEntries(log: Pick<LogPort, 'entriesAfter'>): Generator<ChainedEntry> {
  let seq = 0;
  for (;;) {
    const page = log.entriesAfter(seq, 1000);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    seq = last.entry.seq;
  }
}

function* entriesIn(path: string): Generator<ChainedEntry> {
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    // An exported line is checked by the walk itself: whatever it says must hash to what follows.
    if (line !== '') yield JSON.parse(line) as ChainedEntry;
  }
}

function unreadable(path: string): number {
  process.stderr.write(`${sentence('audit.unreadable', { path })}\n`);
  return 66;
}
