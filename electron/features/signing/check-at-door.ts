import type { DoorCheck } from '#shared/documents/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import type { Desk } from '../../store/desk.ts';
import { trustOf } from './trust.ts';

const mostReasons = 20;

/** Checks the signatures of a file as it comes in, before it may be registered (NĐ 30 Đ21). */
export function checkAtDoor(desk: Pick<Desk, 'db' | 'agencyId' | 'now'>, pdf: Uint8Array): DoorCheck {
  const at = desk.now();
  const { verdict, reasons, signatures } = verifyPdf(pdf, { ...trustOf(desk), at });
  const doubtful = signatures.filter((one) => one.verdict !== 'valid');
  const people = signatures.filter(({ role }) => role !== 'timestamp');
  return {
    verdict,
    at,
    reasons: [...new Set([...reasons, ...doubtful.flatMap((one) => one.reasons)])].slice(0, mostReasons),
    signers: [...new Set(people.map(({ signer }) => signer.slice(0, 200)))].slice(0, mostReasons),
  };
}
