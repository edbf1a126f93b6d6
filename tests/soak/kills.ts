// `npm run soak -- kills`: 200 kills of the server and 1,000 of desks, in the middle of their work, on either engine.
// `--server N`, `--desks N`, `--engine sqlite|postgres`, `--seed N` say otherwise.
import { parseArgs } from 'node:util';
import { playKills } from '../crash/kills.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: '200' },
    desks: { type: 'string', default: '1000' },
    engine: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
  strict: false,
  allowPositionals: true,
});

const engines = (['sqlite', 'postgres'] as const).filter((name) => (values.engine ?? name) === name);
for (const [place, engine] of engines.entries()) {
  const report = await playKills({
    engine,
    serverRounds: Number(values.server),
    deskRounds: Number(values.desks),
    desks: 4,
    port: 20_494 + place,
    seed: Number(values.seed),
    say: (line) => {
      process.stdout.write(`${line}\n`);
    },
  });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (report.faults.length > 0) process.exitCode = 1;
}
