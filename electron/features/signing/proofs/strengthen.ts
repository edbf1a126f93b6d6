import type { ProofPolicy } from '#shared/directory/public.ts';
import { AppError, isBelow, type Instant, type ProofLevel } from '#shared/kernel/public.ts';
import {
  isUnanswered,
  proveLastTimestamp,
  raiseToLevel,
  renewTimestamp,
  renewalDue,
  verifyPdf,
  type TimestampService,
  type Validated,
} from '#shared/node/pdf-signing/public.ts';
import { levelOf } from '#shared/signing/public.ts';
import type { KnownTrust } from '../trust.ts';

export type Strengthening = Readonly<{
  pdf: Uint8Array;
  policy: Pick<ProofPolicy, 'level' | 'marginDays'>;
  renewBy: Instant | null;
  service: TimestampService;
  /** What our own verifier leans on. */
  known: KnownTrust;
  at: Instant;
}>;

export type Strengthened = Readonly<{
  /** The given bytes when nothing had to, or could, be added. */
  pdf: Uint8Array;
  level: ProofLevel;
  renewBy: Instant | null;
  missing: Validated['missing'];
}>;

const dayMs = 86_400_000;
/** So shortly before its end a time-stamp is renewed even where nobody vouches for the last one any more. */
const lastDaysMs = 7 * dayMs;

/** Adds what a sealed file lacks of the level aimed at, or renews what grows old; our own verifier has the last word. */
export async function strengthen(order: Strengthening): Promise<Strengthened> {
  const { pdf, policy, renewBy, at } = order;
  const from = seenIn(pdf, order);
  const isDue = renewBy !== null && Date.parse(renewBy) - policy.marginDays * dayMs <= Date.parse(at);
  const grown = isDue
    ? await renew(order)
    : await raiseToLevel({ ...order, ...atHand(order), from, level: policy.level });
  if (grown.pdf === pdf) return { pdf, level: from, renewBy, missing: grown.missing };
  if (!Buffer.from(grown.pdf.buffer, grown.pdf.byteOffset, pdf.length).equals(pdf)) {
    throw new AppError('signing.own-check-failed', { field: 'DSS' });
  }
  const level = seenIn(grown.pdf, order);
  if (isBelow(level, from)) throw new AppError('signing.proof-not-valid');
  return { pdf: grown.pdf, level, renewBy: renewalDue(grown.pdf, at)?.by ?? null, missing: grown.missing };
}

async function renew(order: Strengthening): Promise<Validated> {
  const whole = { ...order, ...atHand(order) };
  const renewed = await renewTimestamp(whole);
  const isLast = order.renewBy !== null && Date.parse(order.renewBy) - lastDaysMs <= Date.parse(order.at);
  if (isUnanswered(renewed) && !isLast) return { ...renewed, pdf: order.pdf };
  return {
    ...renewed,
    pdf: await proveLastTimestamp({ ...whole, pdf: renewed.pdf, ask: order.service.ask }),
  };
}

/** What the office itself can say of certificates: the authorities it believes, and the lists it was given. */
function atHand({ known }: Strengthening) {
  return { roots: known.trust, lists: known.evidence.crls };
}

/** The level our verifier sees; a file in which it finds something wrong is not made to look proven. */
function seenIn(pdf: Uint8Array, { known, at }: Strengthening): ProofLevel {
  const report = verifyPdf(pdf, { ...known, at });
  const isSound = report.verdict === 'valid' || report.verdict === 'indeterminate';
  if (!isSound) throw new AppError('signing.proof-not-valid');
  return levelOf(report);
}
