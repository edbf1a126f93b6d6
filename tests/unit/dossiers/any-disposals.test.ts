import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentAggregate, dossiersOf } from '#shared/documents/public.ts';
import {
  allKeptUntil,
  disposalAggregate,
  dossierAggregate,
  firstSettings,
  lockAggregate,
  type Dossier,
} from '#shared/dossiers/public.ts';
import {
  DisposalIdSchema,
  DossierIdSchema,
  LockIdSchema,
  dayOf,
  type DisposalId,
  type DossierId,
  type LockId,
  type LogEntry,
} from '#shared/kernel/public.ts';
import { sameDays } from '../../support/any-day.ts';
import { aFile, beginIdsAt, day, ids, someFields, unsignedCheck } from '../../support/builders.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { memoryEngine, openSmallAgency, type Engine, type SmallAgency } from '../../support/small-agency.ts';

type Agency = SmallAgency<Engine>;
type Pool = Readonly<{
  agency: Agency;
  files: DossierId[];
  papers: string[];
  locks: LockId[];
  lists: DisposalId[];
}>;

/** Terms from one to five years, so that over some years all of them come to their end. */
const terms = [1, 1, 2, 5, 'permanent'] as const;

function must(entry: LogEntry): void {
  if (entry.refusal !== null) throw new Error(entry.refusal.code);
}

/** A received paper that is done with. */
function donePaper({ staff, send }: Agency, n: number): string {
  const [documentId, task] = [ids.document(), ids.task()];
  const suggestion = { fields: {}, confidence: {}, method: 'none' };
  const on = { taskId: task, documentId };
  const by = (name: string, body: object, who: keyof Agency['staff']) => {
    must(send(staff[who].id, name, body));
  };
  by(
    'documents.receive',
    { documentId, file: aFile(n), hasScript: false, suggestion, check: unsignedCheck },
    'clerk',
  );
  by('documents.registerIncoming', { documentId, fields: someFields(), presentTo: staff.head.id }, 'clerk');
  const to = { kind: 'person', id: staff.officer.id };
  const assignments = [{ task, role: 'lead', to, dueOn: null }];
  by('workflow.direct', { documentId, words: 'Xem xét', assignments, inform: [] }, 'head');
  by('workflow.acceptTask', on, 'officer');
  by('workflow.finishTask', { ...on, words: '' }, 'officer');
  by('workflow.approveTask', { ...on, words: '' }, 'head');
  return documentId;
}

function filled(agency: Agency): Pool {
  const { staff, send } = agency;
  const papers = Array.from({ length: 4 }, (_none, n) => donePaper(agency, n + 1));
  const files = terms.map((retention, place) => {
    const id = dossierId();
    const fields = someDossierFields({ code: `${place}.VP`, retention, startedOn: day('2024-01-05') });
    must(
      send(staff.officer.id, 'dossiers.open', {
        dossierId: id,
        fields,
        maker: staff.officer.id,
        parent: null,
      }),
    );
    const documents = papers.filter((_paper, n) => n % 3 === place % 3 || n === place);
    must(send(staff.officer.id, 'dossiers.file', { dossierId: id, documents }));
    // The last but one stays open: its papers are kept by it.
    if (place !== 3) {
      must(send(staff.officer.id, 'dossiers.close', { dossierId: id, endedOn: day('2024-06-30') }));
    }
    return id;
  });
  return { agency, files, papers, locks: [], lists: [] };
}

