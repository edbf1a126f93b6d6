import { leaseGuardNames } from '../documents/public.ts';

/**
 * The safety guards of the protocol, each of which a test can take away to see that the simulation notices
 * (`sync.md` 4.2). A program never takes one away.
 */
export const guardNames = [
  'dedupe',
  'dseq-order',
  'rights-now',
  'history',
  'chain-check',
  'requeue',
  'refused-stays',
  'undo-guesses',
  'evict',
  'prune',
  'stable',
  'signature',
  'fence',
  'file-first',
  'file-shown',
  'file-proof',
  'file-name',
  'file-rights',
  'file-again',
  'draft-rights',
  'draft-open',
  'draft-held',
  'draft-again',
  'draft-beginning',
  ...leaseGuardNames,
] as const;
export type Guard = (typeof guardNames)[number];
export type Guards = Readonly<Record<Guard, boolean>>;

export const allGuards: Guards = Object.fromEntries(guardNames.map((name) => [name, true])) as Guards;
