import type { PersonId } from '#shared/kernel/public.ts';
import {
  currentStep,
  documentAggregate,
  nextState,
  proofOf,
  type OfficialDocument,
} from '#shared/documents/public.ts';
import { taskAggregate, taskEvents, taskTransitions } from '#shared/workflow/public.ts';
import { aCopyBody, aFile, aSummary, hashOf, ids, someFields, unsignedCheck } from './builders.ts';
import type { Engine, SmallAgency, Staff } from './small-agency.ts';

/** One thing somebody tries: who, what, on which of what is there, and how long after the last. */
export type Move = Readonly<{
  who: keyof Staff;
  what: keyof typeof moves;
  pick: number;
  other: number;
  minutes: number;
}>;

export type Pool = Readonly<{
  agency: Pick<SmallAgency<Engine>, 'staff' | 'delegationId' | 'otherUnitId' | 'dayAfter' | 'state'>;
  documents: string[];
  tasks: { id: string; document: string }[];
}>;
/** `by` when it is whoever has the turn who acts, and not the one who was drawn. */
export type Asking = Readonly<{ name: string; body: object; by?: PersonId | undefined }>;
type Picked = Readonly<{ pool: Pool; move: Move }>;

const at = <Item>(list: readonly Item[], n: number): Item | undefined => list[n % Math.max(1, list.length)];

/** Where a paper has to be for a move to be more than a refusal; every third try takes any paper all the same. */
const suits: Readonly<Partial<Record<string, readonly OfficialDocument['state'][]>>> = {
  start: ['registered', 'directed', 'in-progress'],
  register: ['arrived'],
  direct: ['registered', 'directed'],
  submit: ['draft'],
  pass: ['circulating'],
  sign: ['circulating'],
  giveBack: ['circulating'],
  takeTurn: ['circulating'],
  giveBackInTurn: ['circulating'],
  number: ['signed'],
  seal: ['numbered'],
  issue: ['sealed'],
  prove: ['sealed', 'issued'],
  linkReply: ['in-progress', 'done'],
  refuseIncoming: ['arrived'],
  correct: ['registered', 'directed', 'in-progress'],
  withdrawDirection: ['directed'],
  abandon: ['draft'],
  attach: ['draft'],
  describe: ['draft'],
  detach: ['draft'],
  copy: ['registered', 'directed', 'in-progress', 'done', 'sealed', 'issued'],
  voidCopy: ['registered', 'directed', 'in-progress', 'done', 'sealed', 'issued'],
};

function documentOf({ pool, move }: Picked): OfficialDocument | null {
  const all = pool.documents
    .map((id) => pool.agency.state(documentAggregate, id))
    .filter((document) => document !== null);
  const fitting = all.filter(({ state }) => suits[move.what]?.includes(state));
  return at(fitting.length > 0 && move.other % 3 > 0 ? fitting : all, move.pick) ?? null;
}

function personOf({ pool, move }: Picked): string {
  const { staff } = pool.agency;
  return (at(Object.values(staff), move.other) ?? staff.officer).id;
}

function fileOf({ move }: Picked) {
  return aFile(move.pick * 31 + move.other);
}

function onDocument(
  name: string,
  more: (picked: Picked, document: OfficialDocument | null) => object = () => ({}),
) {
  return (picked: Picked): Asking => {
    const document = documentOf(picked);
    return { name, body: { documentId: document?.id ?? ids.document(), ...more(picked, document) } };
  };
}

function taskOf({ pool, move }: Picked) {
  const event = taskEvents.find((one) => move.what.startsWith(one));
  const fitting = pool.tasks.filter(({ id }) => {
    const task = pool.agency.state(taskAggregate, id);
    return task !== null && event !== undefined && nextState(taskTransitions, task.state, event) !== null;
  });
  return at(fitting.length > 0 && move.other % 3 > 0 ? fitting : pool.tasks, move.pick);
}

