// Gives the core, in a thread, the parent port that Electron's utility process would give it.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const fromShell = new EventEmitter();
parentPort?.on('message', ({ message, ports }) => fromShell.emit('message', { data: message, ports }));
Object.assign(process, { parentPort: fromShell });

await import(pathToFileURL(workerData.path).href);
