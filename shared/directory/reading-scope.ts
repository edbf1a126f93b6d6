import {
  assertNever,
  refuse,
  type DossierId,
  type PersonId,
  type Refusal,
  type UnitId,
} from '../kernel/public.ts';
import type { Person } from './model.ts';

/** What of the agency's papers a person may read (`design.md` 13). */
export type ReadingScope =
  | Readonly<{ kind: 'agency' }>
  | Readonly<{ kind: 'unit'; unit: UnitId; person: PersonId; archive: boolean }>
  | Readonly<{ kind: 'own'; person: PersonId; archive: boolean }>
  | Readonly<{ kind: 'archive' }>
  | Readonly<{ kind: 'nothing' }>;

export type Audience = Readonly<{
  people: readonly PersonId[];
  units: readonly UnitId[];
  /** The files handed to the archive by which its archivists read it; none once they were given back. */
  inArchive?: readonly DossierId[] | undefined;
}>;

export function readingScope(person: Person): ReadingScope {
  if (!person.active) return { kind: 'nothing' };
  const has = (role: Person['roles'][number]) => person.roles.includes(role);
  if (has('clerk') || has('leader') || has('chief')) return { kind: 'agency' };
  const archive = has('archivist');
  if (has('unit-head')) return { kind: 'unit', unit: person.unit, person: person.id, archive };
  if (has('officer') || has('meeting-secretary')) return { kind: 'own', person: person.id, archive };
  // An administrator reads no content; an archivist what is handed to the archive, and nothing else.
  return archive ? { kind: 'archive' } : { kind: 'nothing' };
}

export function mayRead(scope: ReadingScope, audience: Audience): boolean {
  const isInArchive = (audience.inArchive ?? []).length > 0;
  switch (scope.kind) {
    case 'agency':
      return true;
    case 'unit':
      if (audience.units.includes(scope.unit) || audience.people.includes(scope.person)) return true;
      return scope.archive && isInArchive;
    case 'own':
      return audience.people.includes(scope.person) || (scope.archive && isInArchive);
    case 'archive':
      return isInArchive;
    case 'nothing':
      return false;
    default:
      return assertNever(scope);
  }
}

/** Why a paper cannot be given to somebody: they are not here, or their roles read no papers. */
export function whyNotReceivePapers(person: Person | null): Refusal | null {
  if (person === null || !person.active) return refuse('directory.unknown-person');
  const { kind } = readingScope(person);
  return kind === 'nothing' || kind === 'archive'
    ? refuse('directory.reads-no-papers', { name: person.name })
    : null;
}
