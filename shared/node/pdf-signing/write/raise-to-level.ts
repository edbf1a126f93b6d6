import { isBelow, type Instant, type ProofLevel } from '#shared/kernel/public.ts';
import type { TimestampService } from '../evidence/timestamp.ts';
import { addDocumentTimestamp } from './add-document-timestamp.ts';
import { addValidationData, type Validated } from './add-validation-data.ts';
import { signField, type SignOrder } from './sign-field.ts';

type Aim = Readonly<{
  level: ProofLevel;
  /** Not asked for B-B. */
  service: TimestampService;
  /** Certificates of authorities, DER, where the signatures do not bring them all. */
  roots: readonly Uint8Array[];
}>;

export type Raise = Aim &
  Readonly<{
    pdf: Uint8Array;
    /** What is proven of it already. */
    from: ProofLevel;
    at: Instant;
    /** One field alone; by default every signature and document time-stamp. */
    only?: string;
  }>;

/** How far it came: a file that falls short says which certificates nobody vouched for. */
export type Raised = Readonly<{ level: ProofLevel }> & Validated;

/** Signs and brings the signature towards a level; whoever wants that level or nothing looks at what is `missing`. */
export async function signToLevel(order: SignOrder, aim: Aim): Promise<Raised> {
  if (aim.level === 'B-B') return { pdf: await signField(order), level: 'B-B', found: [], missing: [] };
  const stamped = await signField({ ...order, timestamp: aim.service });
  return raiseToLevel({ ...aim, pdf: stamped, from: 'B-T', at: order.signedAt, only: order.field });
}

/**
 * Brings a signed file towards a level by later revisions. A time-stamp inside a signature cannot be added once it is
 * written, since its bytes stay: a stamp over the document then proves instead that it existed (B-T, and above it B-LTA).
 */
export async function raiseToLevel(order: Raise): Promise<Raised> {
  const { service, at, from, level } = order;
  const reached: Raised = { pdf: order.pdf, level: from, found: [], missing: [] };
  if (!isBelow(from, level)) return reached;
  const stamp = (pdf: Uint8Array): Promise<Uint8Array> => addDocumentTimestamp({ pdf, service, at });
  if (level === 'B-T') return { ...reached, pdf: await stamp(order.pdf), level: 'B-T' };
  const { only } = order;
  const proven = isBelow(from, 'B-LT')
    ? await addValidationData({ ...order, ask: service.ask, ...(only === undefined ? {} : { only }) })
    : reached;
  if (proven.missing.length > 0) {
    // The moment is worth keeping while the rest is owed: what is stamped today was signed by today.
    const pdf = from === 'B-B' ? await stamp(order.pdf) : order.pdf;
    return { ...proven, pdf, level: 'B-T' };
  }
  return level === 'B-LT'
    ? { ...proven, level: 'B-LT' }
    : { ...proven, pdf: await stamp(proven.pdf), level: 'B-LTA' };
}
