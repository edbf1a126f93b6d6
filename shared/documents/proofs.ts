import type { Hash } from '../kernel/public.ts';
import type { ProofAct } from './acts.ts';
import type { OfficialDocument, StoredFile, StoredProof } from './model.ts';

/** A file whose signatures the agency answers for, and the number it is known by. */
export type SignedFile = Readonly<{ file: StoredFile; notation: string }>;

/** The files of a document that are proven for years: the sealed page, what was sealed apart, and copies that count. */
export function signedFilesOf(document: OfficialDocument): readonly SignedFile[] {
  if (document.destroyed !== undefined) return [];
  const copies = document.certifiedCopies
    .filter(({ voidedBecause }) => voidedBecause === null)
    .map(({ file, notation }) => ({ file, notation }));
  if (document.direction !== 'outgoing' || document.file === null) return copies;
  if (document.state !== 'sealed' && document.state !== 'issued') return copies;
  const notation = document.number?.notation ?? '';
  const sealed = [document.file, ...document.sealedAttachments.map(({ file }) => file)];
  return [...sealed.map((file) => ({ file, notation })), ...copies];
}

/** What proves a signed file so far; null until something was added after it. */
export function proofOf({ proofs }: Pick<OfficialDocument, 'proofs'>, of: Hash): StoredProof | null {
  return proofs.find((proof) => proof.of === of) ?? null;
}

/** The file in which its signatures are looked at: what proves it where there is such a file, else the page itself. */
export function provenFileOf(document: OfficialDocument): StoredFile | null {
  const { file, destroyed } = document;
  return file === null || destroyed !== undefined ? null : (proofOf(document, file.hash)?.file ?? file);
}

/** The newest proof of a file stands for those before it, whose bytes it begins with. */
export function evolveProofs(document: OfficialDocument | null, { body }: ProofAct): OfficialDocument {
  if (document === null) throw new Error('Nothing was signed');
  const { byItself: _byItself, ...proof } = body;
  return { ...document, proofs: [...document.proofs.filter(({ of }) => of !== proof.of), proof] };
}
