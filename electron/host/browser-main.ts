import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import { openCore } from './core.ts';
import { serveBrowser } from './serve-websocket.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });

const home = values.data ?? process.env['ANTIN_DATA'] ?? join(homedir(), '.antin');
const core = openCore(home, systemClock);
const host = await serveBrowser(core, {
  port: Number(values.port ?? 0),
  screens: join(import.meta.dirname, '../../out/renderer'),
});
process.stdout.write(`ANTIN_READY ${host.url}\n`);

const closeAtMostMs = 5000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // A connection that will not end does not keep the office from ending; every act is on the disk already.
    setTimeout(() => process.exit(0), closeAtMostMs);
    void host.close().then(() => {
      core.close();
      process.exit(0);
    });
  });
}
