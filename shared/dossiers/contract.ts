import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  BlobSchema,
  DaySchema,
  DocumentIdSchema,
  DossierIdSchema,
  RefusalSchema,
  TaskIdSchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { DocumentRowSchema, ExportSchema, TableFormSchema } from '../documents/public.ts';
import { mends } from './closing.ts';
import { close, describe, file, openDossier, passOn, reopen, takeOut } from './dossier-commands.ts';
import { approveList, writeList } from './list-commands.ts';
import { ListPreviewSchema } from './list-import.ts';
import { DossierSchema, FileListSchema, RetentionSchema, dossierPackages, dossierStates } from './model.ts';
import { arrangeRetention } from './retention-commands.ts';
import { RetentionSettingsSchema, ScheduleSchema, SuggestedSchema } from './retention.ts';

/** A file as a list shows it. */
export const DossierRowSchema = DossierSchema.pick({
  id: true,
  code: true,
  year: true,
  title: true,
  retention: true,
  state: true,
  inList: true,
  maker: true,
  parent: true,
  startedOn: true,
  endedOn: true,
}).extend({
  /** Until when a closed file is to be handed over; null where it is not. */
  handOverBy: DaySchema.nullable(),
  /** Whether the archive gave it back and it was not offered again. */
  returned: z.boolean(),
  /** How many papers lie in it itself, and how many parts it has. */
  papers: z.int(),
  parts: z.int(),
});
export type DossierRow = z.infer<typeof DossierRowSchema>;

export const FindingSchema = z.object({
  refusal: RefusalSchema,
  stops: z.boolean(),
  mend: z.enum(mends),
  dossier: DossierIdSchema,
  document: DocumentIdSchema.nullable(),
  task: TaskIdSchema.nullable(),
  retention: RetentionSchema.nullable(),
});

export const DossierPageSchema = z.object({
  dossier: DossierSchema,
  /** The place of each paper; null for one that this person may not read. */
  items: z.array(z.object({ n: z.int(), document: DocumentRowSchema.nullable() })),
  parts: z.array(DossierRowSchema),
  whole: DossierRowSchema.nullable(),
  /** What stands against closing it today, as far as this desk can tell; nothing for a closed one. */
  findings: z.array(FindingSchema),
});
export type DossierPage = z.infer<typeof DossierPageSchema>;

export const PackageStepSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('going'), bytes: z.int(), ofBytes: z.int() }),
  z.object({ is: z.literal('made'), made: ExportSchema }),
]);
export type PackageStep = z.infer<typeof PackageStepSchema>;

const FilterSchema = z.object({
  state: z.enum(dossierStates).nullable(),
  mine: z.boolean(),
  year: z.int().nullable(),
  /** Folded words looked for in code and title. */
  text: z.string().max(200),
});
const form = TableFormSchema;

export const dossiersContract = {
  fileList: query(z.object({ year: z.int() }), z.object({ list: FileListSchema.nullable() })),
  list: query(
    FilterSchema.extend({ offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.object({ rows: z.array(DossierRowSchema), total: z.int() }),
  ),
  page: query(z.object({ dossierId: DossierIdSchema, endedOn: DaySchema.nullable() }), DossierPageSchema),
  /** The files a paper lies in, of those this person may see. */
  of: query(z.object({ documentId: DocumentIdSchema }), z.object({ dossiers: z.array(DossierRowSchema) })),
  /** A closed file as a package for an archive, looked over once more when it is made; says how far it is meanwhile. */
  exportPackage: oc
    .input(z.object({ dossierId: DossierIdSchema, kind: z.enum(dossierPackages), bag: z.boolean() }))
    .output(eventIterator(PackageStepSchema)),
  /** Mục lục văn bản trong hồ sơ, and mục lục hồ sơ of what a list shows (NĐ 30 PL5). */
  printContents: service(z.object({ dossierId: DossierIdSchema, form }), ExportSchema),
  printList: service(FilterSchema.extend({ form }), ExportSchema),
  /** A danh mục as a table, and a CSV of one as it would be taken: nothing is written by either. */
  exportFileList: service(z.object({ year: z.int(), form }), ExportSchema),
  previewFileList: query(z.object({ file: BlobSchema }), ListPreviewSchema),
  /** The schedule that comes along, and what the agency has set for itself. */
  retention: query(z.object({}), z.object({ settings: RetentionSettingsSchema, schedule: ScheduleSchema })),
  /** How long a file of that code and title is kept, as far as the list of its year, the agency or the schedule say. */
  suggestRetention: query(
    z.object({ year: z.int(), code: z.string().max(540), title: z.string().max(500) }),
    z.object({ suggested: SuggestedSchema.nullable() }),
  ),
  arrangeRetention: command(arrangeRetention),
  writeList: command(writeList),
  approveList: command(approveList),
  open: command(openDossier),
  describe: command(describe),
  file: command(file),
  takeOut: command(takeOut),
  passOn: command(passOn),
  close: command(close),
  reopen: command(reopen),
};
