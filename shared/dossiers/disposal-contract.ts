import { z } from 'zod';
import { ExportSchema } from '../documents/public.ts';
import {
  DaySchema,
  DisposalIdSchema,
  DossierIdSchema,
  RefusalSchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { appraise, approve, carryOut, dismiss, propose } from './disposal-commands.ts';
import { DisposalSchema } from './disposal-model.ts';
import { FileCodeSchema, RetentionSchema } from './model.ts';

/** A file whose term is over. */
export const DueFileSchema = z.object({
  id: DossierIdSchema,
  code: FileCodeSchema,
  title: z.string(),
  retention: RetentionSchema,
  endedOn: DaySchema,
  keptUntil: DaySchema,
  /** What lies in it and its parts. */
  papers: z.int(),
  /** The case or freeze that keeps it from being destroyed. */
  stays: RefusalSchema.nullable(),
});
export type DueFile = z.infer<typeof DueFileSchema>;

/** The list with its reasons, and the minutes once it was carried out. */
export const disposalPrints = ['list', 'minutes'] as const;
export type DisposalPrint = (typeof disposalPrints)[number];

export const disposalsContract = {
  /** Hồ sơ hết thời hạn bảo quản, those whose term ended first before the others. */
  due: query(z.object({}), z.object({ files: z.array(DueFileSchema) })),
  /** Every list, the newest first. */
  list: query(z.object({}), z.object({ disposals: z.array(DisposalSchema) })),
  print: service(z.object({ disposalId: DisposalIdSchema, what: z.enum(disposalPrints) }), ExportSchema),
  propose: command(propose),
  appraise: command(appraise),
  approve: command(approve),
  dismiss: command(dismiss),
  carryOut: command(carryOut),
};
