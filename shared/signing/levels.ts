import { isBelow, proofLevels, type ProofLevel } from '../kernel/public.ts';
import type { VerifyReport } from './contract.ts';

/** How far a whole file is proven: as far as the least of its signatures. Older forms prove no more than a bare one. */
export function levelOf({ signatures }: Pick<VerifyReport, 'signatures'>): ProofLevel {
  const own = signatures.filter(({ level }) => level !== 'DocTimeStamp');
  const levels = own.map(({ level }) => proofLevels.find((known) => known === level) ?? 'B-B');
  const [first = 'B-B', ...others] = levels;
  return others.reduce((least, level) => (isBelow(level, least) ? level : least), first);
}
