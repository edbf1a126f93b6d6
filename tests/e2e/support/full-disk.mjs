// A disk that has no room left for as long as the file `no-room` lies in the data folder: loaded before the office.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const mark = join(process.argv.at(-1) ?? '', 'no-room');
const { writeSync } = fs;

fs.writeSync = /** @type {typeof writeSync} */ (
  (/** @type {Parameters<typeof writeSync>} */ ...args) => {
    if (fs.existsSync(mark)) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    return writeSync(...args);
  }
);
syncBuiltinESMExports();
