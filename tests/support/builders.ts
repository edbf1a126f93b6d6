import {
  AgencyIdSchema,
  DaySchema,
  DelegationIdSchema,
  DisposalIdSchema,
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
  PersonIdSchema,
  StepIdSchema,
  TaskIdSchema,
  UnitIdSchema,
  uuidV7From,
  type Day,
  type DocumentId,
  type Hash,
  type Instant,
} from '#shared/kernel/public.ts';
import type { Agency, Delegation, Person, Unit } from '#shared/directory/public.ts';
import type {
  Destruction,
  CircuitStep,
  DoorCheck,
  DraftSummary,
  Incoming,
  IncomingFields,
  Outgoing,
  StoredFile,
} from '#shared/documents/public.ts';
import type { Task } from '#shared/workflow/public.ts';

/** A working Monday, 09:00 in Vietnam. */
export const mondayMorning: Instant = InstantSchema.parse('2026-11-23T02:00:00.000Z');

export function day(text: string): Day {
  return DaySchema.parse(text);
}

export function instant(text: string): Instant {
  return InstantSchema.parse(text);
}

/** The `n`-th id of a test: the same number, the same id. */
export function idNumber(n: number): string {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  return uuidV7From(Date.parse('2026-01-01T00:00:00Z') + n, random);
}

let next = 1_000_000;
const freshId = () => idNumber((next += 1));

/** Begins the ids anew, so that what is built after it is the same every time. */
export function beginIdsAt(n: number): void {
  next = n;
}

export const ids = {
  agency: () => AgencyIdSchema.parse(freshId()),
  unit: () => UnitIdSchema.parse(freshId()),
  person: () => PersonIdSchema.parse(freshId()),
  delegation: () => DelegationIdSchema.parse(freshId()),
  document: () => DocumentIdSchema.parse(freshId()),
  task: () => TaskIdSchema.parse(freshId()),
  step: () => StepIdSchema.parse(freshId()),
};

/** The SHA-256-shaped name of some bytes of a test. */
export function hashOf(n: number): Hash {
  return HashSchema.parse(n.toString(16).padStart(64, '0'));
}

export const ownUnit = ids.unit();

export function anAgency(over: Partial<Agency> = {}): Agency {
  return {
    id: ids.agency(),
    name: 'Sở Khoa học và Công nghệ',
    superior: 'Ủy ban nhân dân tỉnh',
    place: 'Đồng Nai',
    symbol: 'SKHCN',
    level: 'province',
    own: true,
    codes: [],
    books: [{ id: 'all', name: 'Sổ đăng ký văn bản đi', kinds: [] }],
    collective: null,
    contact: null,
    rootCertificate: null,
    sealCertificate: null,
    trustedRoots: [],
    proof: null,
    identity: null,
    closedOn: null,
    successor: null,
    ...over,
  };
}

export function aUnit(over: Partial<Unit> = {}): Unit {
  const details = {
    name: 'Văn phòng',
    symbol: 'VP',
    parent: null,
    validFrom: day('2020-01-01'),
    validTo: null,
  };
  return { id: ownUnit, ...details, ...over };
}

export function aPerson(over: Partial<Person> = {}): Person {
  return {
    id: ids.person(),
    name: 'Nguyễn Thị Hoa',
    post: 'Chuyên viên',
    rank: 'member',
    unit: ownUnit,
    roles: ['officer'],
    email: null,
    certificate: null,
    active: true,
    ...over,
  };
}

/** The head of the agency: the one who signs in their own right. */
export function theHead(over: Partial<Person> = {}): Person {
  return aPerson({ name: 'Trần Văn Minh', post: 'Giám đốc', rank: 'head', roles: ['leader'], ...over });
}

export function aDelegation(over: Partial<Delegation> = {}): Delegation {
  return {
    id: ids.delegation(),
    from: ids.person(),
    to: ids.person(),
    authority: 'KT.',
    kinds: [],
    fromDay: day('2026-01-01'),
    toDay: null,
    source: '12/QĐ-SKHCN',
    revokedAt: null,
    parentId: null,
    ...over,
  };
}

export function aFile(n = 1): StoredFile {
  return { hash: hashOf(n), size: 1000 + n, name: `van-ban-${n}.pdf`, pages: 2 };
}

export function someFields(over: Partial<IncomingFields> = {}): IncomingFields {
  return {
    number: '136',
    symbol: 'UBND-KGVX',
    issuedOn: day('2026-11-20'),
    issuer: 'Ủy ban nhân dân tỉnh',
    kind: 'Công văn',
    subject: 'về việc rà soát hạ tầng số',
    signer: 'Lê Văn An',
    signerPost: 'Phó Chủ tịch',
    urgency: 'normal',
    dueOn: null,
    copies: 1,
    note: '',
    ...over,
  };
}

