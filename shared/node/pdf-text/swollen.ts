import { inflateSync } from 'node:zlib';

// Text, fonts and tables of one page stay far below; deflate packs at most about 1032 to 1.
const mostInflated = 24 * 1024 * 1024;
const leastSuspect = Math.floor(mostInflated / 1032);
const dictionaryReach = 4096;

/** Whether a stream other than a picture swells beyond all measure when it is unpacked, as a trap would. */
export function isSwollen(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = file.indexOf('stream'); at >= 0;) {
    const end = file.indexOf('endstream', at + 6);
    const stop = end < 0 ? file.length : end;
    if (stop - at > leastSuspect && isPacked(file, at)) {
      const start = at + 6 + (file[at + 6] === 13 ? 2 : 1);
      if (unpacksTooFar(file.subarray(start, stop))) return true;
    }
    at = end < 0 ? -1 : file.indexOf('stream', end + 9);
  }
  return false;
}

function isPacked(file: Buffer, stream: number): boolean {
  const before = file.toString('latin1', Math.max(0, stream - dictionaryReach), stream);
  const dictionary = before.slice(Math.max(0, before.lastIndexOf(' obj')));
  return /\/Fl(?:ateDecode)?\b/u.test(dictionary) && !/\/Subtype\s*\/Image\b/u.test(dictionary);
}

function unpacksTooFar(packed: Uint8Array): boolean {
  try {
    inflateSync(packed, { maxOutputLength: mostInflated });
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  }
}
