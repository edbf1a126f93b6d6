import { mayRead, readingScope, type Audience, type Person } from '../directory/public.ts';
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
import { dossierAggregate, handOverAggregate } from '../dossiers/public.ts';
import { readingAggregate } from '../reading/public.ts';
import { consignmentAggregate, deliveryAggregate } from '../exchange/public.ts';
import {
  agendaItemAggregate,
  isOfProposal,
  meetingAggregate,
  proposalAggregate,
  voteAggregate,
} from '../meetings/public.ts';
import { taskAggregate, type Task } from '../workflow/public.ts';

/** A stretch of the log that somebody may read: `directory`, `agency`, `archive`, `unit:<id>` or `person:<id>`. */
export type Scope = string;

export function ownScope(person: Person['id']): Scope {
  return `person:${person}`;
}

/** What a person's desk holds: who is who, what concerns them, and as much of the papers as they may read. */
export function scopesOfPerson(person: Person): readonly Scope[] {
  const scope = readingScope(person);
  if (scope.kind === 'nothing') return person.active ? ['directory', ownScope(person.id)] : [];
  const base: readonly Scope[] = ['directory', ownScope(person.id)];
  switch (scope.kind) {
    case 'agency':
      return [...base, 'agency'];
    case 'archive':
      return [...base, 'archive'];
    case 'unit':
      return [...base, `unit:${scope.unit}`, ...(scope.archive ? ['archive'] : [])];
    case 'own':
      return [...base, ...(scope.archive ? ['archive'] : [])];
    default:
      return assertNever(scope);
  }
}

type StateOf = <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;

type Readers = 'everybody' | 'nobody' | 'agency' | 'audience' | 'people';

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
  // A refused act says which freeze or case it met, to whoever meets it.
  lock: 'everybody',
  retention: 'everybody',
  disposal: 'audience',
  meetingBody: 'everybody',
  invitation: 'nobody',
  register: 'agency',
  document: 'audience',
  task: 'audience',
  consignment: 'audience',
  delivery: 'audience',
  dossier: 'audience',
  handOver: 'audience',
  // A desk's own fixings come back to whoever works there; nobody else needs them.
  accessLog: 'nobody',
  stamps: 'everybody',
  reading: 'audience',
  // Whoever reads every paper still does not sit in every meeting: each is shown by name.
  meeting: 'people',
  agendaItem: 'people',
  vote: 'people',
  proposal: 'people',
};

/** Whose desks hold this aggregate now. A task is read by whoever reads its paper; numbers by whoever reads every paper. */
export function scopesOfAggregate(about: AggregateRef, stateOf: StateOf): readonly Scope[] {
  const task = about.kind === 'task' ? stateOf(taskAggregate, about.id) : null;
  // What a meeting gave concerns who gave it, who does it and who sat there, and nobody for reading every paper.
  const readers = task?.document === null ? 'people' : readersOf[about.kind];
  switch (readers) {
    case 'everybody':
      return ['directory'];
    case 'nobody':
      return [];
    case 'agency':
      return ['agency'];
    case 'people':
      return peopleOf(about, stateOf).map((person) => ownScope(person));
    case 'audience': {
      const scopes = [...audienceScopes(audienceOf(about, stateOf)), ...toldAs(about, stateOf)];
      // A delivery that is only awaited concerns whoever reads every paper.
      return about.kind === 'delivery' && scopes.length === 0 ? ['agency'] : scopes;
    }
    default:
      return assertNever(readers);
  }
}

/** What comes with an aggregate when it is shown to somebody for the first time: a paper with its tasks, or its ledgers, an item with its votes and tasks. */
export function togetherWith({ kind, id }: AggregateRef, stateOf: StateOf): readonly AggregateRef[] {
  if (kind === 'agendaItem') {
    const item = stateOf(agendaItemAggregate, id);
    const tasks = (item?.conclusions ?? []).flatMap(({ task }) => (task === null ? [] : [ref('task', task)]));
    return [...(item?.votes ?? []).map((vote) => ref('vote', vote)), ...tasks];
  }
  if (kind !== 'document') return [];
  const document: OfficialDocument | null = stateOf(documentAggregate, id);
  if (document?.direction === 'outgoing') {
    return (document.consignments ?? []).map((one) => ref('consignment', one.id));
  }
  const delivery = document?.origin === undefined ? [] : [ref('delivery', document.origin.delivery)];
  const tasks = [...(document?.withdrawnTasks ?? []), ...(document?.tasks ?? [])];
  return [...tasks.map((task) => ref('task', task)), ...delivery];
}

