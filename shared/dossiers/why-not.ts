import { refuse, type Refusal } from '../kernel/public.ts';
import type { Person } from '../directory/public.ts';
import type { Dossier } from './model.ts';

/** Why somebody may not change a file now; greys the button, guards the command, writes the sentence. */
export function whyNotOpenDossier(dossier: Dossier | null, actor: Person | null): Refusal | null {
  if (dossier === null) return refuse('dossiers.unknown');
  if (dossier.state !== 'open') return refuse('dossiers.is-closed', { code: dossier.code });
  return whyNotKeeper(dossier, actor);
}

export function whyNotClosedDossier(dossier: Dossier | null, actor: Person | null): Refusal | null {
  if (dossier === null) return refuse('dossiers.unknown');
  if (dossier.state !== 'closed') return refuse('dossiers.is-open', { code: dossier.code });
  return whyNotKeeper(dossier, actor);
}

/** The maker keeps the file (NĐ 30 Đ29); the head of the unit and the clerk, who looks after them all (Đ32), may step in. */
function whyNotKeeper({ maker, units, code }: Dossier, actor: Person | null): Refusal | null {
  if (actor?.id === maker || actor?.roles.includes('clerk') === true) return null;
  const isHead = actor?.roles.includes('unit-head') === true && units.includes(actor.unit);
  return isHead ? null : refuse('dossiers.only-keeper', { code });
}
