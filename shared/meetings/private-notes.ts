import { z } from 'zod';
import {
  AgendaItemIdSchema,
  InstantSchema,
  NoteIdSchema,
  PaperIdSchema,
  PersonIdSchema,
} from '../kernel/public.ts';

/** A place on a page, from its upper left corner, as a share of its width and height. */
const share = z.number().min(0).max(1);
const RectangleSchema = z.object({ x: share, y: share, width: share, height: share });
const StrokeSchema = z
  .array(z.tuple([share, share]))
  .min(1)
  .max(2000);

/** What somebody writes, highlights or draws on an item, a paper of it or one of its pages. */
export const NoteMarksSchema = z.object({
  item: AgendaItemIdSchema,
  /** The paper and its version, and the page; null where it is about the whole. */
  paper: z.object({ id: PaperIdSchema, n: z.int().min(1), page: z.int().min(1).max(10_000) }).nullable(),
  words: z.string().max(4000),
  rectangles: z.array(RectangleSchema).max(200),
  strokes: z.array(StrokeSchema).max(500),
});

/** Kept at the desk of whoever made it and nowhere else: in no log, and not with the agency's server. */
export const PrivateNoteSchema = NoteMarksSchema.extend({ id: NoteIdSchema, at: InstantSchema });
export type PrivateNote = Readonly<z.infer<typeof PrivateNoteSchema>>;

/** The same, shown to everybody who reads the item. */
export const SharedNoteSchema = PrivateNoteSchema.omit({ item: true }).extend({ by: PersonIdSchema });
export type SharedNote = Readonly<z.infer<typeof SharedNoteSchema>>;

/** How long notes and copies of papers stay at a desk after a meeting, where its body says nothing. */
export const usualKeepDays = 30;
export const mostKeepDays = 3650;
export const mostNotes = 2000;
export const mostSharedNotes = 500;
