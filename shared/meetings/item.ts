import {
  assertNever,
  type Act,
  type AgendaItemId,
  type Aggregate,
  type DocumentId,
  type MeetingId,
  type PaperId,
  type PersonId,
  type VoteId,
} from '../kernel/public.ts';
import type { AgendaItem, ItemDecision, ItemFields, Paper } from './item-model.ts';
import type { SharedNote } from './private-notes.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type AgendaItemAct =
  | ActOf<'itemPut', { meeting: MeetingId; fields: ItemFields; readers: PersonId[] }>
  | ActOf<'itemShown', { readers: PersonId[] }>
  | ActOf<
      'paperKept',
      { paper: PaperId; name: string; document: DocumentId | null; version: Paper['versions'][number] }
    >
  | ActOf<'positionTaken', { person: PersonId; position: AgendaItem['positions'][string] }>
  | ActOf<'noteTaken', { note: AgendaItem['notes'][number] }>
  | ActOf<'noteShared', { note: SharedNote }>
  | ActOf<'voteHeld', { vote: VoteId }>
  | ActOf<'itemDecided', { decision: ItemDecision }>
  | ActOf<'conclusionDrawn', { conclusion: AgendaItem['conclusions'][number] }>;

export const agendaItemAggregate: Aggregate<AgendaItem, AgendaItemAct> = {
  kind: 'agendaItem',
  evolve(state, act) {
    if (act.type === 'itemPut') {
      const { meeting, fields, readers } = act.body;
      const empty = {
        papers: [],
        positions: {},
        votes: [],
        decision: null,
        conclusions: [],
        notes: [],
        shared: [],
      };
      return { ...empty, ...state, ...fields, id: act.on.id as AgendaItemId, meeting, readers };
    }
    if (state === null) throw new Error('An act happened to an item that was never put on an agenda');
    return evolveKnown(state, act);
  },
};

function evolveKnown(before: AgendaItem, act: Exclude<AgendaItemAct, { type: 'itemPut' }>): AgendaItem {
  switch (act.type) {
    case 'itemShown':
      return { ...before, readers: act.body.readers };
    case 'paperKept':
      return { ...before, papers: withVersion(before.papers, act.body) };
    case 'positionTaken': {
      const { person, position } = act.body;
      return { ...before, positions: { ...before.positions, [person]: position } };
    }
    case 'noteTaken':
      return { ...before, notes: [...before.notes, act.body.note] };
    case 'noteShared': {
      const { note } = act.body;
      return { ...before, shared: [...before.shared.filter(({ id }) => id !== note.id), note] };
    }
    case 'voteHeld':
      return { ...before, votes: [...before.votes, act.body.vote] };
    case 'itemDecided':
      return { ...before, decision: act.body.decision };
    case 'conclusionDrawn':
      return { ...before, conclusions: [...before.conclusions, act.body.conclusion] };
    default:
      return assertNever(act);
  }
}

function withVersion(
  papers: readonly Paper[],
  { paper: id, name, document, version }: Extract<AgendaItemAct, { type: 'paperKept' }>['body'],
): Paper[] {
  const isThere = papers.some((paper) => paper.id === id);
  if (!isThere) return [...papers, { id, name, document, versions: [version] }];
  return papers.map((paper) =>
    paper.id === id ? { ...paper, name, document, versions: [...paper.versions, version] } : paper,
  );
}
