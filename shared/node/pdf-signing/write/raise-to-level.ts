import { isBelow, type Instant, type ProofLevel } from '#shared/kernel/public.ts';
import type { TimestampService } from '../evidence/timestamp.ts';
import { addDocumentTimestamp } from './add-document-timestamp.ts';
import {
  addValidationData,
  isUnanswered,
  type Validated,
  type ValidationOrder,
} from './add-validation-data.ts';
import { proveLastTimestamp } from './prove-last-timestamp.ts';
import { signField, type SignOrder } from './sign-field.ts';

type Aim = Pick<ValidationOrder, 'lists'> &
  Readonly<{
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

/** Signs and brings the signature towards a level; whoever wants that level or nothing looks at what is `missing`. */
export async function signToLevel(order: SignOrder, aim: Aim): Promise<Validated> {
  if (aim.level === 'B-B') return { pdf: await signField(order), found: [], missing: [] };
  const stamped = await signField({ ...order, timestamp: aim.service });
  return raiseToLevel({ ...aim, pdf: stamped, from: 'B-T', at: order.signedAt, only: order.field });
}

/**
 * Brings a signed file towards a level by later revisions. A time-stamp inside a signature cannot be added once it is
 * written, since its bytes stay: a stamp over the document then proves instead that it existed (B-T, and above it B-LTA).
 */
export async function raiseToLevel(order: Raise): Promise<Validated> {
  const { service, at, from, level } = order;
  const asGiven: Validated = { pdf: order.pdf, found: [], missing: [] };
  if (!isBelow(from, level)) return asGiven;
  const stamp = (pdf: Uint8Array): Promise<Uint8Array> => addDocumentTimestamp({ pdf, service, at });
  if (level === 'B-T') return { ...asGiven, pdf: await stamp(order.pdf) };
  const proven = isBelow(from, 'B-LT') ? await addValidationData({ ...order, ask: service.ask }) : asGiven;
  if (isUnanswered(proven)) {
    // The moment is worth keeping while the rest is owed: what is stamped today was signed by today.
    return { ...proven, pdf: from === 'B-B' ? await stamp(order.pdf) : order.pdf };
  }
  if (level === 'B-LT') return proven;
  return {
    ...proven,
    pdf: await proveLastTimestamp({ ...order, pdf: await stamp(proven.pdf), ask: service.ask }),
  };
}
