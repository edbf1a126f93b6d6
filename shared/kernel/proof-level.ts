import { z } from 'zod';

/** How far a signature is proven, from the least (PAdES baseline, EN 319 142-1 6). */
export const proofLevels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export const ProofLevelSchema = z.enum(proofLevels);
export type ProofLevel = z.infer<typeof ProofLevelSchema>;

export function isBelow(level: ProofLevel, other: ProofLevel): boolean {
  return proofLevels.indexOf(level) < proofLevels.indexOf(other);
}
