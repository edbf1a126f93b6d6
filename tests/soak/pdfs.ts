// Signs ordinary PDFs twice and has everybody look: `npm run soak -- pdfs [--count N] [--from FOLDER]…`. Pages made here,
// as other programs write them anew, and every PDF below the folders that are named. What was harmed is listed.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedPdfs, type OrdinaryPdf } from '../support/ordinary-pdfs.ts';
import { signTwice, type Outcome } from '../support/sign-twice.ts';
import { signingOffice } from '../support/signing-office.ts';

const { values } = parseArgs({
  options: { count: { type: 'string' }, from: { type: 'string', multiple: true } },
  strict: false,
  allowPositionals: true,
});
const count = Number(values.count ?? 2000);
const folders = (values.from ?? []).map(String);
const perDraft = 13;
const maxBytes = 100 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'antin-pdfs-'));
try {
  process.exitCode = (await play()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function play(): Promise<boolean> {
  const outside = folders.flatMap(pdfsBelow).slice(0, count);
  const made = await generatedPdfs(folder, Math.ceil(Math.max(0, count - outside.length) / perDraft));
  const all = [...outside, ...made].slice(0, count);
  const office = signingOffice();
  const outcomes: (readonly [string, Outcome])[] = [];
  let next = 0;
  const work = async (thread: number): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) {
      const name = `ký-${thread}`;
      outcomes.push([one.name, await signTwice(one.read(), { office, folder, name })]);
      if (outcomes.length % 100 === 0) process.stdout.write(`${outcomes.length}/${all.length}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, (_none, thread) => work(thread)));
  return report(outcomes);
}

function report(outcomes: readonly (readonly [string, Outcome])[]): boolean {
  const refused = new Map<string, string[]>();
  let [signed, unread, faults] = [0, 0, 0];
  for (const [name, outcome] of outcomes) {
    if (outcome.kind === 'signed') {
      signed += 1;
      if (outcome.unread) unread += 1;
    } else if (outcome.kind === 'refused') {
      const reason = `${outcome.code} ${outcome.detail}`.trimEnd();
      refused.set(reason, [...(refused.get(reason) ?? []), name]);
    } else {
      faults += 1;
      process.stdout.write(`FAULT ${name}: ${outcome.what}\n`);
    }
  }
  for (const [reason, names] of [...refused].toSorted(([, a], [, b]) => b.length - a.length)) {
    process.stdout.write(`refused ${names.length}: ${reason} (${names[0] ?? ''})\n`);
  }
  const all = [...refused.values()].reduce((sum, names) => sum + names.length, 0);
  process.stdout.write(
    `${outcomes.length} files: ${signed} signed twice (${unread} not read by pdfsig), ${all} refused, ${faults} faults\n`,
  );
  return faults === 0 && outcomes.length > 0;
}

function pdfsBelow(start: string): readonly OrdinaryPdf[] {
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size <= maxBytes)
    .toSorted()
    .map((path) => ({ name: path, read: () => new Uint8Array(readFileSync(path)) }));
}
