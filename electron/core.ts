import { homedir } from 'node:os';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { router } from './features/index.ts';
import { openCore } from './host/core.ts';
import { systemClock } from './platform/clock.ts';

/** The part of Electron's utility process that the core uses: each window's port comes in by the parent's. */
type ParentPort = Readonly<{
  on: (event: 'message', listener: (message: { ports: readonly MessagePortMain[] }) => void) => void;
}>;
type MessagePortMain = Parameters<RPCHandler<Record<string, unknown>>['upgrade']>[0] & { start: () => void };

const { parentPort } = process as typeof process & { parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('The core runs in a utility process of the shell');

const core = openCore(process.env['ANTIN_DATA'] ?? join(homedir(), '.antin'), systemClock);
const handler = new RPCHandler(router);

parentPort.on('message', ({ ports }) => {
  for (const port of ports) {
    // One person at a time sits at a machine: every window shares one session.
    handler.upgrade(port, { context: { sessions: core.sessions, sessionKey: 'desktop' } });
    port.start();
  }
});
