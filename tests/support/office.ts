import type { Database } from 'better-sqlite3';
import { meetingsProjection } from '#electron/features/meetings/projection.ts';
import { dossiersProjection } from '#electron/features/dossiers/projection.ts';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { soughtProjection } from '#electron/features/search/sought-projection.ts';
import { proofsProjection } from '#electron/features/signing/proofs/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { openDesk, type Desk } from '#electron/store/desk.ts';
import { plainCalendar } from './ask.ts';
import { migratedDatabase } from './migrated-database.ts';
import { openSmallAgency, type Engine, type SmallAgency } from './small-agency.ts';

export type DeskEngine = Engine & Readonly<{ desk: Desk; db: Database }>;

/** A small agency on a whole desk: the real store, its read models and its log, in memory. */
export function openOffice(): SmallAgency<DeskEngine> {
  return openSmallAgency(({ agencyId, now }) => {
    const db = migratedDatabase();
    const projections = [
      documentsProjection,
      workflowProjection,
      proofsProjection,
      dossiersProjection,
      soughtProjection,
      meetingsProjection,
    ];
    const desk = openDesk({ agencyId, db, projections, calendar: plainCalendar, now });
    return { desk, db, log: desk.log, decide: (command) => void desk.execute(command) };
  });
}
