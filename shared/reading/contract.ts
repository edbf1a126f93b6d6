import { z } from 'zod';
import { HashSchema, ReadingIdSchema, command, query, service } from '../kernel/public.ts';
import { ExportSchema, TableFormSchema } from '../documents/public.ts';
import * as commands from './commands.ts';
import { ReadingSchema } from './model.ts';

export const ReadingRowSchema = ReadingSchema.extend({
  /** What was lent, as its archivist and its reader may know it. */
  title: z.string(),
  readable: z.boolean(),
});
export type ReadingRow = z.infer<typeof ReadingRowSchema>;

export const readingContract = {
  /** One's own, and everybody's for those who lend. */
  list: query(z.object({}), z.object({ rows: z.array(ReadingRowSchema), mayLend: z.boolean() })),
  /** The pages with their mark, for the window alone. */
  open: service(z.object({ readingId: ReadingIdSchema }), ExportSchema),
  /** The same with who prints it and when at the foot, to be kept, where whoever lent it allowed that. */
  print: service(z.object({ readingId: ReadingIdSchema }), ExportSchema),
  /** Sổ sử dụng bản lưu (NĐ 30 PL4). */
  exportBook: service(z.object({ form: TableFormSchema }), ExportSchema),
  ask: command(commands.ask),
  lend: command(commands.lend),
  decline: command(commands.decline),
  end: command(commands.end),
};

/** A piece of what a reading lends, asked of the server. */
export const ReadingPieceRequestSchema = z.object({ reading: ReadingIdSchema, offset: z.int().min(0) });
export const ReadingPieceSchema = z.object({
  bytes: z.base64(),
  size: z.int(),
  hash: HashSchema,
  pages: z.int(),
  title: z.string(),
});
export type ReadingPiece = z.infer<typeof ReadingPieceSchema>;
export const readingPieceBytes = 1024 * 1024;
