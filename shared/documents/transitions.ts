import type { IncomingState, OutgoingState } from './model.ts';

/** State × event → state, and nothing else; who may do it stands in `why-not.ts`. */
export type Transitions<State extends string, Event extends string> = Readonly<
  Record<Event, Readonly<Partial<Record<State, State>>>>
>;

export const incomingEvents = [
  'refuse',
  'register',
  'correct',
  'direct',
  'withdrawDirection',
  'start',
  'finish',
  'reopen',
  'linkReply',
  'copy',
  'recall',
  'destroy',
] as const;
export type IncomingEvent = (typeof incomingEvents)[number];

export const incomingTransitions: Transitions<IncomingState, IncomingEvent> = {
  // NĐ 30 Đ21: what fails its check or came to the wrong place goes back, before it is registered.
  refuse: { arrived: 'refused' },
  // NĐ 30 Đ22: registration is the gate; nobody has to handle what is not registered.
  register: { arrived: 'registered' },
  correct: {
    registered: 'registered',
    directed: 'directed',
    'in-progress': 'in-progress',
    done: 'done',
    filed: 'filed',
  },
  // NĐ 30 Đ23; a later direction adds to the first.
  direct: { registered: 'directed', directed: 'directed', 'in-progress': 'in-progress' },
  withdrawDirection: { directed: 'registered' },
  start: { directed: 'in-progress', 'in-progress': 'in-progress' },
  // NĐ 30 Đ24
  finish: { directed: 'done', 'in-progress': 'done' },
  reopen: { done: 'in-progress', filed: 'in-progress' },
  linkReply: {
    registered: 'registered',
    directed: 'directed',
    'in-progress': 'in-progress',
    done: 'done',
    filed: 'filed',
  },
  // NĐ 30 Đ27: what other agencies sent is copied once it is registered here.
  copy: {
    registered: 'registered',
    directed: 'directed',
    'in-progress': 'in-progress',
    done: 'done',
    filed: 'filed',
  },
  // NĐ 30 Đ18; QĐ 28/2018 Đ9: the sender asks for it back, and the clerk here agrees. What is filed stays filed.
  recall: {
    arrived: 'recalled',
    registered: 'recalled',
    directed: 'recalled',
    'in-progress': 'recalled',
    done: 'recalled',
  },
  // Luật Lưu trữ 33/2024: with its file, when the term is over and the head has decided it.
  destroy: { done: 'destroyed', filed: 'destroyed', recalled: 'destroyed' },
};

export const outgoingEvents = [
  'describe',
  'abandon',
  'submit',
  'pass',
  'return',
  'returnToDrafter',
  'withdraw',
  'sendBack',
  'sign',
  'number',
  'seal',
  'issue',
  'note',
  'copy',
  'dispatch',
  'recall',
  'replace',
  'correct',
  'succeed',
  'destroy',
] as const;
export type OutgoingEvent = (typeof outgoingEvents)[number];

export const outgoingTransitions: Transitions<OutgoingState, OutgoingEvent> = {
  describe: { draft: 'draft' },
  abandon: { draft: 'abandoned' },
  submit: { draft: 'circulating' },
  pass: { circulating: 'circulating' },
  return: { circulating: 'circulating' },
  // NĐ 30 Đ11: what was approved and changes goes back to the one who approved it.
  returnToDrafter: { circulating: 'draft' },
  withdraw: { circulating: 'draft' },
  // NĐ 30 Đ14: the clerk looks at form and presentation before the number; what is wrong goes back to whoever answers for it.
  sendBack: { signed: 'draft' },
  sign: { circulating: 'signed' },
  // NĐ 30 Đ15: number and date come after the signature.
  number: { signed: 'numbered' },
  // NĐ 30 Đ32: the seal goes only on what the competent person has signed.
  seal: { numbered: 'sealed' },
  // NĐ 30 Đ5: only a paper with both signatures can be issued.
  issue: { sealed: 'issued' },
  // NĐ 30 PL4, PL6 II (Description): the register's own column, from the number on; what is recalled is frozen (PL6 I.8).
  note: { numbered: 'numbered', sealed: 'sealed', issued: 'issued' },
  // NĐ 30 Đ25: a copy is made from what has number and both signatures.
  copy: { sealed: 'sealed', issued: 'issued' },
  // QĐ 28/2018: over the network only what was issued; more recipients may follow.
  dispatch: { issued: 'issued' },
  // NĐ 30 Đ18: wrong in content, it is recalled or replaced by a like paper; wrong in form, another puts it right.
  recall: { issued: 'recalled' },
  replace: { issued: 'replaced' },
  correct: { issued: 'issued' },
  // What does it to another.
  succeed: { issued: 'issued' },
  destroy: { issued: 'destroyed', recalled: 'destroyed', replaced: 'destroyed' },
};

export function nextState<State extends string, Event extends string>(
  table: Transitions<State, Event>,
  state: State,
  event: Event,
): State | null {
  return table[event][state] ?? null;
}
