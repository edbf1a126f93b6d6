// `npm run soak -- desks`: sixty desks for ten minutes through a network that fails, a server that is killed; the witness,
// the server and every desk have to agree. `--desks`, `--seconds`, `--kills`, `--seed` say otherwise.
import { parseArgs } from 'node:util';
import { countSyncs } from './durable.ts';
import { runLoad } from './many-desks.ts';

const { values } = parseArgs({
  options: {
    desks: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '600' },
    'rest-ms': { type: 'string', default: '4000' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
  strict: false,
  allowPositionals: true,
});

let isDurable = true;
for (const engine of ['sqlite', 'postgres'] as const) {
  const counted = await countSyncs(engine);
  isDurable &&= counted === null || counted.syncs >= counted.commits;
  process.stdout.write(
    counted === null
      ? 'no strace here: whether every commit is on the disk was not looked at\n'
      : `${engine}: ${counted.commits} commits answered one by one, ${counted.syncs} syncs of the disk\n`,
  );
}
const report = await runLoad({
  port: 20_480,
  desks: Number(values.desks),
  seconds: Number(values.seconds),
  atLeast: 0,
  restMs: Number(values['rest-ms']),
  kills: Number(values.kills),
  seed: Number(values.seed),
  say: (line) => {
    process.stdout.write(`${line}\n`);
  },
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.faults.length === 0 && isDurable ? 0 : 1;