function onTask(name: string, more: (picked: Picked) => object = () => ({})) {
  return (picked: Picked): Asking => {
    const task = taskOf(picked) ?? { id: ids.task(), document: ids.document() };
    return { name, body: { taskId: task.id, documentId: task.document, ...more(picked) } };
  };
}

const turn = (document: OfficialDocument | null) =>
  document?.direction === 'outgoing' ? currentStep(document.circuit) : null;

function steps({ pool, move }: Picked) {
  const { staff, delegationId } = pool.agency;
  const none = { authority: null, delegation: null };
  const bySigner = [
    { person: staff.head.id, ...none },
    { person: staff.deputy.id, authority: 'KT.', delegation: delegationId },
    { person: staff.deputy.id, ...none },
  ];
  const second = { person: staff.deputy.id, authority: 'KT.', delegation: delegationId, block: 2 };
  return [
    { id: ids.step(), kind: 'opinion', person: staff.colleague.id, ...none },
    { id: ids.step(), kind: at(['visa', 'initials'], move.pick), person: staff.unitHead.id, ...none },
    { id: ids.step(), kind: 'sign', ...at(bySigner, move.other) },
    // Now and then two leaders sign, in order or in any order.
    ...(move.pick % 4 === 3
      ? [{ id: ids.step(), kind: 'sign', ...second, together: move.other % 4 > 1 }]
      : []),
  ].slice(move.other % 2);
}

function assignments(picked: Picked) {
  const { pool, move } = picked;
  const document = documentOf(picked);
  const hasLead = document?.direction === 'incoming' && document.leadTask !== null;
  const to = at(
    [
      { kind: 'person', id: pool.agency.staff.officer.id },
      { kind: 'unit', id: pool.agency.otherUnitId },
      { kind: 'person', id: personOf(picked) },
    ],
    move.other,
  );
  const task = ids.task();
  pool.tasks.push({ id: task, document: document?.id ?? ids.document() });
  return [{ task, role: hasLead ? 'support' : 'lead', to, dueOn: null }];
}

