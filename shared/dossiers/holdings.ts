import { ref, type AggregateRef, type DocumentId, type States } from '../kernel/public.ts';
import { mayRead, personAggregate, readingScope, type Person } from '../directory/public.ts';
import { documentAggregate, type OfficialDocument } from '../documents/public.ts';
import { taskAggregate } from '../workflow/public.ts';
import { dossierAggregate, fileListAggregate } from './aggregates.ts';
import type { Holdings } from './closing.ts';
import { fileListId, type Dossier } from './model.ts';

/** What lies in a file and its parts. */
export function heldBy(read: AggregateRef, states: States): readonly AggregateRef[] {
  const dossier = read.kind === 'dossier' ? states.of(dossierAggregate, read.id) : null;
  if (dossier === null) return [];
  return [
    ...dossier.parts.map((part) => ref('dossier', part)),
    ...dossier.items.map(({ document }) => ref('document', document)),
  ];
}

/** Every paper of these files, once. */
export function papersIn(dossiers: readonly Dossier[]): readonly DocumentId[] {
  return [...new Set(dossiers.flatMap(({ items }) => items.map(({ document }) => document)))];
}

/** What a file leads to: its parts, their papers, the tasks given on those and by meetings, who does them, and the list of its year. */
export function holdingsOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  if (read.kind === 'dossier') {
    const dossier = states.of(dossierAggregate, read.id);
    if (dossier === null) return [];
    const list = ref('fileList', fileListId(dossier.year));
    return [list, ...heldBy(read, states), ...tasksOfMeetings(dossier)];
  }
  if (read.kind === 'task') {
    const task = states.of(taskAggregate, read.id);
    return task?.meeting === undefined || task.person === null ? [] : [ref('person', task.person)];
  }
  const document = read.kind === 'document' ? states.of(documentAggregate, read.id) : null;
  return document?.direction === 'incoming' ? document.tasks.map((task) => ref('task', task)) : [];
}

function tasksOfMeetings({ excerpts = [] }: Dossier): readonly AggregateRef[] {
  const conclusions = excerpts.flatMap((excerpt) => excerpt.conclusions);
  return conclusions.flatMap(({ task }) => (task == null ? [] : [ref('task', task)]));
}

export function holdings(dossier: Dossier, states: States, reads: Holdings['reads']): Holdings {
  const parts = dossier.parts
    .map((part) => states.of(dossierAggregate, part))
    .filter((part) => part !== null);
  return {
    dossier,
    parts,
    reads,
    document: (id) => states.of(documentAggregate, id),
    task: (id) => states.of(taskAggregate, id),
    person: (id) => states.of(personAggregate, id),
    list: states.of(fileListAggregate, fileListId(dossier.year)),
  };
}

export function isReadBy(
  actor: Person | null,
  document: OfficialDocument | null,
): document is OfficialDocument {
  return document !== null && actor !== null && mayRead(readingScope(actor), document);
}
