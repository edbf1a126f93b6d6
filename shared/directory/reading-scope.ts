import { refuse, type PersonId, type Refusal, type UnitId } from '../kernel/public.ts';
import type { Person } from './model.ts';

/** What of the agency's papers a person may read (`design.md` 13). */
export type ReadingScope =
  | Readonly<{ kind: 'agency' }>
  | Readonly<{ kind: 'unit'; unit: UnitId; person: PersonId }>
  | Readonly<{ kind: 'own'; person: PersonId }>
  | Readonly<{ kind: 'nothing' }>;

export type Audience = Readonly<{ people: readonly PersonId[]; units: readonly UnitId[] }>;

export function readingScope(person: Person): ReadingScope {
  if (!person.active) return { kind: 'nothing' };
  const has = (role: Person['roles'][number]) => person.roles.includes(role);
  if (has('clerk') || has('leader') || has('chief')) return { kind: 'agency' };
  if (has('unit-head')) return { kind: 'unit', unit: person.unit, person: person.id };
  if (has('officer') || has('meeting-secretary')) return { kind: 'own', person: person.id };
  // An administrator reads no content; an archivist reads closed dossiers, which come with the archive.
  return { kind: 'nothing' };
}

export function mayRead(scope: ReadingScope, audience: Audience): boolean {
  switch (scope.kind) {
    case 'agency':
      return true;
    case 'unit':
      return audience.units.includes(scope.unit) || audience.people.includes(scope.person);
    case 'own':
      return audience.people.includes(scope.person);
    case 'nothing':
      return false;
  }
}

/** Why a paper cannot be given to somebody: they are not here, or their roles read no papers. */
export function whyNotReceivePapers(person: Person | null): Refusal | null {
  if (person === null || !person.active) return refuse('directory.unknown-person');
  return readingScope(person).kind === 'nothing'
    ? refuse('directory.reads-no-papers', { name: person.name })
    : null;
}
