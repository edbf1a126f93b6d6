import type { ProofPolicy } from '#shared/directory/public.ts';
import { AppError, isBelow } from '#shared/kernel/public.ts';
import type { ProofFault } from '#shared/signing/public.ts';
import type { Strengthened } from './strengthen.ts';

export function faultOf({ code, params }: AppError, reasons: readonly string[] = []): ProofFault {
  return { code, params: { ...params }, reasons: [...reasons] };
}

/** Whether the time-stamping service is to blame: then the next file would fare no better. */
export function isOfService({ code }: AppError): boolean {
  return code.startsWith('signing.service-') || code.startsWith('signing.timestamp-');
}

/** What a file still lacks although everything was asked; null when it stands where it should. */
export function missingFault(
  { missing, level }: Strengthened,
  policy: Pick<ProofPolicy, 'level'>,
): ProofFault | null {
  const unanswered = missing.find(({ reasons }) => reasons.some((reason) => reason !== 'names-no-service'));
  if (unanswered !== undefined) {
    const { certificate, reasons } = unanswered;
    return faultOf(new AppError('signing.proof-owed', { name: certificate.commonName }), reasons);
  }
  if (!isBelow(level, policy.level)) return null;
  return faultOf(
    new AppError('signing.level-not-reached', { level: policy.level }),
    missing[0]?.reasons ?? [],
  );
}
