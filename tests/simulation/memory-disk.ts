import { dirname } from 'node:path';
import type { FileOperations, OpenFile } from '#shared/node/files/public.ts';

type Content = { bytes: Buffer; synced: Buffer | null };

/** A disk in memory that forgets, when the power goes, whatever nobody asked it to keep. */
export type MemoryDisk = Readonly<{
  files: FileOperations;
  /** All of it as it is now, to be taken up again as another disk. */
  copy: () => MemoryDisk;
  /** What stands on it, by its path. */
  everything: () => ReadonlyMap<string, Buffer>;
  /** Puts back, for good, what another one has and this one has not. */
  putBack: (other: MemoryDisk) => void;
  /** Another disk with nothing on it. */
  emptied: () => MemoryDisk;
  /** The machine stopped: with its power, what was not synced is gone. A stopped disk works again. */
  restarted: (hadPower: boolean) => void;
}>;

export type DiskFaults = Readonly<{
  /** Called at every change; throws where the machine stops, or where it needs room and the disk is full. */
  change: (needsRoom: boolean) => void;
}>;

type Kept = Readonly<{ live: Map<string, Content>; durable: Map<string, Content>; folders: Set<string> }>;

export function memoryDisk(faults: DiskFaults): MemoryDisk {
  return over({ live: new Map(), durable: new Map(), folders: new Set() }, faults);
}

function over({ live, durable, folders }: Kept, faults: DiskFaults): MemoryDisk {
  const isIn = (path: string, folder: string) => dirname(path) === folder;

  function addFolder(path: string): void {
    for (let at = path; !folders.has(at) && at !== dirname(at); at = dirname(at)) folders.add(at);
  }

  function contentOf(path: string): Content {
    const content = live.get(path);
    if (content === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return content;
  }

  function fileOf(content: Content): OpenFile {
    return {
      write: (bytes) => {
        try {
          faults.change(true);
        } catch (error) {
          // A part of it came onto the disk first.
          content.bytes = Buffer.concat([content.bytes, bytes.subarray(0, bytes.length >> 1)]);
          throw error;
        }
        content.bytes = Buffer.concat([content.bytes, bytes]);
      },
      read: (offset, length) => content.bytes.subarray(offset, offset + length),
      sync: () => {
        faults.change(true);
        content.synced = content.bytes;
      },
      close: () => undefined,
    };
  }

  const files: FileOperations = {
    makeFolder: (path) => {
      faults.change(true);
      addFolder(path);
    },
    create: (path) => {
      faults.change(true);
      if (live.has(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
      const content: Content = { bytes: Buffer.alloc(0), synced: null };
      live.set(path, content);
      return fileOf(content);
    },
    open: (path) => fileOf(contentOf(path)),
    readWhole: (path) => contentOf(path).bytes,
    rename: (from, to) => {
      faults.change(false);
      const content = contentOf(from);
      live.delete(from);
      live.set(to, content);
    },
    remove: (path) => {
      faults.change(false);
      for (const known of live.keys()) {
        if (known === path || known.startsWith(`${path}/`)) live.delete(known);
      }
      for (const known of folders) if (known === path || known.startsWith(`${path}/`)) folders.delete(known);
    },
    syncFile: (path) => {
      faults.change(true);
      const content = contentOf(path);
      content.synced = content.bytes;
    },
    syncFolder: (path) => {
      faults.change(false);
      for (const known of durable.keys()) if (isIn(known, path) && !live.has(known)) durable.delete(known);
      for (const [known, content] of live) if (isIn(known, path)) durable.set(known, content);
    },
    exists: (path) => live.has(path) || folders.has(path),
    sizeOf: (path) => contentOf(path).bytes.length,
    changedMs: () => 0,
    list: (path) => {
      const under = [...live.keys(), ...folders].filter((known) => isIn(known, path));
      return under.map((known) => known.slice(path.length + 1)).toSorted();
    },
  };

  return {
    files,
    emptied: () => memoryDisk(faults),
    everything: () => new Map([...live].map(([path, { bytes }]) => [path, bytes])),
    putBack: (other) => {
      for (const [path, bytes] of other.everything()) {
        if (live.has(path)) continue;
        addFolder(dirname(path));
        const content: Content = { bytes, synced: bytes };
        live.set(path, content);
        durable.set(path, content);
      }
    },
    copy: () => {
      const same = new Map([...live].map(([path, content]) => [path, { ...content }]));
      const kept = new Map([...durable].map(([path, content]) => [path, same.get(path) ?? { ...content }]));
      return over({ live: same, durable: kept, folders: new Set(folders) }, faults);
    },
    restarted: (hadPower) => {
      if (hadPower) return;
      live.clear();
      // A name that is on the disk may stand before bytes that never came there.
      for (const [path, content] of durable) {
        live.set(path, content);
        content.bytes = content.synced ?? Buffer.alloc(0);
      }
    },
  };
}
