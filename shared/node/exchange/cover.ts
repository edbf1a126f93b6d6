import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError, HashSchema, canonicalJson, type Hash } from '../../kernel/public.ts';
import {
  EnvelopeSchema,
  LetterSchema,
  ReceiptSchema,
  StatementSchema,
  signedBytes,
  type Member,
  type SignedKind,
  type Envelope,
  type Letter,
  type Receipt,
  type Statement,
} from '../../exchange/public.ts';
import { buildCades, checkDetached, isSealingCertificate } from '../pdf-signing/public.ts';
import { fingerprintOf, type ExchangeIdentity } from './identity.ts';
import { forCertificate, openedBy } from './recipients.ts';
import { newContentKey, openContent, sealContent } from './sealed-content.ts';

/** Where a file of an envelope lies as a sealed part, and the key it opens with. */
export const PartSchema = z.object({
  /** Which payload it is, by its place: equal files stay two (`peers.md` O6). */
  place: z.int().min(0),
  hash: HashSchema,
  size: z.int().min(1),
  name: z.base64().max(40),
  key: z.base64().max(60),
});
export type Part = z.infer<typeof PartSchema>;

const signature = z.base64().max(20_000);

/** What is inside a cover: one signed thing, and for an envelope what its payload is opened with. */
export const ContentSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('envelope'),
    signed: EnvelopeSchema,
    signature,
    letter: LetterSchema,
    parts: z.array(PartSchema).max(501),
  }),
  z.object({ what: z.literal('receipt'), signed: ReceiptSchema, signature }),
  z.object({ what: z.literal('statement'), signed: StatementSchema, signature }),
]);
export type Content = z.infer<typeof ContentSchema>;

/** Signs a thing as its agency: a detached CMS signature over its canonical bytes. */
export async function signAs(
  { signing }: Pick<ExchangeIdentity, 'signing'>,
  what: SignedKind,
  value: Envelope | Receipt | Statement | Omit<Member, 'signature'>,
): Promise<string> {
  const digest = createHash('sha256').update(signedBytes(what, value)).digest();
  return Buffer.from(await buildCades(digest, signing)).toString('base64');
}

/** SHA-256 of the bytes that were signed: what receipts speak of. */
export function digestOf(what: Content['what'], value: Envelope | Receipt | Statement): Hash {
  return HashSchema.parse(createHash('sha256').update(signedBytes(what, value)).digest('hex'));
}

/** SHA-256 of a letter as an envelope names it. */
export function letterBytes(letter: Letter): Uint8Array {
  return Buffer.from(canonicalJson(letter));
}

/** Whether a content was signed by the agency with this authority, as it stands. */
export function isSignedBy(content: Content, authority: Uint8Array, atMs: number): string | null {
  const check = checkDetached({
    signature: Buffer.from(content.signature, 'base64'),
    content: signedBytes(content.what, content.signed),
    authority,
    atMs,
  });
  return check.ok ? null : check.reason;
}

const mostCoverBytes = 2 * 1024 * 1024;

/** Seals a content to its recipient's certificate. */
export async function sealCover(content: Content, certificate: Uint8Array): Promise<Uint8Array> {
  const plain = Buffer.from(canonicalJson(content));
  const key = newContentKey();
  const recipient = forCertificate(certificate, key);
  const pieces: Uint8Array[] = [];
  for await (const piece of sealContent([plain], { size: plain.length, key, recipient })) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Opens a cover; one for somebody else, altered, or of another form is refused by its code. */
export async function openCover(
  sealed: Uint8Array,
  { sealing }: Pick<ExchangeIdentity, 'sealing'>,
): Promise<Content> {
  if (sealed.length > mostCoverBytes) throw new AppError('exchange.other-sealing');
  const pieces: Uint8Array[] = [];
  const keyFor = openedBy(sealing.certificate, sealing.key);
  for await (const piece of openContent([sealed], keyFor)) pieces.push(piece);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat(pieces).toString());
  } catch (error) {
    throw new AppError('exchange.malformed', {}, error);
  }
  const read = ContentSchema.safeParse(json);
  if (!read.success) throw new AppError('exchange.malformed');
  return read.data;
}

/** Whether an agency said this of itself, under the authority it shows; whose authority that is, people compare. */
export function isMemberSound({ id, details, signature }: Member, atMs: number): boolean {
  const authority = Buffer.from(details.authority, 'base64');
  const check = checkDetached({
    signature: Buffer.from(signature, 'base64'),
    content: signedBytes('member', { id, details }),
    authority,
    atMs,
  });
  const isNamed = fingerprintOf(authority) === details.fingerprint;
  return check.ok && isNamed && isSealingCertificate(Buffer.from(details.sealing, 'base64'), authority);
}
