import type { ReadingAct } from './acts.ts';
import type { OfficialDocument } from './model.ts';

/** Whoever read a paper goes on reading it; only the archive stops when a file is given back. */
export function evolveReading(document: OfficialDocument | null, act: ReadingAct): OfficialDocument {
  if (document === null) throw new Error('Nothing is shown');
  if (act.type === 'documentShown') {
    const { person, unit } = act.body;
    const people = [...new Set([...document.people, person])];
    return { ...document, people, units: [...new Set([...document.units, unit])] };
  }
  const { dossier } = act.body;
  const others = (document.inArchive ?? []).filter((one) => one !== dossier);
  return { ...document, inArchive: act.type === 'documentOffered' ? [...others, dossier] : others };
}
