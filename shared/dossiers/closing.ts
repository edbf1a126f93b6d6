import {
  dayOf,
  refuse,
  type Day,
  type DocumentId,
  type DossierId,
  type ErrorCode,
  type ErrorParams,
  type Instant,
  type Refusal,
  type TaskId,
} from '../kernel/public.ts';
import { documentName, type Incoming, type OfficialDocument, type Outgoing } from '../documents/public.ts';
import { isOpenTask, type Task } from '../workflow/public.ts';
import type { Dossier, FileList, Retention } from './model.ts';

/** A file with all that lies in it. */
export type Holdings = Readonly<{
  dossier: Dossier;
  parts: readonly Dossier[];
  document: (id: DocumentId) => OfficialDocument | null;
  task: (id: TaskId) => Task | null;
  list: FileList | null;
  /** Whether whoever asks may read it: a paper they may not is told by its place alone. */
  reads: (paper: OfficialDocument) => boolean;
}>;

/** What puts a finding right: the button beside it. */
export const mends = ['take-out', 'see-document', 'describe', 'none'] as const;
export type Mend = (typeof mends)[number];

export type Finding = Readonly<{
  refusal: Refusal;
  /** Whether the file cannot be closed as long as it stands; otherwise it is only said. */
  stops: boolean;
  mend: Mend;
  /** Where it was found: the file or the part, and the paper. */
  dossier: DossierId;
  document: DocumentId | null;
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
  return [
    ...whole,
    ...open.flatMap((one) => [...ofFile(one, holdings, endedOn), ...ofPapers(one, holdings)]),
  ];
}

type More = Partial<Omit<Finding, 'refusal' | 'dossier'>> & Readonly<{ params?: ErrorParams }>;

function found(of: Dossier, code: ErrorCode, { params = {}, ...more }: More): Finding {
  return {
    refusal: refuse(code, params),
    stops: true,
    mend: 'none',
    dossier: of.id,
    document: null,
    ...more,
  };
}

function ofFile(one: Dossier, { list }: Holdings, endedOn: Day): Finding[] {
  const { code, retention, startedOn } = one;
  const said = list?.entries.find((line) => line.code === code)?.retention;
  const more = { mend: 'describe', params: { code } } as const;
  return [
    ...(endedOn < startedOn ? [found(one, 'dossiers.ends-before-start', more)] : []),
    ...(said !== undefined && isShorter(retention, said)
      ? [found(one, 'dossiers.retention-short', { ...more, stops: false })]
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
      findings.push(found(one, code, { ...shown(more), params: { name } }));
    }
    const hash = paper.file?.hash ?? '';
    const twin = seen.get(hash);
    if (twin !== undefined) {
      const more = shown({ stops: false, mend: 'take-out' });
      findings.push(found(one, 'dossiers.is-twice', { ...more, params: { name, other: twin } }));
    } else if (hash !== '') seen.set(hash, name);
  }
  return findings;
}

type Fault = Readonly<{ code: ErrorCode; more: Partial<Finding> }>;

function faultsOf(paper: OfficialDocument, task: Holdings['task']): Fault[] {
  return paper.direction === 'incoming' ? faultsOfIncoming(paper, task) : faultsOfOutgoing(paper);
}

const handled: ReadonlySet<Incoming['state']> = new Set(['done', 'filed', 'recalled', 'refused']);

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
      return [];
  }
}

export function isShorter(one: Retention, other: Retention): boolean {
  if (one === 'permanent') return false;
  return other === 'permanent' || one < other;
}
