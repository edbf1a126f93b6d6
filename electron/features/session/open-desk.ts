import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AgencyIdSchema, type AgencyId } from '#shared/kernel/public.ts';
import { openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { lockFolder } from '#shared/node/files/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { holidays } from '../../store/holidays.ts';
import { openDesk, type Desk } from '../../store/desk.ts';
import { checkDatabase } from '../../store/integrity.ts';
import { migrate } from '../../store/migrate.ts';
import { migrations } from '../../store/migrations/index.ts';
import { documentsProjection } from '../documents/public.ts';
import { createProofJob, proofsProjection, type ProofJob } from '../signing/public.ts';
import { createTextIndexer, type TextIndexer } from '../search/public.ts';
import { workflowProjection } from '../workflow/public.ts';

/** One agency's folder on this machine (`design.md` 8): `desk.json`, `keys.json`, `office.db`, `blobs/`. */
export type OpenDesk = Readonly<{
  folder: string;
  desk: Desk;
  blobs: Blobs;
  texts: TextIndexer;
  proofs: ProofJob;
  dataKey: Uint8Array;
  close: () => void;
}>;

const DeskFileSchema = z.object({ agencyId: AgencyIdSchema, agencyName: z.string(), sample: z.boolean() });
export type DeskFile = z.infer<typeof DeskFileSchema>;

export function listDesks(home: string): readonly DeskFile[] {
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(home, entry.name, 'desk.json')))
    .map((entry) =>
      DeskFileSchema.parse(JSON.parse(readFileSync(join(home, entry.name, 'desk.json'), 'utf8'))),
    );
}

export function deskFolder(home: string, agencyId: AgencyId): string {
  return join(home, agencyId);
}

export function writeDeskFile(home: string, file: DeskFile): string {
  const folder = deskFolder(home, file.agencyId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'desk.json'), JSON.stringify(file));
  return folder;
}

/** Opens an agency's folder for this process alone; another run that holds it is refused with its sentence. */
export function openDeskFolder(folder: string, agencyId: AgencyId, keys: Keys): OpenDesk {
  const lock = lockFolder(folder);
  try {
    const opened = openWhole(folder, agencyId, { ...keys, wasAbandoned: lock.wasAbandoned });
    const close = () => {
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

function openWhole(folder: string, agencyId: AgencyId, keys: Keys & Readonly<{ wasAbandoned: boolean }>) {
  const { dataKey, clock } = keys;
  const db = openEncrypted({ path: join(folder, 'office.db'), key: dataKey });
  try {
    if (keys.wasAbandoned) checkDatabase(db, 'quick');
    migrate(db, migrations, { backup: { folder: join(folder, 'before-migration') } });
    const blobs = openBlobs({ folder: join(folder, 'blobs'), dataKey });
    const projections = [documentsProjection, workflowProjection, proofsProjection];
    const desk = openDesk({ agencyId, db, projections, calendar: holidays, now: clock.now });
    const proofs = createProofJob({ desk, blobs, newId: clock.newId });
    return { folder, desk, blobs, texts: createTextIndexer(desk, blobs), proofs, dataKey };
  } catch (error) {
    db.close();
    throw error;
  }
}
