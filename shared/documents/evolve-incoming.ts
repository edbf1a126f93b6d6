import { assertNever, type DocumentId, type PersonId, type UnitId } from '../kernel/public.ts';
import type { IncomingAct } from './acts.ts';
import { settleFiled } from './filing.ts';
import type { Incoming, OfficialDocument } from './model.ts';
import { incomingTransitions, nextState, type IncomingEvent } from './transitions.ts';

export function evolveIncoming(before: OfficialDocument | null, act: IncomingAct): Incoming {
  switch (act.type) {
    case 'incomingArrived':
      return {
        ...blank(act.on.id as DocumentId),
        file: act.body.file,
        hasScript: act.body.hasScript,
        check: act.body.check,
        suggestion: act.body.suggestion,
        ...(act.body.origin === undefined ? {} : { origin: act.body.origin }),
        ...(act.body.attachments === undefined ? {} : { attachments: act.body.attachments }),
        ...(act.body.mail === undefined ? {} : { mail: act.body.mail }),
        holder: { kind: 'role', role: 'clerk' },
      };
    case 'secretTurnedAway':
      return { ...blank(act.on.id as DocumentId), state: 'refused', refusedBecause: act.body.rule };
    default:
      return evolveKnown(incoming(before), act);
  }
}

type LaterAct = Exclude<IncomingAct, { type: 'incomingArrived' | 'secretTurnedAway' }>;

function evolveKnown(document: Incoming, act: LaterAct): Incoming {
  switch (act.type) {
    case 'incomingRefused':
      return { ...to(document, 'refuse'), refusedBecause: act.body.reason, holder: null };
    case 'incomingRegistered':
      return {
        ...to(document, 'register'),
        fields: act.body.fields,
        arrival: act.body.arrival,
        dueOn: act.body.fields.dueOn,
        holder: { kind: 'person', id: act.body.presentTo },
        people: withPeople(document, [act.body.presentTo]),
      };
    case 'registrationCorrected':
      return {
        ...to(document, 'correct'),
        fields: act.body.fields,
        // Once a direction names who leads, the deadline is the one it set.
        dueOn: document.leadTask === null ? act.body.fields.dueOn : document.dueOn,
      };
    case 'directionGiven':
      return directed(document, act);
    case 'directionWithdrawn':
      return withoutDirection(document, act);
    case 'taskPassedOn':
      return {
        ...document,
        people: withPeople(document, [act.body.to]),
        holder: act.body.role === 'lead' ? { kind: 'person', id: act.body.to } : document.holder,
      };
    case 'handlingStarted':
      return to(document, 'start');
    case 'handlingFinished':
      return settleFiled({ ...to(document, 'finish'), holder: null });
    case 'handlingReopened':
      return { ...to(document, 'reopen'), holder: { kind: 'person', id: act.body.to } };
    case 'replyLinked':
      return { ...to(document, 'linkReply'), replies: [...new Set([...document.replies, act.body.reply])] };
    case 'incomingRecalled':
      return { ...to(document, 'recall'), recalledBecause: act.body.reason, holder: null };
    default:
      return assertNever(act);
  }
}

function directed(document: Incoming, act: LaterAct & { type: 'directionGiven' }): Incoming {
  const { assignments, inform } = act.body;
  const lead = assignments.find((assignment) => assignment.role === 'lead');
  const people = assignments.flatMap(({ to }) => (to.kind === 'person' ? [to.id] : []));
  const units = assignments.flatMap(({ to }) => (to.kind === 'unit' ? [to.id] : []));
  return {
    ...to(document, 'direct'),
    holder: lead?.to ?? document.holder,
    leadTask: lead?.task ?? document.leadTask,
    dueOn: lead?.dueOn ?? document.dueOn,
    tasks: [...document.tasks, ...act.body.tasks],
    people: withPeople(document, [...people, ...inform]),
    units: [...new Set<UnitId>([...document.units, ...units])],
  };
}

function withoutDirection(document: Incoming, act: LaterAct & { type: 'directionWithdrawn' }): Incoming {
  return {
    ...to(document, 'withdrawDirection'),
    holder: { kind: 'person', id: act.body.presentTo },
    leadTask: null,
    tasks: [],
    withdrawnTasks: [...(document.withdrawnTasks ?? []), ...document.tasks],
    dueOn: document.fields?.dueOn ?? null,
  };
}

function to(document: Incoming, event: IncomingEvent): Incoming {
  const state = nextState(incomingTransitions, document.state, event);
  if (state === null) throw new Error(`No way from ${document.state} by ${event}`);
  return { ...document, state };
}

function withPeople(document: Incoming, more: readonly PersonId[]): PersonId[] {
  return [...new Set([...document.people, ...more])];
}

function incoming(document: OfficialDocument | null): Incoming {
  if (document?.direction !== 'incoming') throw new Error('Not a received document');
  return document;
}

function blank(id: DocumentId): Incoming {
  return {
    id,
    direction: 'incoming',
    state: 'arrived',
    holder: null,
    people: [],
    units: [],
    certifiedCopies: [],
    proofs: [],
    file: null,
    hasScript: false,
    check: null,
    suggestion: null,
    fields: null,
    arrival: null,
    refusedBecause: null,
    dueOn: null,
    leadTask: null,
    tasks: [],
    replies: [],
  };
}
