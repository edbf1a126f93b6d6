import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  CommandIdSchema,
  DaySchema,
  DossierIdSchema,
  HandOverIdSchema,
  ReplySchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { ExportSchema, TableFormSchema } from '../documents/public.ts';
import { KeyIdSchema, PinSchema } from '../signing/public.ts';
import { DossierRowSchema, FindingSchema } from './contract.ts';
import { accept, giveBack, keepBack, offer, recordReceipt, withdraw } from './hand-over-commands.ts';
import { HandOverSchema, handOverStates, mostFiles } from './hand-over-model.ts';
import { GivenBackSchema } from './model.ts';

/** A hand-over as a list shows it. */
export const HandOverRowSchema = HandOverSchema.pick({ id: true, state: true, from: true, at: true }).extend({
  files: z.int(),
  /** Whether its minutes wait for this person's signature. */
  toSign: z.boolean(),
});
export type HandOverRow = z.infer<typeof HandOverRowSchema>;

export const HandOverPageSchema = z.object({
  handOver: HandOverSchema,
  /** Each of its files as it stands now, in their order; null for one that this person may not see. */
  files: z.array(DossierRowSchema.nullable()),
});
export type HandOverPage = z.infer<typeof HandOverPageSchema>;

export const TriedStepSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('going'), bytes: z.int(), ofBytes: z.int() }),
  z.object({ is: z.literal('sound') }),
]);
export type TriedStep = z.infer<typeof TriedStepSchema>;

const window = { offset: z.int().min(0), limit: z.int().min(1).max(500) };

export const handOversContract = {
  /** The hand-overs that this person may see, the newest first. */
  list: query(
    z.object({ state: z.enum(handOverStates).nullable(), ...window }),
    z.object({ rows: z.array(HandOverRowSchema), total: z.int() }),
  ),
  page: query(z.object({ handOverId: HandOverIdSchema }), HandOverPageSchema),
  /** What stands against handing these files over today, and when they are due. */
  findings: query(
    z.object({ dossiers: z.array(DossierIdSchema).max(mostFiles) }),
    z.object({
      files: z.array(
        z.object({
          dossier: DossierIdSchema,
          due: DaySchema.nullable(),
          findings: z.array(FindingSchema),
        }),
      ),
    }),
  ),
  /** What this person keeps and should see to: files due within thirty days (NĐ 30 PL6 I.5), late, or given back. */
  waiting: query(
    z.object(window),
    z.object({
      rows: z.array(z.object({ dossier: DossierRowSchema, givenBack: GivenBackSchema.nullable() })),
      total: z.int(),
      /** Minutes that wait for their signature, as the one who handed over. */
      toSign: z.array(HandOverRowSchema),
    }),
  ),
  /** Live counts: what waits for this person with their files, and for the archive with its hand-overs. */
  counts: query(z.object({}), z.object({ files: z.int(), archive: z.int() })),
  /** Makes the package of a closed file and reads it again, and keeps none of it: what the archive's reader would say. */
  tryPackage: oc.input(z.object({ dossierId: DossierIdSchema })).output(eventIterator(TriedStepSchema)),
  /** Signs the minutes of a hand-over that was accepted, for the side that whoever asks is on. */
  sign: service(
    z.object({
      commandId: CommandIdSchema,
      handOverId: HandOverIdSchema,
      pin: PinSchema,
      key: KeyIdSchema,
    }),
    z.object({ reply: ReplySchema }),
  ),
  /** The minutes as they are signed by now, or as they would be. */
  printMinutes: service(z.object({ handOverId: HandOverIdSchema }), ExportSchema),
  /** Danh mục hồ sơ giữ lại (NĐ 30 Đ30): files that the head lets their units keep beyond the day they were due. */
  printKeptBack: service(z.object({ form: TableFormSchema }), ExportSchema),
  offer: command(offer),
  withdraw: command(withdraw),
  giveBack: command(giveBack),
  accept: command(accept),
  keepBack: command(keepBack),
  recordReceipt: command(recordReceipt),
};
