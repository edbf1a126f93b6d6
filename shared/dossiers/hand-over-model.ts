import { z } from 'zod';
import {
  DossierIdSchema,
  HandOverIdSchema,
  InstantSchema,
  PersonIdSchema,
  UnitIdSchema,
} from '../kernel/public.ts';
import { StoredFileSchema } from '../documents/public.ts';
import { DossierSchema, GivenBackSchema } from './model.ts';

export const handOverStates = ['offered', 'accepted', 'returned', 'withdrawn'] as const;
export type HandOverState = (typeof handOverStates)[number];

/** Bên giao, bên nhận. */
export const sides = ['giver', 'receiver'] as const;
export type Side = (typeof sides)[number];

/** As many files as are handed over at once. */
export const mostFiles = 500;

/** A file as it was called when it was offered: whoever gave it back may no longer read the file itself. */
const OfferedFileSchema = DossierSchema.pick({ code: true, title: true }).extend({
  dossier: DossierIdSchema,
});
export type OfferedFile = z.infer<typeof OfferedFileSchema>;

/** Nộp lưu: closed files that somebody hands to the agency's archive (NĐ 30 Đ30). */
export const HandOverSchema = z.object({
  id: HandOverIdSchema,
  state: z.enum(handOverStates),
  from: PersonIdSchema,
  at: InstantSchema,
  /** Who offers, and their unit. */
  people: z.array(PersonIdSchema),
  units: z.array(UnitIdSchema),
  /** The archive reads every hand-over to it, also what it gave back. */
  inArchive: z.array(DossierIdSchema),
  files: z.array(OfferedFileSchema.extend({ givenBack: GivenBackSchema.nullable() })),
  accepted: z.object({ by: PersonIdSchema, at: InstantSchema }).nullable(),
  /** Biên bản giao nhận with the mục lục nộp lưu, as far as it is signed; both sides keep the same file (NĐ 30 PL5). */
  minutes: z.object({ file: StoredFileSchema, signed: z.array(z.enum(sides)) }).optional(),
});
export type HandOver = z.infer<typeof HandOverSchema>;
