import { join } from 'node:path';
import { utilityProcess, type MessagePortMain } from 'electron';

export type CoreProcess = Readonly<{ connect: (port: MessagePortMain) => void; stop: () => void }>;

export type CoreOptions = Readonly<{ outFolder: string; onLost: () => void }>;

/** Starts the office itself in a process of its own; `onLost` is called when it ends unasked. */
export function startCore({ outFolder, onLost }: CoreOptions): CoreProcess {
  const child = utilityProcess.fork(join(outFolder, 'main', 'core.js'), [], {
    serviceName: 'antin-core',
    stdio: 'inherit',
  });
  let isStopping = false;
  child.on('exit', () => {
    if (!isStopping) onLost();
  });
  return {
    connect: (port) => child.postMessage('connect', [port]),
    stop: () => {
      isStopping = true;
      child.kill();
    },
  };
}
