import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { AgencyIdSchema, HashSchema, InvitationIdSchema, PersonIdSchema } from '../../kernel/public.ts';

/** All a new desk has to be told, in one piece of text that is pasted or read from a QR code. */
export const InvitationTextSchema = z.object({
  url: z.url({ protocol: /^https$/ }),
  /** SHA-256 of the authority the server's certificate goes back to (DER). */
  authority: HashSchema,
  agencyId: AgencyIdSchema,
  agencyName: z.string(),
  personId: PersonIdSchema,
  personName: z.string(),
  post: z.string(),
  invitationId: InvitationIdSchema,
  code: z.string().min(12).max(40),
});
export type InvitationText = z.infer<typeof InvitationTextSchema>;

// No letters that look alike on paper.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A code of 80 random bits, to be typed where nothing can be pasted. */
export function newCode(): string {
  return Array.from({ length: 16 }, () => letters[randomInt(letters.length)] ?? '').join('');
}

const beginning = 'antin1.';

export function writeInvitation(invitation: InvitationText): string {
  return beginning + Buffer.from(JSON.stringify(invitation)).toString('base64url');
}

/** Where an agency's server is and how to know it, for everybody who may join without an invitation. */
export const AddressTextSchema = InvitationTextSchema.pick({
  url: true,
  authority: true,
  agencyId: true,
  agencyName: true,
});
export type AddressText = z.infer<typeof AddressTextSchema>;

const addressBeginning = 'antin-server1.';

export function writeAddress(address: AddressText): string {
  return addressBeginning + Buffer.from(JSON.stringify(address)).toString('base64url');
}

/** Null when the text is no address, or only a part of one. */
export function readAddress(text: string): AddressText | null {
  return read(text, addressBeginning, AddressTextSchema);
}

/** Null when the text is no invitation, or only a part of one. */
export function readInvitation(text: string): InvitationText | null {
  return read(text, beginning, InvitationTextSchema);
}

function read<Schema extends z.ZodType>(
  text: string,
  begins: string,
  schema: Schema,
): z.output<Schema> | null {
  const packed = text.replace(/\s/gu, '');
  if (!packed.startsWith(begins)) return null;
  try {
    const json: unknown = JSON.parse(Buffer.from(packed.slice(begins.length), 'base64url').toString());
    return schema.parse(json);
  } catch {
    return null; // Cut off, mistyped or something else altogether.
  }
}
