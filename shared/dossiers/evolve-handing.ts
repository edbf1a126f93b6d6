import { assertNever } from '../kernel/public.ts';
import type { DossierAct } from './acts.ts';
import type { Dossier } from './model.ts';

const handingTypes = [
  'dossierOffered',
  'dossierGivenBack',
  'dossierWithdrawn',
  'dossierArchived',
  'dossierKeptBack',
  'dossierTransferred',
] as const;
type HandingAct = Extract<DossierAct, { type: (typeof handingTypes)[number] }>;

export function isHandingAct(act: DossierAct): act is HandingAct {
  const types: readonly string[] = handingTypes;
  return types.includes(act.type);
}

/** A file on its way to the archive: while it is offered or archived the archive reads it. */
export function evolveHanding(before: Dossier, act: HandingAct): Dossier {
  if (act.type === 'dossierKeptBack') return { ...before, keptBack: act.body };
  if (act.type === 'dossierOffered') {
    const handing = { ...act.body, returned: null, archived: null, transferred: null };
    return { ...before, state: 'offered', handing, inArchive: [before.id] };
  }
  const { handing } = before;
  if (handing === undefined) throw new Error('A file that was never offered is nowhere on its way');
  switch (act.type) {
    case 'dossierGivenBack':
      return { ...before, state: 'closed', handing: { ...handing, returned: act.body }, inArchive: [] };
    case 'dossierWithdrawn':
      return { ...before, state: 'closed', inArchive: [] };
    case 'dossierArchived':
      return { ...before, state: 'archived', handing: { ...handing, archived: act.body } };
    case 'dossierTransferred':
      return { ...before, state: 'transferred', handing: { ...handing, transferred: act.body } };
    default:
      return assertNever(act);
  }
}
