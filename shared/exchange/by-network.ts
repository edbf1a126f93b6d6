import type { Consignment } from './ledger.ts';

/** Whether the network is, or was, how this recipient gets the document; otherwise it goes by post or e-mail. */
export function isByNetwork({ state, queuedAt }: Pick<Consignment, 'state' | 'queuedAt'>): boolean {
  const neverLeft = state === 'withdrawn' && queuedAt === null;
  return state !== 'expired' && !neverLeft;
}