/** Every command of the rooms, as somebody might send it; most are refused, and that is the point. */
export const moves = {
  receive: (picked: Picked): Asking => {
    const documentId = ids.document();
    picked.pool.documents.push(documentId);
    const suggestion = { fields: {}, confidence: {}, method: 'none' };
    return {
      name: 'documents.receive',
      body: { documentId, file: fileOf(picked), hasScript: false, suggestion, check: unsignedCheck },
    };
  },
  refuseSecret: (picked: Picked): Asking => {
    const documentId = ids.document();
    picked.pool.documents.push(documentId);
    return { name: 'documents.refuseSecret', body: { documentId, fileHash: hashOf(5), rule: 'BVBMNN-5' } };
  },
  refuseIncoming: onDocument('documents.refuseIncoming', () => ({ reason: 'Gửi nhầm' })),
  register: onDocument('documents.registerIncoming', ({ pool }) => ({
    fields: someFields(),
    presentTo: pool.agency.staff.head.id,
  })),
  correct: onDocument('documents.correctRegistration', () => ({
    fields: someFields({ note: 'x' }),
    reason: 'Sửa',
  })),
  direct: (picked: Picked): Asking =>
    onDocument('workflow.direct', () => ({
      words: 'Xem xét',
      assignments: assignments(picked),
      inform: picked.move.other % 3 === 0 ? [personOf(picked)] : [],
    }))(picked),
  withdrawDirection: onDocument('workflow.withdrawDirection', (_picked, document) => ({
    tasks: document?.direction === 'incoming' && document.tasks.length > 0 ? document.tasks : [ids.task()],
    reason: 'Giao lại',
  })),
  linkReply: onDocument('workflow.linkReply', ({ pool, move }) => {
    const issued = pool.documents.filter(
      (id) => pool.agency.state(documentAggregate, id)?.state === 'issued',
    );
    return { replyId: at(issued, move.pick) ?? at(pool.documents, move.other) ?? ids.document() };
  }),
  assignTask: onTask('workflow.assignTask', (picked) => ({
    person: personOf(picked),
    words: '',
    dueOn: null,
  })),
  acceptTask: onTask('workflow.acceptTask'),
  progressTask: onTask('workflow.reportProgress', () => ({ words: 'Đang làm', percent: 30 })),
  finishTask: onTask('workflow.finishTask', () => ({ words: '' })),
  approveTask: onTask('workflow.approveTask', () => ({ words: '' })),
  rejectTask: onTask('workflow.rejectTask', () => ({ reason: 'Chưa đủ' })),
  returnTask: onTask('workflow.returnTask', () => ({ reason: 'Không thuộc lĩnh vực' })),
  pauseTask: onTask('workflow.pauseTask', () => ({ reason: 'Chờ số liệu' })),
  resumeTask: onTask('workflow.resumeTask', () => ({ words: '' })),
  start: (picked: Picked): Asking => {
    const documentId = ids.document();
    const asked = documentOf(picked);
    const repliesTo = picked.move.other % 2 === 0 ? null : (asked?.id ?? null);
    picked.pool.documents.push(documentId);
    return { name: 'drafting.start', body: { documentId, summary: aSummary(), repliesTo } };
  },
  describe: onDocument('drafting.describe', () => ({ summary: aSummary({ subject: 'khác' }) })),
  attach: onDocument('drafting.addAttachment', (picked) => ({ file: fileOf(picked) })),
  detach: onDocument('drafting.removeAttachment', (picked, document) => ({
    hash: (document?.direction === 'outgoing' ? document.attachments[0] : null)?.hash ?? fileOf(picked).hash,
  })),
  abandon: onDocument('drafting.abandon', () => ({ reason: 'Thôi' })),
  submit: onDocument('workflow.submit', (picked) => ({
    summary: aSummary(),
    file: fileOf(picked),
    content: hashOf(3),
    steps: steps(picked),
  })),
  pass: onDocument('workflow.passStep', (_picked, document) => ({
    stepId: turn(document)?.id ?? ids.step(),
    words: 'Đồng ý',
  })),
  sign: onDocument('workflow.signStep', (picked, document) => ({
    stepId: turn(document)?.id ?? ids.step(),
    file: fileOf(picked),
    signedOver: document?.direction === 'outgoing' ? (document.file?.hash ?? hashOf(1)) : hashOf(1),
    delegation: turn(document)?.delegation ?? null,
  })),
  giveBack: onDocument('workflow.returnDraft', ({ move }, document) => ({
    stepId: turn(document)?.id ?? ids.step(),
    toStep:
      document?.direction === 'outgoing' ? (at([...document.circuit, null], move.other)?.id ?? null) : null,
    reason: 'Thiếu căn cứ',
  })),
  takeTurn: (picked: Picked): Asking => {
    const step = turn(documentOf(picked));
    const isSigning = step?.kind === 'sign' || step?.kind === 'initials';
    return { ...(isSigning ? moves.sign(picked) : moves.pass(picked)), by: step?.person };
  },
  giveBackInTurn: (picked: Picked): Asking => ({
    ...moves.giveBack(picked),
    by: turn(documentOf(picked))?.person,
  }),
  withdraw: onDocument('workflow.withdraw', () => ({ reason: 'Sửa số liệu' })),
  number: onDocument('documents.number', ({ pool, move }) => ({
    book: 'all',
    issuedOn: pool.agency.dayAfter(move.minutes),
  })),
  seal: onDocument('documents.seal', (picked, document) => ({
    file: fileOf(picked),
    attachments: (document?.direction === 'outgoing' ? document.attachments : []).map((given) => ({
      of: given.hash,
      file: fileOf(picked),
    })),
  })),
  issue: onDocument('documents.issue', (_picked, document) => ({
    recipients: [{ name: 'UBND tỉnh', kind: 'agency' }],
    copies: 1,
    repliesTo: document?.direction === 'outgoing' ? document.repliesTo : null,
  })),
  copy: onDocument('documents.makeCopy', ({ pool }, document) =>
    aCopyBody({ source: document?.file?.hash ?? hashOf(1), decidedBy: pool.agency.staff.head.id }),
  ),
  voidCopy: onDocument('documents.voidCopy', ({ move }, document) => {
    const { number, year } = at(document?.certifiedCopies ?? [], move.other) ?? { number: 1, year: 2026 };
    return { number, year, reason: 'Sao nhầm' };
  }),
  prove: onDocument('documents.prove', (picked, document) => {
    const of = document?.file?.hash ?? fileOf(picked).hash;
    const over = (document === null ? null : proofOf(document, of))?.file.hash ?? of;
    return { proof: { of, file: fileOf(picked), level: 'B-LTA', renewBy: null }, over, byItself: true };
  }),
  leave: (picked: Picked): Asking => ({
    name: 'directory.personLeaves',
    body: { personId: personOf(picked), reason: 'Chuyển công tác' },
  }),
  comeBack: (picked: Picked): Asking => ({
    name: 'directory.personReturns',
    body: { personId: personOf(picked), reason: 'Trở lại' },
  }),
  revoke: ({ pool }: Picked): Asking => ({
    name: 'directory.revokeDelegation',
    body: { delegationId: pool.agency.delegationId, reason: 'Thay đổi' },
  }),
} as const satisfies Readonly<Record<string, (picked: Picked) => Asking>>;

