import {
  dayOf,
  refuse,
  type Day,
  type DocumentId,
  type DossierId,
  type ErrorCode,
  type ErrorParams,
  type Instant,
  type PersonId,
  type Refusal,
  type TaskId,
} from '../kernel/public.ts';
import type { Person } from '../directory/public.ts';
import { documentName, type Incoming, type OfficialDocument, type Outgoing } from '../documents/public.ts';
import { isOpenTask, type Task } from '../workflow/public.ts';
import type { Dossier, FileList, Retention } from './model.ts';
import { isShorter } from './retention.ts';

/** A file with all that lies in it. */
export type Holdings = Readonly<{
  dossier: Dossier;
  parts: readonly Dossier[];
  document: (id: DocumentId) => OfficialDocument | null;
  task: (id: TaskId) => Task | null;
  person: (id: PersonId) => Person | null;
  list: FileList | null;
  /** What a schedule says of a file that stands in no list; asked where there is one. */
  scheduled?: (dossier: Dossier) => Retention | null;
  /** Whether whoever asks may read it: a paper they may not is told by its place alone. */
  reads: (paper: OfficialDocument) => boolean;
  /** Whether they follow what a meeting gave; asked where there is a way to it. */
  follows?: (task: Task) => boolean;
}>;

/** What puts a finding right: the button beside it. */
export const mends = [
  'take-out',
  'see-document',
  'see-task',
  'describe',
  'retention',
  'reopen',
  'none',
] as const;
export type Mend = (typeof mends)[number];

export type Finding = Readonly<{
  refusal: Refusal;
  /** Whether the file cannot be closed as long as it stands; otherwise it is only said. */
  stops: boolean;
  mend: Mend;
  /** Where it was found: the file or the part, and the paper. */
  dossier: DossierId;
  document: DocumentId | null;
  /** What a meeting gave and is not done. */
  task: TaskId | null;
  /** The paper's place in its file, also where it may not be read. */
  n: number | null;
  /** The term that would be right. */
  retention: Retention | null;
}>;

type When = Readonly<{ endedOn: Day; today: Instant }>;

/**
 * What stands against closing (NĐ 30 Đ29: check, drop what is there twice and drafts, set the retention again, complete what
 * is missing), in the order a person would go through it.
 */
export function findingsOf(holdings: Holdings, { endedOn, today }: When): Finding[] {
  const { dossier, parts } = holdings;
  const whole: Finding[] = [];
  if (endedOn > dayOf(today)) whole.push(found(dossier, 'dossiers.ends-in-future', { mend: 'describe' }));
  if ([dossier, ...parts].every(({ items }) => items.length === 0)) {
    whole.push(found(dossier, 'dossiers.is-empty', { params: { code: dossier.code } }));
  }
  const open = [dossier, ...parts].filter(({ state }) => state === 'open');
  return [...whole, ...open.flatMap((one) => findingsInFile(one, holdings, endedOn))];
}

/** What is wrong with a file itself and with the papers in it. */
export function findingsInFile(one: Dossier, holdings: Holdings, endedOn: Day): Finding[] {
  return [...ofFile(one, holdings, endedOn), ...ofPapers(one, holdings), ...ofMeetings(one, holdings)];
}

type More = Partial<Omit<Finding, 'refusal' | 'dossier'>> & Readonly<{ params?: ErrorParams }>;

export function found(of: Dossier, code: ErrorCode, { params = {}, ...more }: More): Finding {
  return {
    refusal: refuse(code, params),
    stops: true,
    mend: 'none',
    dossier: of.id,
    document: null,
    task: null,
    n: null,
    retention: null,
    ...more,
  };
}

