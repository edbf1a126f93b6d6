import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  CommandIdSchema,
  DocumentIdSchema,
  PersonIdSchema,
  ReplySchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { ExportSchema } from '../documents/public.ts';
import * as commands from './commands.ts';

/** What a template starts a draft from; the content is checked against the draft's own schema where it is used. */
export const TemplateSchema = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  abbreviation: z.string(),
  bases: z.array(z.string()),
  body: z.unknown(),
});

/** Somebody at a draft: the window they write in, by the number its words carry, and where in the text they are. */
export const WriterSchema = z.object({
  person: PersonIdSchema,
  client: z.int().nonnegative(),
  cursor: z.unknown(),
});
export type Writer = z.infer<typeof WriterSchema>;

/** Both sides of a draft tell each other what they have (Yjs state vector) and give what the other lacks (update). */
export const WordsSchema = z.object({ update: z.base64().nullable(), have: z.base64() });

/** Where a draft's newest words are: on this desk's machine alone, or at the agency's server too. */
export const DraftKeptSchema = z.enum(['alone', 'here', 'recorded']);

export const draftingContract = {
  templates: query(z.object({}), z.object({ templates: z.array(TemplateSchema) })),
  /** A window's words go in, everybody else's come out; what is answered is on the disk. */
  exchange: service(
    WordsSchema.extend({ documentId: DocumentIdSchema, client: z.int().nonnegative(), cursor: z.unknown() }),
    WordsSchema.extend({
      others: z.array(WriterSchema),
      kept: DraftKeptSchema,
      /** Its words are on another machine and have not come yet. */
      waits: z.boolean(),
      /** Words of this desk that came too late for what was submitted are held back until their writer decides. */
      late: z.boolean(),
    }),
  ),
  /** Says that somebody wrote, came or went; whoever listens is at the draft until they stop. */
  follow: oc
    .input(z.object({ documentId: DocumentIdSchema, client: z.int().nonnegative() }))
    .output(eventIterator(z.object({ moved: z.literal(true) }))),
  /** What is written of a draft and not in what was submitted last; null where there is nothing. */
  unsubmitted: query(
    z.object({ documentId: DocumentIdSchema }),
    z.object({ draft: z.unknown(), late: z.boolean() }).nullable(),
  ),
  /** Held-back words join the draft, or go. */
  settleOwn: service(
    z.object({ documentId: DocumentIdSchema, how: z.enum(['join', 'drop']) }),
    z.object({ ok: z.literal(true) }),
  ),
  /** The page as it would be signed now. */
  preview: service(
    z.object({ documentId: DocumentIdSchema, draft: z.unknown() }),
    ExportSchema.extend({ pages: z.int() }),
  ),
  attach: service(
    z.object({ commandId: CommandIdSchema, documentId: DocumentIdSchema, uploadId: z.string() }),
    z.object({ reply: ReplySchema }),
  ),
  start: command(commands.start),
  nameCoWriters: command(commands.nameCoWriters),
  describe: command(commands.describe),
  removeAttachment: command(commands.removeAttachment),
  abandon: command(commands.abandon),
};
