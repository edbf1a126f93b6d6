import { assertNever } from '../kernel/public.ts';
import { withLock, withoutLock } from '../documents/public.ts';
import type { DossierAct } from './acts.ts';
import type { Dossier } from './model.ts';
import { isShorter } from './retention.ts';

const types = [
  'dossierLocked',
  'dossierUnlocked',
  'dossierConsidered',
  'dossierSpared',
  'dossierDestroyed',
] as const;
type KeepingAct = Extract<DossierAct, { type: (typeof types)[number] }>;

export function isKeepingAct(act: DossierAct): act is KeepingAct {
  return types.some((type) => type === act.type);
}

/** What keeps a file as it is, and how it goes in the end. */
export function evolveKeeping(before: Dossier, act: KeepingAct): Dossier {
  switch (act.type) {
    case 'dossierLocked':
      return { ...before, locks: withLock(before.locks, act.body.lock) };
    case 'dossierUnlocked':
      return { ...before, locks: withoutLock(before.locks, act.body.lock.id) };
    case 'dossierConsidered':
      return { ...before, state: 'considered', disposal: { id: act.body.disposal, from: before.state } };
    case 'dossierSpared': {
      const { retention } = act.body;
      const isLonger = retention !== null && isShorter(before.retention, retention);
      const state = before.disposal?.from ?? before.state;
      return { ...before, state, disposal: null, retention: isLonger ? retention : before.retention };
    }
    case 'dossierDestroyed':
      return { ...before, state: 'destroyed', disposal: null, locks: [], destroyed: act.body };
    default:
      return assertNever(act);
  }
}
