import { forgedWords, honestWords } from './words.ts';
import { fillTextFields, signField } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../fielded-pdf.ts';
import { signByHand, type HandSigning } from './sign-by-hand.ts';
import { signedAt, signingOffice, type SigningOffice } from '../signing-office.ts';

/** Documents of one office, from which the attacks are made. */
export type Material = Readonly<{
  office: SigningOffice;
  plain: Buffer;
  /** Signed by the leader, to the last byte; `streamed` keeps its cross-references in streams. */
  signed: Buffer;
  streamed: Buffer;
  /** Then numbered, then sealed. */
  filled: Buffer;
  sealed: Buffer;
  /** Another paper that the same leader signed. */
  another: Buffer;
  sign: (pdf: Uint8Array, field: string, who?: 'leader' | 'officer' | 'seal') => Promise<Buffer>;
  signBy: (pdf: Buffer, plan: HandSigning) => Promise<Buffer>;
}>;

export type Attack = Readonly<{
  name: string;
  make: (from: Material) => Buffer | Promise<Buffer>;
  /**
   * How it is known to be real. `text`: the forged words can be read off the page; `look`: the page looks otherwise
   * than the signed one; `bytes`: what was changed shows only to some readers, or says something else of who signed.
   */
  seen: 'text' | 'look' | 'bytes';
}>;

export async function materialOf(): Promise<Material> {
  const office = signingOffice();
  const sign: Material['sign'] = async (pdf, field, who = 'leader') =>
    Buffer.from(await signField({ pdf, field, key: office[who].key, signedAt, signerName: who }));
  const plain = Buffer.from(fieldedPdf({ says: honestWords }));
  const signed = await sign(plain, 'leader');
  const filled = Buffer.from(fillTextFields({ pdf: signed, values: { number: '136' } }));
  return {
    office,
    plain,
    signed,
    streamed: await sign(fieldedPdf({ says: honestWords, xref: 'stream' }), 'leader'),
    filled,
    sealed: await sign(filled, 'seal', 'seal'),
    another: await sign(fieldedPdf({ says: forgedWords }), 'leader'),
    sign,
    signBy: (pdf, plan) => signByHand(office, pdf, plan),
  };
}
