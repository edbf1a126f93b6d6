import { z } from 'zod';
import { RefusalSchema } from '../kernel/public.ts';
import { ListEntrySchema } from './model.ts';

/** A line of a danh mục as it stands in a file, and what it would become; null where something is wrong with it. */
export const ListLineSchema = z.object({
  line: z.int(),
  cells: z.object({
    code: z.string(),
    heading: z.string(),
    title: z.string(),
    retention: z.string(),
    maker: z.string(),
    note: z.string(),
  }),
  errors: z.array(RefusalSchema),
  entry: ListEntrySchema.nullable(),
});
export type ListLine = z.infer<typeof ListLineSchema>;

export const ListPreviewSchema = z.object({
  lines: z.array(ListLineSchema),
  /** The letters of the file are not surely the right ones: a person looks at them before it is taken. */
  guessed: z.boolean(),
});
export type ListPreview = z.infer<typeof ListPreviewSchema>;
