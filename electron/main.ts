import { join } from 'node:path';
import { refuseToStart, startShell } from './shell/start-shell.ts';

// Not awaited: Electron becomes ready only after this module has been read to its end.
startShell(join(import.meta.dirname, '../out')).catch(refuseToStart);
