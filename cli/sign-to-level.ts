import { AppError } from '../shared/kernel/public.ts';
import {
  addDocumentTimestamp,
  addValidationData,
  signField,
  type SignOrder,
  type TimestampService,
  type Validated,
} from '../shared/node/pdf-signing/public.ts';
import { sentence } from './setup/sentences.mjs';

export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export type Level = (typeof levels)[number];

export type LevelOrder = Readonly<{
  level: Level;
  /** Not asked for B-B. */
  service: TimestampService;
  /** Certificates of authorities, DER, where the key file does not hold them all. */
  roots: readonly Uint8Array[];
}>;

/** Signs up to a PAdES baseline level, or not at all: what cannot be proven is not called proven. */
export async function signToLevel(
  order: SignOrder,
  { level, service, roots }: LevelOrder,
): Promise<Uint8Array> {
  if (level === 'B-B') return signField(order);
  const stamped = await signField({ ...order, timestamp: service });
  if (level === 'B-T') return stamped;
  const { ask } = service;
  const at = order.signedAt;
  const proven = await addValidationData({ pdf: stamped, ask, roots, at, only: order.field });
  refuseUnproven(proven);
  if (level === 'B-LT') return proven.pdf;
  return addDocumentTimestamp({ pdf: proven.pdf, service, at });
}

function refuseUnproven({ found, missing }: Validated): void {
  const revoked = found.find(({ answer }) => answer.status === 'revoked');
  if (revoked !== undefined) {
    throw new AppError('signing.proven-revoked', { name: revoked.certificate.commonName });
  }
  const [first] = missing;
  if (first === undefined) return;
  const why = first.reasons.map((reason) => sentence(`reason.${reason}`)).join(' ');
  throw new AppError('signing.proof-missing', { name: first.certificate.commonName, why });
}
