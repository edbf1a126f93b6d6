import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/** A file being written or read; offsets and lengths in bytes. */
export type OpenFile = Readonly<{
  write: (bytes: Uint8Array) => void;
  /** Fewer bytes than asked only at the end of the file. */
  read: (offset: number, length: number) => Uint8Array;
  sync: () => void;
  close: () => void;
}>;

/**
 * The few things a store asks of a disk, so that tests can let the disk fill up, or the machine stop, at any one of
 * them. Calls are small (a chunk, a rename) and block, which keeps their order plain.
 */
export type FileOperations = Readonly<{
  makeFolder: (path: string) => void;
  /** Opens for writing a file that must not be there yet. */
  create: (path: string) => OpenFile;
  open: (path: string) => OpenFile;
  readWhole: (path: string) => Uint8Array;
  rename: (from: string, to: string) => void;
  remove: (path: string) => void;
  syncFile: (path: string) => void;
  /** Makes renames and new names in a folder survive a power cut. */
  syncFolder: (path: string) => void;
  exists: (path: string) => boolean;
  sizeOf: (path: string) => number;
  /** When a file or a folder was changed last, in ms since 1970. */
  changedMs: (path: string) => number;
  list: (path: string) => readonly string[];
}>;

export const nodeFiles: FileOperations = {
  // Only its owner reads an agency's folder.
  makeFolder: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
  create: (path) => fileOf(openSync(path, 'wx', 0o600)),
  open: (path) => fileOf(openSync(path, 'r')),
  readWhole: (path) => readFileSync(path),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true, recursive: true }),
  syncFile: (path) => sync(path, 'r+'),
  // Windows has no handle to a folder and keeps names in its own journal.
  syncFolder: (path) => (process.platform === 'win32' ? undefined : sync(path, 'r')),
  exists: existsSync,
  sizeOf: (path) => statSync(path).size,
  changedMs: (path) => statSync(path).mtimeMs,
  list: (path) => readdirSync(path),
};

function fileOf(descriptor: number): OpenFile {
  return {
    write: (bytes) => {
      let done = 0;
      while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done);
    },
    read: (offset, length) => {
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const count = readSync(descriptor, bytes, done, length - done, offset + done);
        if (count === 0) break;
        done += count;
      }
      return bytes.subarray(0, done);
    },
    sync: () => fsyncSync(descriptor),
    close: () => closeSync(descriptor),
  };
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
