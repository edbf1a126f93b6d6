import { readingScope, type Audience, type Person } from '../directory/public.ts';
import type { OfficialDocument } from '../documents/public.ts';
import {
  assertNever,
  ref,
  type Aggregate,
  type AggregateKind,
  type Act,
  type AggregateRef,
} from '../kernel/public.ts';
import { documentAggregate } from '../documents/public.ts';
import { dossierAggregate } from '../dossiers/public.ts';
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

type Readers = 'everybody' | 'nobody' | 'agency' | 'audience';

/** Who reads each kind of thing. The danh mục is everybody's; a file is read by its makers, as a paper by whom it concerns. */
const readersOf: Readonly<Record<AggregateKind, Readers>> = {
  agency: 'everybody',
  unit: 'everybody',
  person: 'everybody',
  delegation: 'everybody',
  authority: 'everybody',
  certificate: 'everybody',
  device: 'everybody',
  peer: 'everybody',
  fileList: 'everybody',
  invitation: 'nobody',
  register: 'agency',
  document: 'audience',
  task: 'audience',
  consignment: 'audience',
  delivery: 'audience',
  dossier: 'audience',
};

/** Whose desks hold this aggregate now. A task is read by whoever reads its paper; numbers by whoever reads every paper. */
export function scopesOfAggregate(about: AggregateRef, stateOf: StateOf): readonly Scope[] {
  const readers = readersOf[about.kind];
  switch (readers) {
    case 'everybody':
      return ['directory'];
    case 'nobody':
      return [];
    case 'agency':
      return ['agency'];
    case 'audience': {
      const scopes = audienceScopes(audienceOf(about, stateOf));
      // A delivery that is only awaited concerns whoever reads every paper.
      return about.kind === 'delivery' && scopes.length === 0 ? ['agency'] : scopes;
    }
    default:
      return assertNever(readers);
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
function audienceOf(about: AggregateRef, stateOf: StateOf): Audience | null {
  if (about.kind === 'dossier') return stateOf(dossierAggregate, about.id);
  const id = paperOf(about, stateOf);
  return id === null ? null : stateOf(documentAggregate, id);
}

function audienceScopes(audience: Audience | null): readonly Scope[] {
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
