import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { personAggregate } from '#shared/directory/public.ts';
import { AgencyIdSchema, PersonIdSchema, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import { openArriving, openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { lockFolder, writeWhole } from '#shared/node/files/public.ts';
import { asStoreError, checkDatabase, openEncrypted } from '#shared/node/sqlite/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { openDraftRoom, type DraftRoom } from '../../store/draft-room.ts';
import { keepCollecting, type FileCollector } from '../../store/keep-collecting.ts';
import { holidays } from '../../store/holidays.ts';
import { openDesk, type Desk } from '../../store/desk.ts';
import { openTellings, type Tellings } from '../../store/tellings.ts';
import { deviceOf } from '../../store/device-key.ts';
import { readState } from '../../store/read-state.ts';
import { migrate } from '../../store/migrate.ts';
import { migrations } from '../../store/migrations/index.ts';
import { needsRepair, repairDesk } from '../../store/repair/repair.ts';
import { keepSpare } from '../../store/repair/spare.ts';
import { openSharedDesk, type Shared } from '../../sync/shared-desk.ts';
import { documentsProjection, removeMade } from '../documents/public.ts';
import { createProofJob, proofsProjection, type ProofJob } from '../signing/public.ts';
import { createTextIndexer, fillSought, soughtProjection, type TextIndexer } from '../search/public.ts';
import { meetingsProjection } from '../meetings/public.ts';
import { dossiersProjection } from '../dossiers/public.ts';
import { whosOf, workflowProjection } from '../workflow/public.ts';

/** One agency's folder on this machine (`design.md` 8): `desk.json`, `keys.json`, `office.db`, `blobs/`. */
export type OpenDesk = Readonly<{
  folder: string;
  desk: Desk;
  /** Where drafts are written. */
  drafts: DraftRoom;
  /** What is told in meetings while people sit. */
  tellings: Tellings;
  blobs: Blobs;
  texts: TextIndexer;
  proofs: ProofJob;
  /** Takes away what nothing here speaks of any more. */
  collector: FileCollector;
  /** Null at a desk that stands alone. */
  shared: Shared | null;
  dataKey: Uint8Array;
  close: () => void;
}>;

const DeskFileSchema = z.object({
  agencyId: AgencyIdSchema,
  agencyName: z.string(),
  sample: z.boolean(),
  /** The server that this desk shares its agency's log with, and the one person who works here. */
  server: z
    .object({ url: z.string(), authority: z.string(), person: PersonIdSchema })
    .nullable()
    .default(null),
  /** The office went over to a server: nothing is done here any more. */
  moved: z.boolean().default(false),
  /** The agency believes this desk no longer: its data was taken away, and this is all that is left. */
  wiped: z.boolean().default(false),
});
export type DeskFile = z.infer<typeof DeskFileSchema>;

/** A desk on this machine and the folder it lies in. */
export type FoundDesk = DeskFile & Readonly<{ folder: string }>;

export function listDesks(home: string): readonly FoundDesk[] {
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(home, entry.name, 'desk.json')))
    .map((entry) => ({ ...readDeskFile(join(home, entry.name)), folder: join(home, entry.name) }));
}

/** The desk of this machine from which an agency went over to its server. */
export function movedDesk(home: string, agencyId: AgencyId): FoundDesk | null {
  return listDesks(home).find((desk) => desk.agencyId === agencyId && desk.moved) ?? null;
}

/** Whether somebody can still sit down at the desk in a folder. */
export function isWorkedAt(folder: string): boolean {
  if (!existsSync(join(folder, 'desk.json'))) return false;
  const { moved, wiped } = readDeskFile(folder);
  return !moved && !wiped;
}

