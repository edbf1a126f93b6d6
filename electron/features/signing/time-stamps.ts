import { randomBytes } from 'node:crypto';
import { tryTimestamps, type SignOrder, type TimestampService } from '#shared/node/pdf-signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { askOverHttp } from '#shared/node/http/public.ts';
import { factsOf } from './key-files.ts';
import { proofPolicyOf } from './proofs/policy.ts';
import { trustedRoots } from './trust.ts';

/** Whoever signs waits for the network so long and no longer. */
const signerWaitsMs = 3000;
const administratorWaitsMs = 10_000;
/** A service that failed a signer is left alone for a while, so that thirty signatures do not wait thirty times. */
const leftAloneMs = 60_000;

const failedAtMs = new Map<string, number>();

/** A time-stamping service, as the work at hand can wait for it. */
export function serviceAt(url: string, timeoutMs: number): TimestampService {
  return { url, ask: askOverHttp({ timeoutMs }), newNonce: () => randomBytes(8) };
}

/**
 * How a signature made now is stamped, by the agency's own arrangement: at once or not at all. Without an answer it is
 * made all the same (B-B), and the moment is proven later by a stamp over the document.
 */
export function stampAtOnce({ open: { desk } }: Signed): Pick<SignOrder, 'timestamp' | 'unstamped'> {
  const proof = proofPolicyOf(desk);
  if (proof === null) return {};
  const { service: url } = proof;
  const failed = failedAtMs.get(url);
  if (failed !== undefined && performance.now() - failed < leftAloneMs) return {};
  return {
    timestamp: serviceAt(url, signerWaitsMs),
    unstamped: () => {
      failedAtMs.set(url, performance.now());
    },
  };
}

/** What a service shows of itself, before the agency relies on it; a service that does wrong is refused with why. */
export async function tryService({ open: { desk } }: Signed, url: string) {
  const service = serviceAt(url, administratorWaitsMs);
  const tried = await tryTimestamps({ service, roots: trustedRoots(desk), at: desk.now() });
  const { name, issuer, validTo } = factsOf(tried.certificate);
  return { time: tried.time, isTrusted: tried.isTrusted, name, issuer, validTo };
}
