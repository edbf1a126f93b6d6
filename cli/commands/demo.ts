import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openCore } from '../../electron/host/core.ts';
import { letterPdf } from '../../electron/features/sample/letters.ts';
import { sampleLetters } from '../../electron/features/sample/offices.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { DossierIdSchema } from '../../shared/kernel/public.ts';
import { betweenAgencies } from '../demo/between.ts';
import { sealedName, workingDay } from '../demo/day.ts';
import { closedDossier } from '../demo/dossier.ts';
import { heldMeeting } from '../demo/meeting.ts';
import { saveInto } from '../demo/files.ts';
import { demoPassphrase, demoPin, openOffices } from '../demo/offices.ts';
import { runDay, type StepReport } from '../demo/steps.ts';
import { sentence } from '../setup/sentences.mjs';

/** `antin demo [--dir D] [--in FOLDER] [--break STEP] [--json]`: a working day of two agencies, what goes between their servers, a meeting, and the day's file as archive packages, on real files. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dir: { type: 'string' },
      in: { type: 'string' },
      break: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const folder = values.dir ?? mkdtempSync(join(tmpdir(), 'antin-demo-'));
  mkdirSync(folder, { recursive: true });
  const letters = values.in === undefined ? await ownLetters(folder) : pdfsIn(values.in);
  if (letters.length === 0) {
    process.stderr.write(`${sentence('demo.no-letters', { folder: values.in ?? folder })}\n`);
    return 66;
  }
  const home = mkdtempSync(join(folder, 'du-lieu-'));
  const core = openCore(home, systemClock);
  const sealed = join(folder, sealedName);
  const between = betweenAgencies({ folder, pages: () => [sealed, ...letters] });
  try {
    const [department, commune] = await openOffices(core, home, systemClock);
    if (department === undefined || commune === undefined) throw new Error('The demo needs two agencies');
    const day = workingDay({ department, commune, letters, folder });
    const dossierId = DossierIdSchema.parse(systemClock.newId());
    const { papers } = day;
    const file = closedDossier({ dossierId, department, papers, folder });
    const letter = () => readFileSync(letters[0] ?? '');
    const meeting = heldMeeting({ dossierId, department, papers, letter, folder });
    const steps = [...day.steps, ...between.steps, ...file.opening, ...meeting, ...file.closing];
    const spoil = values.break ?? null;
    if (spoil !== null && !steps.some(({ name }) => name === spoil)) {
      const known = steps.map(({ name }) => name).join(', ');
      process.stderr.write(`${sentence('demo.no-such-step', { step: spoil, steps: known })}\n`);
      return 64;
    }
    writeReadme(folder, home);
    const result = await runDay(steps, {
      spoil,
      onStep: (report) => {
        if (values.json !== true) process.stdout.write(lineOf(report));
      },
    });
    if (values.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
    else process.stdout.write(`${sentence(result.ok ? 'demo.done' : 'demo.stopped', { folder })}\n`);
    return result.ok ? 0 : 1;
  } finally {
    core.close();
    await between.close();
  }
}

function pdfsIn(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .toSorted()
    .map((name) => join(folder, name));
}

async function ownLetters(folder: string): Promise<string[]> {
  const incoming = join(folder, 'van-ban-den');
  mkdirSync(incoming, { recursive: true });
  const paths: string[] = [];
  for (const letter of sampleLetters.slice(0, 5)) {
    const bytes = await letterPdf(letter, systemClock.now());
    paths.push(saveInto(incoming, `${letter.number}-${letter.symbol}.pdf`, bytes));
  }
  return paths;
}

function lineOf({ name, ok, ms, acts, code }: StepReport): string {
  const mark = sentence(ok ? 'demo.step.ok' : 'demo.step.failed').padEnd(6);
  return `${mark} ${name.padEnd(17)} ${String(ms).padStart(8)} ms  ${ok ? acts.join(', ') : (code ?? '')}\n`;
}

function writeReadme(folder: string, home: string): void {
  const text = sentence('demo.readme', { home, passphrase: demoPassphrase, pin: demoPin });
  writeFileSync(join(folder, 'README.md'), text);
}
