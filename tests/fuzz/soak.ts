// Plays cases of changed files and blobs on every processor: `npm run soak -- --cases N --from SEED`. What is found is
// kept in test-results/fuzz with its seed; the sound files stay there too, so that a seed plays the same case again.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { corpusSubjects } from '../support/fuzz/corpus-subjects.ts';
import { officeSubjects, signaturesIn } from '../support/fuzz/office-subjects.ts';
import type { Finding } from '../support/fuzz/play.ts';
import type { Subject } from '../support/fuzz/subjects.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    from: { type: 'string' },
    threads: { type: 'string' },
    anew: { type: 'boolean' },
  },
  strict: false,
});
const cases = Number(values.cases ?? process.env['ANTIN_FUZZ_CASES'] ?? 1_000_000);
const from = Number(values.from ?? process.env['ANTIN_FUZZ_FROM'] ?? 1);
const threads = Math.max(1, Number(values.threads ?? availableParallelism()));
const folder = resolve(import.meta.dirname, '../../test-results/fuzz');
const subjectsFile = join(folder, 'subjects.bin');
/** Far longer than a case may take on the busiest machine: then its thread hangs. */
const hangMs = 60_000;
const batch = 250;

mkdirSync(folder, { recursive: true });
if (values.anew === true) rmSync(subjectsFile, { force: true });
if (!existsSync(subjectsFile)) writeFileSync(subjectsFile, serialize(await allSubjects()));
// Written here a moment or a run ago.
const subjects = deserialize(readFileSync(subjectsFile)) as readonly Subject[];

let end = from + cases;
let next = from;
let done = 0;
const findings: string[] = [];
const startedAt = Date.now();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // What is begun is played to its end, so that the next run knows where to go on.
  process.on(signal, () => {
    end = next;
  });
}
await Promise.all(Array.from({ length: threads }, () => runThread()));
progress();
process.stdout.write(`\n${findings.map((line) => `${line}\n`).join('')}`);
const per = ((Date.now() - startedAt) * threads) / Math.max(1, done);
process.stdout.write(
  `${done} cases of seeds ${from} to ${end - 1}, ${findings.length} findings, ${per.toFixed(2)} ms each; go on with --from ${end}\n`,
);
process.exitCode = findings.length > 0 || done < cases ? 1 : 0;

async function allSubjects(): Promise<readonly Subject[]> {
  const own = await officeSubjects();
  const signatures = own.flatMap((one) => (one.kind === 'pdf' ? signaturesIn(one) : []));
  return [...own, ...signatures, ...corpusSubjects()];
}

type Said = Readonly<
  { kind: 'ready' } | { kind: 'finding'; finding: Finding } | { kind: 'played'; count: number }
>;

/** One thread at work until no seeds are left; one that hangs is ended, its seed kept, and another takes its place. */
async function runThread(): Promise<void> {
  while (next < end) {
    // The seed being played and when it began, in milliseconds of the run, for whoever watches.
    const now = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(new URL('soak-thread.ts', import.meta.url), { workerData: { subjects, now } });
    let watch: NodeJS.Timeout | undefined;
    const outcome = await new Promise<'done' | 'hung' | Error>((settle) => {
      watch = setInterval(() => {
        const since = Atomics.load(now, 1);
        if (since > 0 && Date.now() - startedAt - since > hangMs) settle('hung');
      }, 1000);
      worker.on('message', (said: Said) => {
        if (said.kind === 'finding') keep(said.finding);
        if (said.kind === 'played') done += said.count;
        if (said.kind === 'finding') return;
        if (next >= end) {
          settle('done');
          return;
        }
        const count = Math.min(batch, end - next);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage({ from: next, count, startedAt });
        next += count;
        progress();
      });
      worker.on('error', settle);
    });
    clearInterval(watch);
    await worker.terminate();
    if (outcome === 'done') return;
    const what = outcome === 'hung' ? `no end after ${hangMs} ms` : `the thread ended: ${String(outcome)}`;
    tell(`seed ${Atomics.load(now, 0)}: ${what}`);
  }
}

function keep({ seed, subject, what, bytes }: Finding): void {
  const file = join(folder, `${seed}.bin`);
  writeFileSync(file, bytes);
  tell(`seed ${seed}, ${subject}: ${what} (${file})`);
}

function tell(finding: string): void {
  findings.push(finding);
  process.stdout.write(`\n${finding}\n`);
}

function progress(): void {
  const seconds = (Date.now() - startedAt) / 1000;
  const line = `${done}/${cases} cases, ${findings.length} findings, ${Math.round(done / Math.max(1, seconds))} a second`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}   `);
  else if (done % (batch * 40) === 0) process.stdout.write(`${line}\n`);
}
