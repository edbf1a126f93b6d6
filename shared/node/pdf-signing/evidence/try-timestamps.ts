import { randomBytes } from 'node:crypto';
import { instantFrom, type Instant } from '#shared/kernel/public.ts';
import { readTimestampToken } from '../cms/read-timestamp.ts';
import { newBudget, signatureCheckUnits } from '../pdf/budget.ts';
import { pathsToRoots, readRoots } from '../pki/build-chain.ts';
import { askTimestamp, type TimestampService } from './timestamp.ts';

/** What a time-stamping service shows of itself when it is asked for a stamp nobody keeps. */
export type Tried = Readonly<{
  /** The moment it wrote. */
  time: Instant;
  /** Its certificate, DER. */
  certificate: Uint8Array;
  /** Whether that goes back to one of the roots that are trusted here. */
  isTrusted: boolean;
}>;

type Trial = Readonly<{ service: TimestampService; roots: readonly Uint8Array[]; at: Instant }>;

/** Has some random bytes stamped and says by whom; refused as it would be for a signature. */
export async function tryTimestamps({ service, roots, at }: Trial): Promise<Tried> {
  const token = await askTimestamp([randomBytes(32)], service, at);
  const { cms, info } = readTimestampToken(token);
  const { signer, certificates } = cms;
  // `askTimestamp` believes no token without its certificate.
  if (signer === null) throw new Error('A time-stamp was believed without its certificate');
  const budget = newBudget();
  const ways = pathsToRoots({ leaf: signer, pool: certificates, roots: readRoots(roots) }, () =>
    budget.spend(signatureCheckUnits),
  );
  return {
    time: instantFrom(info.genTimeMs),
    certificate: signer.der,
    // Whether it was revoked is asked when one of its stamps is kept.
    isTrusted: ways.length > 0,
  };
}
