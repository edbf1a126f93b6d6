import { instantFrom } from '#shared/kernel/public.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import type { PdfFile } from '../pdf/document.ts';
import { textOf, type PdfDict } from '../pdf/values.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Coverage } from './coverage.ts';
import { indicate } from './indication.ts';
import { judgeTrust, type TrustVerdict } from './judge-trust.ts';
import { laterChanges } from './later-changes.ts';
import { reachedLevel, type CarriedAt } from './reached-level.ts';
import type { SignatureFacts } from './signature-facts.ts';
import { judgeTime, timeReasons, type Known } from './time-proof.ts';

/** A document time-stamp that is trusted: everything before its revision existed at its moment. */
export type TimeProof = Readonly<{ revision: number; genTimeMs: number }>;

export type SignatureQuestion = Readonly<{
  file: PdfFile;
  facts: SignatureFacts;
  /** All signatures of the file. */
  all: readonly SignatureFacts[];
  known: Known;
  /** The trusted document time-stamps. */
  proofs: readonly TimeProof[];
  carriedAt: CarriedAt;
}>;

/** Judges one signature of the file at the moment for which it is proven, or now; doubt is never called valid. */
export function verifySignature(question: SignatureQuestion): SignatureReport {
  const { file, facts, all } = question;
  const { field, signature, coverage, proof, change, isGone } = facts;
  const { trust, time, provenMs } = trustAt(question);
  const integrity = isGone ? 'broken' : (change?.integrity ?? 'broken');
  const claimed = claimedTime(signature);
  const found = indicate({
    isIntact: proof.intact && !isGone,
    isForbidden: change?.isForbidden === true,
    isExplained: integrity !== 'broken',
    isWeak: proof.isWeak,
    trust: trust.trust,
    trustReason: trust.reason,
    isAfterRevocation: claimed !== null && Date.parse(claimed) >= (trust.revokedAtMs ?? Infinity),
    isProven: provenMs !== null,
    reasons: proof.reasons,
  });
  return {
    field: field.name,
    signer: proof.signer?.commonName ?? textOf(signature.entries.get('Name')) ?? '',
    role: proof.form === 'DocTimeStamp' ? 'timestamp' : roleOf(field.name),
    level: reachedLevel(facts, all, question.carriedAt),
    signedAt: claimed,
    ...stampFacts(proof.token),
    provenAt: provenMs === null ? null : instantFrom(provenMs),
    integrity,
    trust: trust.trust,
    reasons: reasonsOf(facts, trust, time),
    ...found,
    certificate: proof.signer === null ? null : certificateFacts(proof.signer),
    ...zoneOf(file, coverage, integrity),
  };
}

function stampFacts(
  token: SignatureFacts['proof']['token'],
): Pick<SignatureReport, 'timestamp' | 'timestampBy'> {
  if (token === null) return { timestamp: null, timestampBy: null };
  return { timestamp: instantFrom(token.genTimeMs), timestampBy: token.signer?.commonName ?? null };
}

function reasonsOf(
  { proof, change, isGone }: SignatureFacts,
  { reason }: TrustVerdict,
  time: TrustVerdict | null,
): string[] {
  const all = [
    ...proof.reasons,
    ...(change?.reasons ?? []),
    ...(isGone ? ['signature-removed'] : []),
    ...(reason === null ? [] : [reason]),
    ...(time === null || proof.form === 'DocTimeStamp' ? [] : timeReasons(time)),
  ];
  return [...new Set(all)];
}

type Zone = Pick<SignatureReport, 'coversWholeFile' | 'revision' | 'signedBytes' | 'changesAfter'>;

function zoneOf(file: PdfFile, coverage: Coverage, integrity: SignatureReport['integrity']): Zone {
  if (!coverage.ok) return { coversWholeFile: false, revision: null, signedBytes: null, changesAfter: [] };
  const { revision, end, wholeFile } = coverage;
  const changesAfter = integrity === 'allowed-changes' ? [...laterChanges(file, revision)] : [];
  return { coversWholeFile: wholeFile, revision, signedBytes: end, changesAfter };
}

type Judged = Readonly<{ trust: TrustVerdict; time: TrustVerdict | null; provenMs: number | null }>;

/** EN 319 102-1 5.6: the signer's certificate counts for the earliest moment at which the signature is proven. */
function trustAt({ facts: { proof, coverage }, known, proofs }: SignatureQuestion): Judged {
  if (proof.signer === null || !proof.intact || !coverage.ok) return nothing;
  const stamped = proofs.flatMap((one) => (one.revision > coverage.revision ? [one.genTimeMs] : []));
  const untilMs = Math.min(known.atMs, ...stamped);
  const time = proof.token === null ? null : judgeTime(proof.token, known, untilMs);
  if (proof.form === 'DocTimeStamp') {
    return {
      trust: time ?? nothing.trust,
      time,
      provenMs: stamped.length === 0 ? null : Math.min(...stamped),
    };
  }
  const moments = time?.trust === 'trusted' ? [...stamped, proof.token?.genTimeMs ?? Infinity] : stamped;
  const provenMs = moments.length === 0 ? null : Math.min(...moments);
  const usedMs = provenMs ?? known.atMs;
  const trust = judgeTrust({
    leaf: proof.signer,
    pool: [...proof.certificates, ...known.evidence.certificates],
    roots: known.roots,
    evidence: known.evidence,
    use: 'signing',
    usedMs,
    untilMs: usedMs,
    nowMs: known.atMs,
  });
  return { trust, time, provenMs };
}

const nothing: Judged = {
  trust: { trust: 'unknown', reason: null, path: [], revokedAtMs: null },
  time: null,
  provenMs: null,
};

function certificateFacts(one: Certificate): NonNullable<SignatureReport['certificate']> {
  return {
    issuer: one.issuerCommonName,
    organization: one.organization,
    serial: Buffer.from(one.serial).toString('hex'),
    validFrom: instantFrom(one.notBeforeMs),
    validTo: instantFrom(one.notAfterMs),
  };
}

const roles: readonly string[] = ['leader', 'seal', 'initials', 'copy'];

function roleOf(field: string): string | null {
  return (
    roles.find((role) => field === role || field.startsWith(`${role}-`) || field.startsWith(`${role}.`)) ??
    null
  );
}
/** The claimed time of /M as an instant; a claim, not a proof. */
function claimedTime(signature: PdfDict): string | null {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?'?)?/.exec(
    textOf(signature.entries.get('M')) ?? '',
  );
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  const ms = sign === '-' ? local + offset : local - offset;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