const step = fc.record({
  what: fc.constantFrom(
    'propose',
    'propose',
    'appraise',
    'appraise',
    'approve',
    'approve',
    'carryOut',
    'carryOut',
    'dismiss',
    'hold',
    'release',
    'release',
    'freeze',
    'lift',
    'lift',
    'reopen',
  ),
  pick: fc.nat(20),
  anybody: fc.nat(8),
  days: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(500) }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** Where a list has to be for a step to be more than a refusal. */
const suits: Readonly<Partial<Record<Step['what'], string>>> = {
  appraise: 'proposed',
  approve: 'appraised',
  carryOut: 'approved',
  dismiss: 'appraised',
};

type Named = Readonly<{ file: DossierId; list: DisposalId; lock: LockId; paper: string; pick: number }>;

const asked = { title: 'Vụ việc', basis: 'Công văn', askedBy: 'Thanh tra', reason: 'Đang xem xét' };
const line = { verdict: 'destroy', newRetention: null, reason: 'Hết giá trị' };
const longer = { ...line, verdict: 'longer', newRetention: 20 };

/** What each step sends. */
const sending: Readonly<Record<Step['what'], (named: Named) => readonly [string, object]>> = {
  propose: ({ list, file, pick }) => [
    'disposals.propose',
    { disposalId: list, items: [{ dossier: file, ...(pick % 7 === 0 ? longer : line) }] },
  ],
  appraise: ({ list }) => ['disposals.appraise', { disposalId: list, words: 'Đồng ý', reference: 'BB 1' }],
  approve: ({ list }) => ['disposals.approve', { disposalId: list, number: '1/QĐ', on: day('2026-11-01') }],
  carryOut: ({ list }) => ['disposals.carryOut', { disposalId: list, witnesses: ['A', 'B'], place: 'Kho' }],
  dismiss: ({ list }) => ['disposals.dismiss', { disposalId: list, reason: 'Xem lại' }],
  hold: ({ lock, file }) => ['holds.open', { lockId: lock, ...asked, dossiers: [file] }],
  release: ({ lock }) => ['holds.release', { lockId: lock, reason: 'Xong' }],
  freeze: ({ lock, file, paper, pick }) => [
    'freezes.set',
    {
      lockId: lock,
      title: 'Niêm phong',
      reason: 'Vụ án',
      dossiers: pick % 2 === 0 ? [file] : [],
      documents: pick % 2 === 0 ? [] : [paper],
    },
  ],
  lift: ({ lock }) => ['freezes.lift', { lockId: lock, reason: 'Xong' }],
  reopen: ({ file }) => ['dossiers.reopen', { dossierId: file, reason: 'Còn văn bản' }],
};

const opening: readonly Step['what'][] = ['propose', 'hold', 'freeze'];

function take(pool: Pool, { what, pick, anybody, days }: Step): LogEntry {
  const { agency, locks, lists } = pool;
  const { staff, send } = agency;
  const at = <One>(some: readonly One[]): One | undefined => some[pick % Math.max(1, some.length)];
  const fitting = lists.filter((id) => agency.state(disposalAggregate, id)?.state === suits[what]);
  const live = locks.filter((id) => agency.state(lockAggregate, id)?.lifted === null);
  const isNew = opening.includes(what);
  const list = (isNew ? undefined : (at(fitting) ?? lists[0])) ?? DisposalIdSchema.parse(ids.document());
  const lock = (isNew ? undefined : at(live)) ?? LockIdSchema.parse(ids.document());
  if (what === 'propose') lists.push(list);
  else if (isNew) locks.push(lock);
  const file = at(pool.files) ?? dossierId();
  const [name, body] = sending[what]({ file, list, lock, paper: at(pool.papers) ?? '', pick });
  const usual = what === 'approve' ? staff.head : what === 'reopen' ? staff.officer : staff.archivist;
  // One in nine is tried by somebody else.
  const who = anybody === 0 ? staff.colleague : usual;
  return send(who.id, name, body, days * 24 * 60 + 1);
}

test('whatever is tried, nothing held, frozen or not yet due is destroyed, and whatever is has its decision and minutes', () => {
  let [destroyed, stopped] = [0, 0];
  fc.assert(
    fc.property(fc.array(step, { minLength: 60, maxLength: 120, size: 'max' }), (steps) => {
      beginIdsAt(70_000_000);
      const pool = filled(openSmallAgency(memoryEngine));
      const { state } = pool.agency;
      for (const one of steps) {
        const before = new Map(pool.files.map((id) => [id as string, state(dossierAggregate, id)]));
        const entry = take(pool, one);
        if (entry.refusal?.code.startsWith('dossiers.is-held') === true) stopped += 1;
        for (const { type, on } of entry.acts) {
          if (type === 'dossierDestroyed') {
            destroyed += 1;
            expectDue(before.get(on.id) ?? null, entry);
            expectTraced(pool, on.id);
          }
          if (type === 'documentDestroyed') expectAlone(pool, on.id);
        }
      }
      expectLocks(pool);
    }),
    { ...sameDays, numRuns: 60, endOnFailure: true },
  );
  expect(destroyed).toBeGreaterThan(10);
  expect(stopped).toBeGreaterThan(10);
});

function expectDue(file: Dossier | null, { recordedAt }: LogEntry): void {
  if (file === null) throw new Error('Nothing was there to be destroyed');
  expect(file.state).toBe('considered');
  expect(file.locks ?? []).toEqual([]);
  const until = allKeptUntil([file], firstSettings.counting);
  expect(until !== null && until < dayOf(recordedAt)).toBe(true);
}

function expectTraced({ agency }: Pool, id: string): void {
  const file = agency.state(dossierAggregate, id);
  const list = agency.state(disposalAggregate, file?.destroyed?.disposal ?? '');
  expect(list).toMatchObject({ state: 'carried-out', decision: { number: file?.destroyed?.number } });
  expect(list?.minutes?.witnesses).toHaveLength(2);
  expect(list?.appraisal).not.toBeNull();
}

/** A paper goes only with the last file that it lies in. */
function expectAlone({ agency }: Pool, id: string): void {
  const paper = agency.state(documentAggregate, id);
  if (paper === null) throw new Error('Nothing was destroyed');
  const left = dossiersOf(paper).map((one) => agency.state(dossierAggregate, one)?.state);
  expect(new Set(left)).toEqual(new Set(['destroyed']));
}

/** What a lock says it lies on bears it, and nothing else does. */
function expectLocks({ agency, locks, files }: Pool): void {
  for (const id of files) {
    const file = agency.state(dossierAggregate, DossierIdSchema.parse(id));
    if (file === null || file.state === 'destroyed') continue;
    const live = locks.filter((one) => {
      const lock = agency.state(lockAggregate, one);
      return lock?.lifted === null && lock.dossiers.includes(id);
    });
    expect(new Set((file.locks ?? []).map((lock) => lock.id))).toEqual(new Set<string>(live));
  }
}
