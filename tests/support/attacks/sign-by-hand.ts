import { createHash } from 'node:crypto';
import { buildCades } from '#shared/node/pdf-signing/cms/build-cades.ts';
import { fillPlaceholder } from '#shared/node/pdf-signing/write/fill-placeholder.ts';
import { signaturePlaceholder } from '#shared/node/pdf-signing/write/signature-dictionary.ts';
import { readValue } from '#shared/node/pdf-signing/pdf/tokens.ts';
import { isDict } from '#shared/node/pdf-signing/pdf/values.ts';
import { signedAt, type SigningOffice } from '../signing-office.ts';
import { bodyOf, text, withRevision } from './craft.ts';

export type HandSigning = Readonly<{
  /** The object number of a signature field; its value is exchanged. */
  field: number;
  who: 'leader' | 'officer' | 'seal';
  /** Objects written in the same revision; the field's own body too. */
  objects?: Readonly<Record<number, string>>;
  /** An entry of /Reference, as text. */
  reference?: string;
  trailer?: string;
}>;

/** Numbers for signatures made by hand, each its own. */
const firstNumber = 84;

/** Signs as somebody with a key of the office but without its program: nothing is checked, nothing is refused. */
export async function signByHand(office: SigningOffice, pdf: Buffer, plan: HandSigning): Promise<Buffer> {
  const { field, who, objects = {}, reference, trailer } = plan;
  const num = firstNumber + (text(pdf).match(/\/Type \/Sig /g)?.length ?? 0);
  const placeholder = signaturePlaceholder({
    signedAt,
    signerName: who,
    reference: reference === undefined ? null : dictOf(reference),
    reserveBytes: 8192,
  });
  const own = objects[field] ?? bodyOf(pdf, field).replace(/\s*\/V \d+ 0 R/, '');
  const body = own.includes(`/V ${num}`) ? own : own.replace(/>>\s*$/, ` /V ${num} 0 R>>`);
  const bytes = withRevision(pdf, {
    objects: { ...objects, [field]: body, [num]: placeholder.bytes.toString('latin1') },
    ...(trailer === undefined ? {} : { trailer }),
  });
  const at = text(bytes).lastIndexOf(`${num} 0 obj\n`) + `${num} 0 obj\n`.length;
  await fillPlaceholder({ pdf: bytes, placeholder, at }, async (pieces) => {
    const hash = createHash('sha256');
    for (const piece of pieces) hash.update(piece);
    return buildCades(hash.digest(), office[who].key);
  });
  return bytes;
}

function dictOf(spelt: string) {
  const value = readValue({ bytes: Buffer.from(spelt, 'latin1'), at: 0 });
  if (!isDict(value)) throw new Error('a reference is a dictionary');
  return value;
}