function ofFile(one: Dossier, { list, scheduled }: Holdings, endedOn: Day): Finding[] {
  const { code, retention, startedOn } = one;
  const listed = list?.entries.find((line) => line.code === code)?.retention;
  const said = listed ?? scheduled?.(one) ?? null;
  const more = { mend: 'describe', params: { code } } as const;
  return [
    ...(endedOn < startedOn ? [found(one, 'dossiers.ends-before-start', more)] : []),
    ...(said !== null && isShorter(retention, said)
      ? [
          found(
            one,
            listed === undefined ? 'dossiers.retention-under-schedule' : 'dossiers.retention-short',
            {
              ...more,
              stops: false,
              mend: 'retention',
              retention: said,
            },
          ),
        ]
      : []),
  ];
}

function ofPapers(one: Dossier, { document, task, reads }: Holdings): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  for (const { n, document: id } of one.items) {
    const paper = document(id);
    // A desk does not hold what its person may not read; the server does.
    if (paper === null) continue;
    const isRead = reads(paper);
    const name = isRead ? documentName(paper) : `${one.code} #${n}`;
    const shown = (more: More): More => (isRead ? { ...more, document: id } : { ...more, mend: 'none' });
    for (const { code, more } of faultsOf(paper, task)) {
      findings.push(found(one, code, { ...shown(more), n, params: { name } }));
    }
    const hash = paper.file?.hash ?? '';
    const twin = seen.get(hash);
    if (twin !== undefined) {
      const more = shown({ stops: false, mend: 'take-out' });
      findings.push(found(one, 'dossiers.is-twice', { ...more, n, params: { name, other: twin } }));
    } else if (hash !== '') seen.set(hash, name);
  }
  return findings;
}

/** NĐ 30 Đ29: a file ends when its work is done, and what a meeting concluded about it is its work. */
function ofMeetings(one: Dossier, { task, person, follows }: Holdings): Finding[] {
  const given = (one.excerpts ?? [])
    .flatMap(({ conclusions }) => conclusions.map((conclusion) => conclusion.task ?? null))
    // A desk does not hold what its person does not follow; the server does.
    .flatMap((id) => (id === null ? [] : (task(id) ?? [])));
  return given.filter(isOpenTask).map((open) => {
    const doer = open.person === null ? null : person(open.person);
    const params = { words: open.words, name: doer?.name ?? '', from: open.meeting?.title ?? '' };
    const mend = follows?.(open) === true ? 'see-task' : 'none';
    return found(one, 'dossiers.meeting-task-open', { task: open.id, mend, params });
  });
}

type Fault = Readonly<{ code: ErrorCode; more: Partial<Finding> }>;

function faultsOf(paper: OfficialDocument, task: Holdings['task']): Fault[] {
  return paper.direction === 'incoming' ? faultsOfIncoming(paper, task) : faultsOfOutgoing(paper);
}

const handled: ReadonlySet<Incoming['state']> = new Set([
  'done',
  'filed',
  'recalled',
  'refused',
  'destroyed',
]);

function faultsOfIncoming({ state, tasks, fields }: Incoming, task: Holdings['task']): Fault[] {
  const faults: Fault[] = [];
  const open = tasks.some((id) => {
    const given = task(id);
    return given !== null && isOpenTask(given);
  });
  if (open) faults.push({ code: 'dossiers.task-open', more: { mend: 'see-document' } });
  else if (!handled.has(state)) faults.push({ code: 'dossiers.not-handled', more: { mend: 'see-document' } });
  // NĐ 30 PL6 II: what the register should say of a paper; letters of citizens may bear no date or number.
  if (fields !== null && (fields.issuedOn === null || fields.number === '')) {
    faults.push({ code: 'dossiers.fields-missing', more: { stops: false, mend: 'see-document' } });
  }
  return faults;
}

function faultsOfOutgoing({ state }: Outgoing): Fault[] {
  switch (state) {
    case 'draft':
    case 'abandoned':
      return [{ code: 'dossiers.draft-left', more: { mend: 'take-out' } }];
    case 'circulating':
    case 'signed':
    case 'numbered':
    case 'sealed':
      return [{ code: 'dossiers.not-issued', more: { mend: 'see-document' } }];
    case 'issued':
    case 'recalled':
    case 'replaced':
    case 'destroyed':
      return [];
  }
}