/** A received paper as it is in the given state; nobody has a task on it unless the test says so. */
export function someDestruction(over: Partial<Destruction> = {}): Destruction {
  return {
    disposal: DisposalIdSchema.parse(ids.document()),
    number: '45/QĐ-SNV',
    decidedOn: day('2026-11-20'),
    at: mondayMorning,
    ...over,
  };
}

export function anIncoming(over: Partial<Incoming> = {}): Incoming {
  const isRegistered = over.state !== undefined && !['arrived', 'refused'].includes(over.state);
  return {
    id: ids.document(),
    direction: 'incoming',
    state: 'arrived',
    holder: { kind: 'role', role: 'clerk' },
    people: [],
    units: [],
    certifiedCopies: [],
    proofs: [],
    file: aFile(),
    hasScript: false,
    check: null,
    suggestion: null,
    fields: isRegistered ? someFields() : null,
    arrival: isRegistered ? { number: 1, year: 2026, day: day('2026-11-23') } : null,
    refusedBecause: null,
    dueOn: null,
    leadTask: null,
    tasks: [],
    replies: [],
    ...over,
  };
}

export function aSummary(over: Partial<DraftSummary> = {}): DraftSummary {
  return {
    kind: 'CV',
    template: 'cong-van',
    subject: 'về việc báo cáo hạ tầng số',
    symbol: 'SKHCN-VP',
    urgency: 'normal',
    dueOn: null,
    ...over,
  };
}

export function aStep(over: Partial<CircuitStep> = {}): CircuitStep {
  return {
    id: ids.step(),
    kind: 'visa',
    person: ids.person(),
    authority: null,
    delegation: null,
    outcome: 'waiting',
    words: null,
    fileAfter: null,
    ...over,
  };
}

/** A paper of our own as it is in the given state, with a version and a circuit as soon as it was submitted. */
export function anOutgoing(over: Partial<Outgoing> = {}): Outgoing {
  const drafter = over.drafter ?? ids.person();
  const state = over.state ?? 'draft';
  const isFrozen = !['draft', 'abandoned'].includes(state);
  const isOut = ['issued', 'recalled', 'replaced'].includes(state);
  const isSigned = isOut || ['signed', 'numbered', 'sealed'].includes(state);
  const isNumbered = isOut || ['numbered', 'sealed'].includes(state);
  const file = aFile(1);
  return {
    id: ids.document(),
    direction: 'outgoing',
    state,
    holder: { kind: 'person', id: drafter },
    people: [drafter],
    units: [ownUnit],
    certifiedCopies: [],
    drafter,
    unit: ownUnit,
    summary: aSummary(),
    attachments: [],
    sealedAttachments: [],
    proofs: [],
    repliesTo: null,
    versions: isFrozen ? [{ n: 1, file, content: hashOf(99), ended: isSigned ? 'signed' : 'open' }] : [],
    circuit: [],
    file: isFrozen ? file : null,
    returnedBecause: null,
    signedAt: isSigned ? mondayMorning : null,
    number: isNumbered
      ? { book: 'all', number: 1, year: 2026, notation: '01/SKHCN-VP', issuedOn: day('2026-11-23') }
      : null,
    recipients: [],
    copies: 0,
    ...over,
  };
}

/** A task on a received paper. */
type PaperTask = Task & Readonly<{ document: DocumentId }>;

export function aTask(over: Partial<PaperTask> = {}): PaperTask {
  return {
    id: ids.task(),
    document: ids.document(),
    role: 'lead',
    giver: ids.person(),
    unit: null,
    person: ids.person(),
    words: '',
    dueOn: null,
    state: 'new',
    pausedFrom: null,
    percent: 0,
    ...over,
  };
}

/** What the door says of a scan. */
export const unsignedCheck: DoorCheck = {
  verdict: 'unsigned',
  reasons: [],
  signers: [],
  at: InstantSchema.parse('2026-11-23T01:00:00.000Z'),
};

/** A copy as it is asked for: an extract of the first page, from a document with two. */
export function aCopyBody(over: object = {}) {
  return {
    form: 'trich-sao',
    medium: 'electronic',
    signedAt: mondayMorning,
    pages: [1],
    file: aFile(5),
    purpose: '',
    recipients: [{ name: 'UBND tỉnh', kind: 'agency' }],
    ...over,
  };
}
