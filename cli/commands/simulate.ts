import { parseArgs } from 'node:util';
import { exchangeGuardNames } from '../../shared/exchange/public.ts';
import { guardNames } from '../../shared/sync/public.ts';
import { meetingGuardNames } from '../../tests/simulation/meetings/without.ts';
import { playMany } from '../../tests/simulation/play-many.ts';
import { playOne, type Kind } from '../../tests/simulation/play-one.ts';
import { sentence } from '../setup/sentences.mjs';

/**
 * `antin simulate [--exchange|--meetings] [--seeds N] [--from SEED] [--without GUARD] [--json]`: an agency's server and desks, or
 * agencies and the hub between them, or a meeting that votes, under every kind of fault, each seed a story that plays the same every time. JSON: `{seeds, from, violations: [{seed, faults}],
 * counts, seconds}`, the counts being how often each fault and each thing done was there; exit 1 when there is a
 * violation. `--trace` tells the one story of `--from`, a line for everything that happens in it.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      exchange: { type: 'boolean' },
      meetings: { type: 'boolean' },
      seeds: { type: 'string' },
      from: { type: 'string' },
      without: { type: 'string' },
      json: { type: 'boolean' },
      trace: { type: 'boolean' },
    },
  });
  const seeds = Number(values.seeds ?? 1000);
  const from = Number(values.from ?? 1);
  const kind = kindOf(aboutWhat(values), values.without);
  const isWrong =
    !Number.isInteger(seeds) ||
    seeds < 1 ||
    !Number.isInteger(from) ||
    (values.without !== undefined && kind.without === null);
  if (isWrong) {
    process.stderr.write(
      `antin simulate [--seeds N] [--from SEED] [--without ${guardNames.join('|')}] [--json] [--trace]\n` +
        `antin simulate --exchange [--seeds N] [--from SEED] [--without ${exchangeGuardNames.join('|')}] [--json] [--trace]\n` +
        `antin simulate --meetings [--seeds N] [--from SEED] [--without ${meetingGuardNames.join('|')}] [--json] [--trace]\n`,
    );
    return 64;
  }
  if (values.trace === true) return tellOne(from, kind);
  const startedAt = performance.now();
  const violations: { seed: number; faults: readonly string[] }[] = [];
  const counts: Record<string, number> = {};
  let done = 0;
  await playMany({ from, seeds, kind }, (played) => {
    done += 1;
    for (const [what, times] of Object.entries(played.counts)) counts[what] = (counts[what] ?? 0) + times;
    if (played.faults.length > 0) violations.push({ seed: played.seed, faults: played.faults });
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${seeds}, ${violations.length}`);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  const found = violations.toSorted((a, b) => a.seed - b.seed);
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ seeds, from, violations: found, counts, seconds })}\n`);
  } else {
    for (const { seed, faults } of found) process.stdout.write(`${seed}: ${faults.join('; ')}\n`);
    for (const [what, times] of Object.entries(counts)) {
      process.stdout.write(`${String(times).padStart(9)}  ${what}\n`);
    }
    process.stdout.write(`${sentence('simulate.done', { seeds, violations: found.length, seconds })}\n`);
  }
  return found.length > 0 ? 1 : 0;
}

function aboutWhat({ exchange, meetings }: Readonly<{ exchange?: boolean; meetings?: boolean }>): Kind['of'] {
  if (exchange === true) return 'exchange';
  return meetings === true ? 'meetings' : 'desks';
}

function kindOf(of: Kind['of'], name: string | undefined): Kind {
  switch (of) {
    case 'exchange':
      return { of, without: exchangeGuardNames.find((one) => one === name) ?? null };
    case 'meetings':
      return { of, without: meetingGuardNames.find((one) => one === name) ?? null };
    case 'desks':
      return { of, without: guardNames.find((one) => one === name) ?? null };
  }
}

async function tellOne(seed: number, kind: Kind): Promise<number> {
  const { faults } = await playOne(seed, kind, (line) => void process.stdout.write(`${line}\n`));
  return faults.length > 0 ? 1 : 0;
}
