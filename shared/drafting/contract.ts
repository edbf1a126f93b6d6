import { z } from 'zod';
import {
  CommandIdSchema,
  DocumentIdSchema,
  InstantSchema,
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

/** The draft as its writer left it: not an act, but never lost either. */
export const WorkingCopySchema = z.object({
  draft: z.unknown(),
  revision: z.int().min(0),
  savedAt: InstantSchema,
});
export type WorkingCopy = z.infer<typeof WorkingCopySchema>;

export const draftingContract = {
  templates: query(z.object({}), z.object({ templates: z.array(TemplateSchema) })),
  workingCopy: query(z.object({ documentId: DocumentIdSchema }), WorkingCopySchema),
  /** Refused when another window kept a later revision, so that nothing is written over unseen. */
  keepWorkingCopy: service(
    z.object({ documentId: DocumentIdSchema, draft: z.unknown(), revision: z.int().min(0) }),
    z.object({ revision: z.int() }),
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
  describe: command(commands.describe),
  removeAttachment: command(commands.removeAttachment),
  abandon: command(commands.abandon),
};
