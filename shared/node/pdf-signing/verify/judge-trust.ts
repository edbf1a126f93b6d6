import type { RevocationReason } from '../evidence/revocation.ts';
import { isForTimestamping } from '../evidence/check-timestamp.ts';
import { isWeakAlgorithm } from '../cms/check-signature.ts';
import { signatureCheckUnits } from '../pdf/budget.ts';
import { keyEndMs } from '../pki/algorithm-ends.ts';
import { pathsToRoots, type ChainQuestion } from '../pki/build-chain.ts';
import type { Certificate } from '../pki/certificate.ts';
import { maySign } from '../pki/signer-key.ts';
import type { KnownEvidence } from './known-evidence.ts';
import { revocationAt, type Moments, type Revocation } from './revocation-at.ts';

export type Trust = 'trusted' | 'untrusted' | 'revoked' | 'expired' | 'unknown';

/** Why a certificate is not trusted: `reason.<code>` of the report. */
export type TrustReason =
  | 'no-trust-roots'
  | 'certificate-not-for-this-use'
  | 'certificate-is-an-authority'
  | 'no-path-to-trust'
  | 'unknown-critical-extension'
  | 'weak-algorithm'
  | 'not-yet-valid'
  | 'expired'
  | 'revoked'
  | 'no-revocation-data'
  | 'from-the-future'
  | 'certificate-not-bound';

export type TrustVerdict = Readonly<{
  trust: Trust;
  reason: TrustReason | null;
  /** From the certificate to its root; empty when no way leads there. */
  path: readonly Certificate[];
  revokedAtMs: number | null;
}>;

export type TrustQuestion = ChainQuestion &
  Moments &
  Readonly<{ use: 'signing' | 'time-stamping'; evidence: KnownEvidence }>;

/** Judges whether a certificate leads to a trusted root for the moment it was used; without roots it cannot say. */
export function judgeTrust(question: TrustQuestion): TrustVerdict {
  const { leaf, roots, use } = question;
  if (roots.length === 0) return no('unknown', 'no-trust-roots');
  const isRightUse = use === 'signing' ? maySign(leaf) : isForTimestamping(leaf);
  if (!isRightUse) return no('untrusted', 'certificate-not-for-this-use');
  if (leaf.isAuthority) return no('untrusted', 'certificate-is-an-authority');
  const { budget } = question.evidence;
  const judged = pathsToRoots(question, () => budget.spend(signatureCheckUnits)).map((path) =>
    judgePath(path, question),
  );
  // One sound way is enough; otherwise the nearest miss says most.
  return order.flatMap((trust) => judged.filter((one) => one.trust === trust))[0] ?? noPath;
}

const order: readonly Trust[] = ['trusted', 'unknown', 'revoked', 'expired', 'untrusted'];

const noPath = no('untrusted', 'no-path-to-trust');

function no(trust: Trust, reason: TrustReason): TrustVerdict {
  return { trust, reason, path: [], revokedAtMs: null };
}

function judgePath(path: readonly Certificate[], question: TrustQuestion): TrustVerdict {
  const { usedMs, untilMs } = question;
  const said = (trust: Trust, reason: TrustReason | null): TrustVerdict => ({
    trust,
    reason,
    path,
    revokedAtMs: null,
  });
  if (path.some((one) => one.unknownCritical)) return said('untrusted', 'unknown-critical-extension');
  if (path.some((one) => isTooWeak(one, path, untilMs))) return said('untrusted', 'weak-algorithm');
  if (path.some((one) => usedMs < one.notBeforeMs)) return said('untrusted', 'not-yet-valid');
  const links = path.map((certificate, i) => linkOf(certificate, path[i + 1], question));
  const revoked = links.flatMap(({ found }) => (countsAgainst(found, question) ? [found.atMs] : []));
  if (revoked.length > 0) {
    return { trust: 'revoked', reason: 'revoked', path, revokedAtMs: Math.min(...revoked) };
  }
  if (path.some((one) => untilMs > one.notAfterMs)) return said('expired', 'expired');
  // A certificate that says where it may be revoked is believed only with an answer from there.
  const isProven = links.every(({ found, isRevocable }) => !isRevocable || found.state !== 'unknown');
  return isProven ? said('trusted', null) : said('unknown', 'no-revocation-data');
}

/** A root is trusted for what it is; its own signature and its algorithm's last day say nothing. */
function isTooWeak(one: Certificate, path: readonly Certificate[], untilMs: number): boolean {
  if (one === path.at(-1)) return keyEndMs(one) === 0;
  return (
    keyEndMs(one) <= untilMs ||
    isWeakAlgorithm({ algorithm: one.signatureAlgorithm, parameters: one.signatureParameters })
  );
}

type Link = Readonly<{ found: Revocation; isRevocable: boolean }>;

function linkOf(certificate: Certificate, issuer: Certificate | undefined, question: TrustQuestion): Link {
  if (issuer === undefined) return { found: { state: 'good' }, isRevocable: false };
  const found = revocationAt({ certificate, issuer }, question.evidence, question);
  return { found, isRevocable: certificate.saysWhereRevoked };
}

function countsAgainst(
  found: Revocation,
  { usedMs, untilMs, use }: TrustQuestion,
): found is Revocation & { state: 'revoked' } {
  if (found.state !== 'revoked') return false;
  if (found.atMs <= usedMs) return true;
  return use === 'time-stamping' && found.atMs <= untilMs && !harmless.has(found.reason);
}

/** RFC 3161 4: after these, stamps made before the revocation stay good; after any other, all of them are in doubt. */
const harmless: ReadonlySet<RevocationReason> = new Set([
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
]);
