import { AppError, type Instant } from '../../kernel/public.ts';
import type { VerifyReport } from '../../signing/public.ts';
import { boxed } from './boxed.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';
import { withFields } from './form-fields.ts';
import { placesIn } from './places.ts';

type Verdict = VerifyReport['verdict'];

/** One signature as it is told and shown on paper; moments are for reading. */
export type PrintedSignature = Readonly<{
  who: string;
  verdict: Verdict;
  verdictSaid: string;
  when: string;
  after: string;
  integrity: string;
  trust: string;
  reasons: readonly PrintedReason[];
  field: string;
  level: string;
  indication: string;
  signedAt: string;
  provenAt: string;
  certificate: Readonly<{
    name: string;
    organization: string;
    issuer: string;
    serial: string;
    validity: string;
  }> | null;
  /** How many bytes of the file it covers from the first on, and in which save, counted from 1. */
  coveredBytes: number | null;
  save: number | null;
}>;

export type PrintedReason = Readonly<{ code: string; said: string }>;

export type VerificationPrint = Readonly<{
  agency: string;
  superior: string | null;
  file: Readonly<{ name: string; size: number; hash: string; document: string | null }>;
  checkedAt: string;
  checkedBy: string;
  verdict: Verdict;
  verdictSaid: string;
  reasons: readonly PrintedReason[];
  signatures: readonly PrintedSignature[];
  /** The authorities the verdict leans on, with SHA-256 of their certificates. */
  roots: readonly Readonly<{ name: string; fingerprint: string }>[];
  /** The revocation lists that were at hand beside the file. */
  lists: readonly Readonly<{ issuer: string; madeAt: string; until: string }>[];
  /** Leaves a place for the seal, so wide; null for a report that nobody seals. */
  sealMm: number | null;
  frozenAt: Instant;
}>;

/** The report on the signatures of one file, PDF/A-3a, with the field `seal` when it is to be sealed. */
export async function verificationPdf(print: VerificationPrint): Promise<Uint8Array> {
  try {
    return await printed(print);
  } catch (error) {
    // The names in somebody else's certificate must not keep what is wrong with it from being printed.
    if (!(error instanceof AppError) || error.code !== 'typesetting.undrawn') throw error;
    return printed(boxed(print, String(error.params['letters']).split(' ')));
  }
}

async function printed({ frozenAt, ...print }: VerificationPrint): Promise<Uint8Array> {
  const document = layOut('verification.typ', { print, frozen: frozenParts(frozenAt) });
  return withFields(exportPdf(document, frozenAt), print.sealMm === null ? [] : placesIn(document));
}
