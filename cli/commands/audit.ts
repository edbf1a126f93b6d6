import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backupPlace } from '../../electron/features/session/public.ts';
import { listDesks, type OpenDesk } from '../../electron/features/session/open-desk.ts';
import { checkFiles } from '../../electron/store/check-files.ts';
import { homeFolder, unlockDesk } from '../desk-access.ts';
import { AppError, type ChainedEntry } from '../../shared/kernel/public.ts';
import { auditLine, walkChain, type LogPort } from '../../shared/node/sequencer/public.ts';
import { sentence } from '../setup/sentences.mjs';

/**
 * `antin audit verify|export|files [--data DIR] [--agency ID] [--person ID] [--passphrase-file F] [--file EXPORT] [--json]`.
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
      file: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [action] = positionals;
  if (action !== 'verify' && action !== 'export' && action !== 'files') {
    process.stderr.write(
      'antin audit verify|export|files [--data DIR] [--passphrase-file F] [--file EXPORT] [--json]\n',
    );
    return 64;
  }
  if (values.file !== undefined) {
    if (!existsSync(values.file)) return unreadable(values.file);
    return action === 'verify' ? report(walkChain(entriesIn(values.file)), values.json === true) : 64;
  }
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
    if (action === 'verify') return report(walkChain(allEntries(desk.desk.log)), values.json === true);
    for (const entry of allEntries(desk.desk.log)) process.stdout.write(`${auditLine(entry)}\n`);
    return 0;
  } finally {
    desk.close();
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

function* allEntries(log: LogPort): Generator<ChainedEntry> {
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
