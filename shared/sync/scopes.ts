import { readingScope, type Audience, type Person } from '../directory/public.ts';
import type { OfficialDocument } from '../documents/public.ts';
import { assertNever, ref, type Aggregate, type Act, type AggregateRef } from '../kernel/public.ts';
import { documentAggregate } from '../documents/public.ts';
import { consignmentAggregate, deliveryAggregate } from '../exchange/public.ts';
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
    case 'peer':
      return ['directory'];
    case 'invitation':
      return [];
    case 'register':
      return ['agency'];
    // One that is only awaited concerns whoever reads every paper.
    case 'delivery':
      return [...new Set(['agency', ...scopesOfPaper({ kind, id }, stateOf)])];
    case 'document':
    case 'task':
    case 'consignment':
      return scopesOfPaper({ kind, id }, stateOf);
    default:
      return assertNever(kind);
  }
}

/** What comes with an aggregate when it is shown to somebody for the first time: a paper with its tasks, or its ledgers. */
export function togetherWith({ kind, id }: AggregateRef, stateOf: StateOf): readonly AggregateRef[] {
  if (kind !== 'document') return [];
  const document: OfficialDocument | null = stateOf(documentAggregate, id);
  if (document?.direction === 'outgoing') {
    return (document.consignments ?? []).map((one) => ref('consignment', one.id));
  }
  const delivery = document?.origin === undefined ? [] : [ref('delivery', document.origin.delivery)];
  const tasks = [...(document?.withdrawnTasks ?? []), ...(document?.tasks ?? [])];
  return [...tasks.map((task) => ref('task', task)), ...delivery];
}

/** A paper, and what belongs to one, is read by the same people. */
function scopesOfPaper(about: AggregateRef, stateOf: StateOf): readonly Scope[] {
  const id = paperOf(about, stateOf);
  const audience: Audience | null = id === null ? null : stateOf(documentAggregate, id);
  if (audience === null) return [];
  return [
    'agency',
    ...audience.units.map((unit) => `unit:${unit}`),
    ...audience.people.map((person) => ownScope(person)),
  ];
}

function paperOf({ kind, id }: AggregateRef, stateOf: StateOf): string | null {
  if (kind === 'task') return stateOf(taskAggregate, id)?.document ?? null;
  if (kind === 'consignment') return stateOf(consignmentAggregate, id)?.document ?? null;
  return kind === 'delivery' ? (stateOf(deliveryAggregate, id)?.document ?? null) : id;
}
