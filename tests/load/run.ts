// `npm run soak -- desks`: sixty desks for ten minutes through a network that fails, a server that is killed; the witness,
// the server and every desk have to agree. `--desks`, `--seconds`, `--kills`, `--seed` say otherwise.
import { parseArgs } from 'node:util';
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

const report = await runLoad({
  port: 20_480,
  desks: Number(values.desks),
  seconds: Number(values.seconds),
  restMs: Number(values['rest-ms']),
  kills: Number(values.kills),
  seed: Number(values.seed),
  say: (line) => {
    process.stdout.write(`${line}\n`);
  },
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.faults.length === 0 ? 0 : 1;