/** What speaks of stored files, and who may have them. */
export type FileHolder = Readonly<{ held: unknown; isReader: (person: Person) => boolean }>;

/** What a stored file belongs to, by its id: a paper, a hand-over with its minutes, an agenda item or a proposal with its papers. */
export function holderOfFiles(id: string, stateOf: StateOf): FileHolder | null {
  const held = stateOf(documentAggregate, id) ?? stateOf(handOverAggregate, id);
  if (held !== null) return { held, isReader: (person) => mayRead(readingScope(person), held) };
  const item = stateOf(agendaItemAggregate, id);
  if (item !== null) {
    return { held: item, isReader: (person) => person.active && item.readers.includes(person.id) };
  }
  const proposal = stateOf(proposalAggregate, id);
  return (
    proposal && { held: proposal, isReader: (person) => person.active && isOfProposal(proposal, person.id) }
  );
}

/** Of which kinds it is. */
export const kindsWithFiles: ReadonlySet<AggregateKind> = new Set([
  'document',
  'handOver',
  'agendaItem',
  'proposal',
]);

function peopleOf({ kind, id }: AggregateRef, stateOf: StateOf): readonly Person['id'][] {
  if (kind === 'task') return followers(stateOf(taskAggregate, id), stateOf);
  if (kind === 'proposal') {
    const proposal = stateOf(proposalAggregate, id);
    return proposal === null ? [] : [...new Set([proposal.proposer, ...proposal.deciders])];
  }
  if (kind === 'meeting') return stateOf(meetingAggregate, id)?.people ?? [];
  // A vote is read by whoever reads what it is about.
  const item = kind === 'vote' ? stateOf(voteAggregate, id)?.item : id;
  return item === undefined ? [] : (stateOf(agendaItemAggregate, item)?.readers ?? []);
}

/** Who gave it and who does it; and whoever sits in the meeting follows what it gave. */
function followers(task: Task | null, stateOf: StateOf): readonly Person['id'][] {
  const doing = [task?.giver, task?.person].filter((person) => person != null);
  const item = task?.meeting === undefined ? null : stateOf(agendaItemAggregate, task.meeting.item);
  return [...new Set([...doing, ...(item?.readers ?? [])])];
}

/** A paper, and what belongs to one, is read by the same people. */
function audienceOf(about: AggregateRef, stateOf: StateOf): Audience | null {
  if (about.kind === 'dossier') return stateOf(dossierAggregate, about.id);
  // Whoever keeps the archive, and whoever reads every paper.
  if (about.kind === 'disposal') return { people: [], units: [], inArchive: [] };
  if (about.kind === 'handOver') return stateOf(handOverAggregate, about.id);
  if (about.kind === 'reading') {
    const reading = stateOf(readingAggregate, about.id);
    // The archive answers it, and whoever asked follows it.
    return reading === null ? null : { people: [reading.reader], units: [], inArchive: [] };
  }
  const id = paperOf(about, stateOf);
  return id === null ? null : stateOf(documentAggregate, id);
}

function audienceScopes(audience: Audience | null): readonly Scope[] {
  if (audience === null) return [];
  return [
    'agency',
    ...audience.units.map((unit) => `unit:${unit}`),
    ...audience.people.map((person) => ownScope(person)),
    // What was given back stays in its scope, so that nothing is missing when it is offered again; who reads it is
    // another question (`mayRead`).
    ...(audience.inArchive === undefined ? [] : ['archive']),
  ];
}

/**
 * NĐ 30 Đ30: the archive is given a list of the files that are kept back. Its desks have such a file, so that the list is theirs
 * to print, and not its papers; nobody reads it there before it is handed over (`mayRead`).
 */
function toldAs({ kind, id }: AggregateRef, stateOf: StateOf): readonly Scope[] {
  const dossier = kind === 'dossier' ? stateOf(dossierAggregate, id) : null;
  return dossier?.keptBack !== undefined && dossier.inArchive === undefined ? ['archive'] : [];
}

function paperOf({ kind, id }: AggregateRef, stateOf: StateOf): string | null {
  if (kind === 'task') return stateOf(taskAggregate, id)?.document ?? null;
  if (kind === 'consignment') return stateOf(consignmentAggregate, id)?.document ?? null;
  return kind === 'delivery' ? (stateOf(deliveryAggregate, id)?.document ?? null) : id;
}
