import { join } from 'node:path';
import { AppError, InstantSchema, type Instant } from '#shared/kernel/public.ts';
import { nodeFiles, type FileOperations } from '#shared/node/files/public.ts';
import { openEncrypted, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import { RepairedSchema, type Repaired } from '#shared/sync/public.ts';
import { keepDevice } from '../device-key.ts';
import type { DeviceKey } from '../joined-desk.ts';
import { countFiles, oweFiles } from '../files-between.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { SavedSchema, saveOwn, type Saved } from './save.ts';
import { readSealedJson, writeSealedJson } from './sealed-json.ts';
import { readSpare } from './spare.ts';

type Mending = Readonly<{ folder: string; dataKey: Uint8Array; now: Instant; files?: FileOperations }>;

const databases = ['office.db', 'office.db-wal', 'office.db-shm'] as const;
const damagedMark = 'damaged.mark';

/** Something in the database of this desk could not be read: it is mended before it is opened again. */
export function markDamaged(folder: string): void {
  if (!nodeFiles.exists(join(folder, damagedMark))) nodeFiles.create(join(folder, damagedMark)).close();
}

/** Whether this shared desk has to be mended before it opens: marked, cut off in the middle of it, or without its file. */
export function needsRepair(folder: string): boolean {
  const isThere = (name: string) => nodeFiles.exists(join(folder, name));
  const isLost = isThere('spare.sealed') && !isThere('office.db');
  return isThere(damagedMark) || isThere('saved.sealed') || isLost;
}

/**
 * Makes the database of a shared desk anew: what only this desk has is saved first, the damaged files are put aside and
 * kept, and the rest comes from the server again (`sync.md` 3.2, R9). Cut off at any step, it goes on with the next
 * start; `saved.sealed` is there from before anything is moved until all of it is in the new database.
 */
export function repairDesk({ folder, dataKey, now, files = nodeFiles }: Mending): Repaired {
  const sidecar = join(folder, 'saved.sealed');
  const spare = readSpare(folder, dataKey);
  if (!files.exists(sidecar)) {
    const own = saveOwn(folder, dataKey, { salt: spare?.salt ?? null, at: now });
    writeSealedJson({ path: sidecar, dataKey, files }, own);
  }
  const saved = readSealedJson(sidecar, dataKey, SavedSchema);
  if (saved === null) throw new AppError('store.damaged');
  const aside = join(folder, 'damaged', saved.at.replaceAll(/[-:.]/gu, ''));
  files.makeFolder(aside);
  putAside(folder, aside, files);
  const repaired = fillAnew(join(folder, 'rebuilt.db'), dataKey, { saved, device: spare?.device ?? null });
  files.rename(join(folder, 'rebuilt.db'), join(folder, 'office.db'));
  files.syncFolder(folder);
  files.remove(join(folder, damagedMark));
  files.rename(sidecar, join(aside, 'saved.sealed'));
  files.syncFolder(aside);
  files.syncFolder(folder);
  return repaired;
}

/** What was saved the last time, until the person has read it. */
export function repairedOf(db: ReadDb): Repaired | null {
  const value = db.prepare("SELECT value FROM setting WHERE name = 'repaired'").pluck().get();
  return typeof value === 'string' ? RepairedSchema.parse(JSON.parse(value)) : null;
}

export function forgetRepaired(db: WriteDb): void {
  db.prepare("DELETE FROM setting WHERE name = 'repaired'").run();
}

/** Each is put aside once: what stands in its place at a second try is the one made anew. */
function putAside(folder: string, aside: string, files: FileOperations): void {
  for (const name of databases) {
    const there = files.exists(join(folder, name)) && !files.exists(join(aside, name));
    if (there) files.rename(join(folder, name), join(aside, name));
  }
  files.syncFolder(aside);
  files.syncFolder(folder);
}

type Filling = Readonly<{ saved: Saved; device: DeviceKey | null }>;

function fillAnew(path: string, dataKey: Uint8Array, { saved, device }: Filling): Repaired {
  for (const end of ['', '-wal', '-shm']) nodeFiles.remove(`${path}${end}`);
  const db = openEncrypted({ path, key: dataKey });
  try {
    migrate(db, migrations);
    return db
      .transaction(() => {
        takeRows(db, saved);
        takeDrafts(db, saved);
        takeCommands(db, saved);
        if (device !== null) keepDevice(db, device);
        const waiting = saved.commands.filter(({ status }) => status === 'queued').length;
        const repaired: Repaired = {
          at: InstantSchema.parse(saved.at),
          commands: waiting,
          drafts: saved.drafts.length,
          files: countFiles(db).toSend,
          unreadable: saved.unreadable,
        };
        const keep = db.prepare('INSERT INTO setting (name, value) VALUES (?, ?)');
        keep.run('repaired', JSON.stringify(repaired));
        // Which place its next command has, only the server knows now.
        keep.run('sync.adopt', '1');
        return repaired;
      })
      .immediate();
  } finally {
    // One file again, so that it can be renamed.
    db.pragma('journal_mode = DELETE');
    db.close();
  }
}

function takeRows(db: WriteDb, { rows }: Saved): void {
  for (const { table, columns } of rows) {
    const values = columns.map((value) =>
      typeof value === 'object' && value !== null ? Buffer.from(value.bytes, 'base64') : value,
    );
    const marks = values.map(() => '?').join(', ');
    db.prepare(`INSERT OR REPLACE INTO ${tableNamed(table)} VALUES (${marks})`).run(...values);
  }
}

const taken = [
  'setting',
  'key_file',
  'picture',
  'authority_key',
  'authority_list',
  'access_line',
  'private_note',
] as const;

function tableNamed(name: string): string {
  const found = taken.find((one) => one === name);
  if (found === undefined) throw new Error(`${name} is not taken over`);
  return found;
}

/** All of them count as ahead: the server says what of them it has. */
function takeDrafts(db: WriteDb, { drafts }: Saved): void {
  const piece = db.prepare('INSERT INTO draft_text (document, n, bytes) VALUES (?, ?, ?)');
  const ahead = db.prepare('INSERT INTO draft_ahead (document, late) VALUES (?, ?)');
  for (const { document, pieces, late } of drafts) {
    for (const [place, bytes] of pieces.entries()) {
      piece.run(document, place + 1, Buffer.from(bytes, 'base64'));
    }
    ahead.run(document, late ? 1 : 0);
  }
}

/** Commands get their places once the server has said how many it has of this desk: until then they stand before all others. */
const placesFrom = -2_000_000_000;

function takeCommands(db: WriteDb, { commands }: Saved): void {
  const keep = db.prepare(
    "INSERT INTO outbox (dseq, command_id, body, status, signature) VALUES (?, ?, ?, ?, '')",
  );
  for (const [place, { id, body, status }] of commands.entries()) {
    // What the server refused says so again when its decision comes.
    keep.run(placesFrom + place, id, body, status === 'rejected' ? 'acked' : status);
    oweFiles(db, JSON.parse(body));
  }
}
