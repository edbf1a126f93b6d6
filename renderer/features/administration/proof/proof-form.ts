import {
  ProofPolicySchema,
  defaultProofPolicy,
  type Agency,
  type ProofPolicy,
} from '#shared/directory/public.ts';

/** What is filled in; without a service nothing is stamped, and the rest says nothing. */
export type ProofForm = Readonly<{ service: string; level: ProofPolicy['level']; marginDays: number }>;

export const proofMargins = [30, 60, 90, 180, 365] as const;

export function proofFormOf(proof: Agency['proof']): ProofForm {
  return proof === null ? { service: '', ...defaultProofPolicy } : { ...proof };
}

/** The arrangement as it would be recorded; undefined where the address of the service is none. */
export function readProofForm({ service, level, marginDays }: ProofForm): ProofPolicy | null | undefined {
  if (service.trim() === '') return null;
  const read = ProofPolicySchema.safeParse({ service, level, marginDays });
  return read.success ? read.data : undefined;
}

/** The margins to choose from, with the one that is set where it is none of ours. */
export function marginsWith(marginDays: number): readonly number[] {
  return [...new Set([...proofMargins, marginDays])].toSorted((a, b) => a - b);
}
