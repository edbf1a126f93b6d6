import { z } from 'zod';
import { AttachmentSchema, DocumentMessageSchema, StatusMessageSchema } from './model.ts';

/** An attachment named by its file; what the file says of itself need not be written. */
export const AttachmentDescriptionSchema = AttachmentSchema.partial().extend({
  file: z.string().min(1).optional(),
});
export type AttachmentDescription = Readonly<z.infer<typeof AttachmentDescriptionSchema>>;

/** A message as somebody describes it in JSON: the form of a message that was read, with files in place of hashes. */
export const MessageDescriptionSchema = z.discriminatedUnion('kind', [
  DocumentMessageSchema.extend({ attachments: z.array(AttachmentDescriptionSchema).default([]) }),
  StatusMessageSchema,
]);
