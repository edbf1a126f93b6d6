import { AppError, type Instant } from '#shared/kernel/public.ts';
import { isSealedApart, type SealedAttachment, type StoredFile } from '#shared/documents/public.ts';
import { markedField, signField, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import { markFont } from '#shared/node/typesetting/public.ts';
import { attachmentMark } from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import type { stampAtOnce } from './time-stamps.ts';

/** Why a file cannot be signed, as its name is said with it. */
const unsealable: Readonly<Record<string, AppError['code']>> = {
  'signing.encrypted-pdf': 'documents.attachment-encrypted',
  'signing.field-locked': 'documents.attachment-closed',
  'signing.unreadable-pdf': 'documents.attachment-unreadable',
  'signing.own-check-failed': 'documents.attachment-unreadable',
};

/** Refuses, by its name, a PDF that could not carry the agency's signature of its own (NĐ 30 PL1 II). */
export function mustBeSealable(name: string, pdf: Uint8Array): void {
  try {
    markedField(pdf, 'seal');
  } catch (error) {
    throw named(error, name);
  }
}

type WholeFile = Readonly<{ given: StoredFile; pdf: Uint8Array }>;

/** The attachments that will carry the seal, read and found fit for it before any key is asked for. */
export async function attachmentsToSeal(
  { open }: Signed,
  attachments: readonly StoredFile[],
): Promise<readonly WholeFile[]> {
  const files: WholeFile[] = [];
  for (const given of attachments.filter(isSealedApart)) {
    open.shared?.mustBeHere(given.hash);
    const pdf = await open.blobs.read(given.hash, 0, given.size);
    mustBeSealable(given.name, pdf);
    files.push({ given, pdf });
  }
  return files;
}

type Sealing = Readonly<{
  key: SignerKey;
  notation: string;
  signerName: string;
  at: Instant;
  stamp: () => ReturnType<typeof stampAtOnce>;
}>;
export type SealedFile = Readonly<{ given: StoredFile; pdf: Uint8Array }>;

/** Signs each with the agency's key, showing number and time in the upper right corner; nothing is kept yet. */
export async function sealEach(
  files: readonly WholeFile[],
  sealing: Sealing,
): Promise<readonly SealedFile[]> {
  const { key, notation, signerName, at, stamp } = sealing;
  const text = attachmentMark(notation, at);
  const mark = files.length === 0 ? null : { text, font: markFont(text) };
  const sealed: SealedFile[] = [];
  for (const { given, pdf } of files) {
    if (mark === null) break;
    const order = { pdf, field: markedField(pdf, 'seal'), key, signedAt: at, signerName, mark };
    try {
      sealed.push({ given, pdf: await signField({ ...order, ...stamp(), role: 'seal' }) });
    } catch (error) {
      throw named(error, given.name);
    }
  }
  return sealed;
}

/** Keeps the sealed bytes under the names the files were given. */
export async function keepSealed(
  { open }: Signed,
  files: readonly SealedFile[],
): Promise<SealedAttachment[]> {
  const kept: SealedAttachment[] = [];
  for (const { given, pdf } of files) {
    const { hash, size } = await open.blobs.put(pdf);
    kept.push({ of: given.hash, file: { hash, size, name: given.name, pages: given.pages } });
  }
  return kept;
}

function named(error: unknown, name: string): unknown {
  const code = error instanceof AppError ? unsealable[error.code] : undefined;
  return code === undefined ? error : new AppError(code, { name }, error);
}
