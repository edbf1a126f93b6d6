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
export function findingsOf(
  { dossier, parts, document, task, list, reads }: Holdings,
  { endedOn, today }: When,
): Finding[] {
  const found: Finding[] = [];
  const say: Say = (of, code, more = {}) => {
    const { params = {}, ...rest } = more;
    const refusal = refuse(code, params);
    found.push({ refusal, stops: true, mend: 'none', dossier: of.id, document: null, ...rest });
  };
  if (endedOn > dayOf(today)) say(dossier, 'dossiers.ends-in-future', { mend: 'describe' });
  const held = [dossier, ...parts].filter(({ state }) => state === 'open');
  if ([dossier, ...parts].every(({ items }) => items.length === 0)) {
    say(dossier, 'dossiers.is-empty', { params: { code: dossier.code } });
  }
  for (const one of held) {
    if (endedOn < one.startedOn) {
      say(one, 'dossiers.ends-before-start', { mend: 'describe', params: { code: one.code } });
    }
    const said = list?.entries.find(({ code }) => code === one.code)?.retention;
    if (said !== undefined && isShorter(one.retention, said)) {
      say(one, 'dossiers.retention-short', { stops: false, mend: 'describe', params: { code: one.code } });
    }
    sayOfPapers(one, { document, task, reads }, say);
  }
  return found;
}

type Say = (of: Dossier, code: ErrorCode, more?: Partial<Finding> & { params?: ErrorParams }) => void;

/** What is wrong with the papers of one file or part; one that may not be read is named by its place alone. */
function sayOfPapers(
  one: Dossier,
  { document, task, reads }: Pick<Holdings, 'document' | 'task' | 'reads'>,
  say: Say,
): void {
  const seen = new Map<string, string>();
  for (const { n, document: id } of one.items) {
    const paper = document(id);
    // A desk does not hold what its person may not read; the server does.
    if (paper === null) continue;
    const isRead = reads(paper);
    const name = isRead ? documentName(paper) : `${one.code} #${n}`;
    for (const { code, more } of faultsOf(paper, task)) {
      const shown = isRead ? { ...more, document: id } : { ...more, mend: 'none' as const };
      say(one, code, { ...shown, params: { name } });
    }
    const hash = paper.file?.hash;
    const twin = hash === undefined ? undefined : seen.get(hash);
    if (twin !== undefined) {
      const params = { name, other: twin };
      const shown = isRead ? { mend: 'take-out' as const, document: id } : {};
      say(one, 'dossiers.is-twice', { stops: false, ...shown, params });
    } else if (hash !== undefined) seen.set(hash, name);
  }
}

type Fault = Readonly<{ code: ErrorCode; more: Partial<Finding> }>;

function faultsOf(paper: OfficialDocument, task: Holdings['task']): Fault[] {
  return paper.direction === 'incoming' ? faultsOfIncoming(paper, task) : faultsOfOutgoing(paper);
}

const handled: ReadonlySet<Incoming['state']> = new Set(['done', 'filed', 'recalled', 'refused']);

function faultsOfIncoming({ state, tasks, fields }: Incoming, task: Holdings['task']): Fault[] {
  const found: Fault[] = [];
  const open = tasks.some((id) => {
    const given = task(id);
    return given !== null && isOpenTask(given);
  });
  if (open) found.push({ code: 'dossiers.task-open', more: { mend: 'see-document' } });
  else if (!handled.has(state)) found.push({ code: 'dossiers.not-handled', more: { mend: 'see-document' } });
  // NĐ 30 PL6 II: what the register should say of a paper; letters of citizens may bear no date or number.
  if (fields !== null && (fields.issuedOn === null || fields.number === '')) {
    found.push({ code: 'dossiers.fields-missing', more: { stops: false, mend: 'see-document' } });
  }
  return found;
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
