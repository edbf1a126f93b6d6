import type { Hash } from '../kernel/public.ts';
import type { OfficialDocument, Outgoing, StoredFile, StoredProof } from './model.ts';

/** The files of a document whose signatures the agency answers for: the sealed page, and what was sealed apart. */
export function sealedFilesOf(document: OfficialDocument): readonly StoredFile[] {
  if (document.direction !== 'outgoing' || document.file === null) return [];
  if (document.state !== 'sealed' && document.state !== 'issued') return [];
  return [document.file, ...document.sealedAttachments.map(({ file }) => file)];
}

/** What proves a sealed file so far; null until something was added after it. */
export function proofOf({ proofs }: Pick<Outgoing, 'proofs'>, of: Hash): StoredProof | null {
  return proofs.find((proof) => proof.of === of) ?? null;
}

/** The file in which its signatures are looked at: what proves it where there is such a file, else the page itself. */
export function provenFileOf(document: OfficialDocument): StoredFile | null {
  const { file } = document;
  if (document.direction !== 'outgoing' || file === null) return file;
  return proofOf(document, file.hash)?.file ?? file;
}
