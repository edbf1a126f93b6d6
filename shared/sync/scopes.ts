import { readingScope, type Audience, type Person } from '../directory/public.ts';
import type { OfficialDocument } from '../documents/public.ts';
import { assertNever, ref, type Aggregate, type Act, type AggregateRef } from '../kernel/public.ts';
import { documentAggregate } from '../documents/public.ts';
import { taskAggregate } from '../workflow/public.ts';

/** A stretch of the log that somebody may read: `directory`, `agency`, `unit:<id>` or `person:<id>`. */
export type Scope = string;

export function ownScope(person: Person['id']): Scope {
  return `person:${person}`;
}

/** What a person's desk holds: who is who, what concerns them, and as much of the papers as they may read. */
export function scopesOfPerson(person: Person): readonly Scope[] {
  const scope = readingScope(person);
  if (scope.kind === 'nothing') return person.active ? ['directory', ownScope(person.id)] : [];
  const more = scope.kind === 'agency' ? ['agency'] : scope.kind === 'unit' ? [`unit:${scope.unit}`] : [];
  return ['directory', ownScope(person.id), ...more];
}

type StateOf = <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;

/** Whose desks hold this aggregate now. A task is read by whoever reads its paper; numbers by whoever reads every paper. */
export function scopesOfAggregate({ kind, id }: AggregateRef, stateOf: StateOf): readonly Scope[] {
  switch (kind) {
    case 'agency':
    case 'unit':
    case 'person':
    case 'delegation':
    case 'authority':
    case 'certificate':
    case 'device':
      return ['directory'];
    case 'invitation':
      return [];
    case 'register':
      return ['agency'];
    case 'document':
      return scopesOfAudience(stateOf(documentAggregate, id));
    case 'task': {
      const task = stateOf(taskAggregate, id);
      return task === null ? [] : scopesOfAudience(stateOf(documentAggregate, task.document));
    }
    default:
      return assertNever(kind);
  }
}

/** What comes with an aggregate when it is shown to somebody for the first time: a paper with its tasks. */
export function togetherWith({ kind, id }: AggregateRef, stateOf: StateOf): readonly AggregateRef[] {
  if (kind !== 'document') return [];
  const document: OfficialDocument | null = stateOf(documentAggregate, id);
  return document?.direction === 'incoming' ? document.tasks.map((task) => ref('task', task)) : [];
}

function scopesOfAudience(audience: Audience | null): readonly Scope[] {
  if (audience === null) return [];
  return [
    'agency',
    ...audience.units.map((unit) => `unit:${unit}`),
    ...audience.people.map((person) => ownScope(person)),
  ];
}