export type Name = keyof typeof moves;

/** What usually comes next, so that papers get far; anything else is tried as well. */
export const usual: readonly (readonly [keyof Staff, Name])[] = [
  ['clerk', 'receive'],
  ['clerk', 'register'],
  ['head', 'direct'],
  ['chief', 'direct'],
  ['officer', 'acceptTask'],
  ['officer', 'finishTask'],
  ['unitHead', 'assignTask'],
  ['head', 'approveTask'],
  ['officer', 'start'],
  ['officer', 'submit'],
  ['head', 'takeTurn'],
  ['head', 'takeTurn'],
  ['head', 'takeTurn'],
  ['clerk', 'number'],
  ['clerk', 'seal'],
  ['clerk', 'issue'],
];

/** What happens now and then. */
export const seldom: readonly (readonly [keyof Staff, Name])[] = [
  ['clerk', 'correct'],
  ['clerk', 'refuseIncoming'],
  ['clerk', 'copy'],
  ['clerk', 'copy'],
  ['clerk', 'voidCopy'],
  ['clerk', 'linkReply'],
  ['head', 'withdrawDirection'],
  ['chief', 'withdrawDirection'],
  ['head', 'rejectTask'],
  ['officer', 'progressTask'],
  ['officer', 'pauseTask'],
  ['officer', 'resumeTask'],
  ['officer', 'returnTask'],
  ['officer', 'attach'],
  ['officer', 'detach'],
  ['officer', 'withdraw'],
  ['officer', 'abandon'],
  ['head', 'giveBackInTurn'],
  ['colleague', 'pass'],
  ['head', 'sign'],
  ['administrator', 'prove'],
  ['officer', 'describe'],
];

export const people: readonly (keyof Staff)[] = [
  'administrator',
  'clerk',
  'head',
  'deputy',
  'chief',
  'unitHead',
  'officer',
  'colleague',
  'archivist',
];

/** One thing that somebody might try next, by chance alone: `chance` gives numbers in [0, 1). */
export function drawMove(chance: () => number): Move {
  const below = (n: number) => Math.floor(chance() * n);
  const kind = chance();
  const pairs = kind < 0.6 ? usual : kind < 0.85 ? seldom : null;
  const all = Object.keys(moves) as Name[];
  const [who, what] = pairs?.[below(pairs.length)] ?? [
    people[below(people.length)] ?? 'officer',
    all[below(all.length)] ?? 'receive',
  ];
  return { who, what, pick: below(40), other: below(8), minutes: below(60) };
}
