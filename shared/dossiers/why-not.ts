import { refuse, type Refusal } from '../kernel/public.ts';
import type { Person } from '../directory/public.ts';
import type { Dossier } from './model.ts';

/** Why somebody may not change a file now; greys the button, guards the command, writes the sentence. */
export function whyNotOpenDossier(dossier: Dossier | null, actor: Person | null): Refusal | null {
  if (dossier === null) return refuse('dossiers.unknown');
  const { state, code } = dossier;
  if (state !== 'open') return refuse(`dossiers.is-${state}`, { code });
  return whyNotKeeper(dossier, actor) ?? whyNotFrozen(dossier);
}

export function whyNotClosedDossier(dossier: Dossier | null, actor: Person | null): Refusal | null {
  if (dossier === null) return refuse('dossiers.unknown');
  const { state, code } = dossier;
  if (state !== 'closed') return refuse(`dossiers.is-${state}`, { code });
  return whyNotKeeper(dossier, actor);
}

/** NĐ 30 PL6 I.9: a frozen file is neither moved nor changed, by whomever. */
export function whyNotFrozen({ code, locks = [] }: Dossier): Refusal | null {
  const freeze = locks.find(({ kind }) => kind === 'freeze');
  if (freeze === undefined) return null;
  return refuse('dossiers.is-frozen', { code, name: freeze.name, reason: freeze.reason });
}

/** A case holds it: it is neither destroyed nor kept for a shorter time, and its papers stay in it. */
export function whyNotHeld({ code, locks = [] }: Dossier): Refusal | null {
  const hold = locks.find(({ kind }) => kind === 'hold');
  if (hold === undefined) return null;
  return refuse('dossiers.is-held', { code, name: hold.name, reason: hold.reason });
}

/** A file that is ended may be packed by its keepers, and by the archive from when it is offered. */
export function whyNotPack(dossier: Dossier | null, actor: Person | null): Refusal | null {
  if (dossier === null) return refuse('dossiers.unknown');
  const { state, code } = dossier;
  if (state === 'open' || state === 'destroyed') return refuse(`dossiers.is-${state}`, { code });
  const isArchivist = actor?.roles.includes('archivist') === true && (dossier.inArchive ?? []).length > 0;
  return isArchivist ? null : whyNotKeeper(dossier, actor);
}

/** The maker keeps the file (NĐ 30 Đ29); the head of the unit and the clerk, who looks after them all (Đ32), may step in. */
function whyNotKeeper({ maker, units, code }: Dossier, actor: Person | null): Refusal | null {
  if (actor?.id === maker || actor?.roles.includes('clerk') === true) return null;
  const isHead = actor?.roles.includes('unit-head') === true && units.includes(actor.unit);
  return isHead ? null : refuse('dossiers.only-keeper', { code });
}