/** Takes a desk's data away, the key first: without it whatever is left says nothing. */
export function wipeDesk(folder: string): void {
  const file: DeskFile = { ...readDeskFile(folder), wiped: true };
  rmSync(join(folder, 'keys.json'), { force: true });
  writeWhole(join(folder, 'desk.json'), Buffer.from(JSON.stringify(file)));
  for (const name of readdirSync(folder)) {
    if (name !== 'desk.json') rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** The desk of this machine at which somebody of an agency works: their own, or the one that all sit down at in turn. */
export function findDesk(home: string, agencyId: AgencyId, personId: PersonId): FoundDesk | null {
  const desks = listDesks(home).filter((desk) => desk.agencyId === agencyId && isWorkedAt(desk.folder));
  return (
    desks.find(({ server }) => server?.person === personId) ??
    desks.find(({ server }) => server === null) ??
    null
  );
}

/** Where a desk lies: one folder an agency, or one a person where each has a desk of their own. */
export function deskFolder(home: string, agencyId: AgencyId, person: PersonId | null = null): string {
  return join(home, person === null ? agencyId : `${agencyId}.${person}`);
}

type NewDesk = z.input<typeof DeskFileSchema>;

export function writeDeskFile(home: string, file: NewDesk): string {
  const checked = DeskFileSchema.parse(file);
  const folder = deskFolder(home, checked.agencyId, checked.server?.person ?? null);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(join(folder, 'desk.json'), Buffer.from(JSON.stringify(checked)));
  return folder;
}

/** The office went over to a server: whoever worked here joins it instead. */
export function markMoved(folder: string): void {
  const file = { ...readDeskFile(folder), moved: true };
  writeWhole(join(folder, 'desk.json'), Buffer.from(JSON.stringify(file)));
}

function readDeskFile(folder: string): DeskFile {
  return DeskFileSchema.parse(JSON.parse(readFileSync(join(folder, 'desk.json'), 'utf8')));
}

/** Opens an agency's folder for this process alone; another run that holds it is refused with its sentence. */
export function openDeskFolder(folder: string, agencyId: AgencyId, keys: Keys): OpenDesk {
  const lock = lockFolder(folder);
  try {
    removeMade(folder);
    const opened = openMended(folder, agencyId, { ...keys, wasAbandoned: lock.wasAbandoned });
    const close = () => {
      opened.shared?.stop();
      opened.collector.stop();
      opened.desk.db.close();
      lock.release();
    };
    return { ...opened, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Keys = Readonly<{ dataKey: Uint8Array; clock: Clock }>;

type Opening = Keys & Readonly<{ wasAbandoned: boolean }>;

/** A shared desk whose database is damaged is mended: what only it has is saved, the rest comes from the server. */
function openMended(folder: string, agencyId: AgencyId, keys: Opening) {
  const isShared = readDeskFile(folder).server !== null;
  const mend = () => repairDesk({ folder, dataKey: keys.dataKey, now: keys.clock.now() });
  if (isShared && needsRepair(folder)) mend();
  try {
    return openWhole(folder, agencyId, keys);
  } catch (error) {
    if (!isShared || !isDamage(error)) throw error;
    mend();
    return openWhole(folder, agencyId, keys);
  }
}

/** The key was proved by the passphrase: a database that it does not open is damaged. */
function isDamage(error: unknown): boolean {
  const code = asStoreError(error)?.code;
  return code === 'store.damaged' || code === 'store.wrong-key';
}

function openWhole(folder: string, agencyId: AgencyId, keys: Opening) {
  const { dataKey, clock } = keys;
  const db = openEncrypted({ path: join(folder, 'office.db'), key: dataKey });
  try {
    if (keys.wasAbandoned) checkDatabase(db, 'quick');
    migrate(db, migrations, { backup: { folder: join(folder, 'before-migration') } });
    const blobs = openBlobs({ folder: join(folder, 'blobs'), dataKey });
    const projections = [
      documentsProjection,
      workflowProjection,
      proofsProjection,
      dossiersProjection,
      soughtProjection,
      meetingsProjection,
    ];
    const parts = { agencyId, db, projections, calendar: holidays, now: clock.now };
    const { server } = readDeskFile(folder);
    if (server !== null) keepSpare(folder, dataKey, deviceOf(db).device);
    const arriving = openArriving(join(folder, 'blobs', 'arriving', 'here'), { dataKey, blobs });
    const drafts = openDraftRoom(db);
    const tellings = openTellings();
    const { desk, shared } =
      server === null
        ? { desk: openDesk(parts), shared: null }
        : openSharedDesk({
            ...parts,
            ...deviceOf(db),
            person: server.person,
            server,
            folder,
            dataKey,
            blobs,
            arriving,
            drafts,
            tellings,
            whos: () => {
              const person = readState(db, personAggregate, server.person);
              return person === null ? [] : whosOf(person);
            },
          });
    const proofs = createProofJob({ desk, blobs, newId: clock.newId });
    const loose = { db, blobs, arriving: shared === null ? null : arriving, now: clock.now };
    const collector = keepCollecting(loose, () => undefined); // Tried again tomorrow, and when the desk is opened.
    shared?.onTaken(collector.removeNow);
    desk.log.transaction(() => {
      fillSought(db);
    });
    const texts = createTextIndexer(desk, blobs);
    return { folder, desk, shared, drafts, tellings, blobs, texts, proofs, collector, dataKey };
  } catch (error) {
    db.close();
    throw error;
  }
}
