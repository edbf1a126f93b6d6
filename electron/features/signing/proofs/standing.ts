import { z } from 'zod';
import type { ProofPolicy } from '#shared/directory/public.ts';
import {
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
  ProofLevelSchema,
  instantFrom,
  isBelow,
  proofLevels,
  type Instant,
} from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { ProofFaultSchema, type ProofFault, type ProofStanding } from '#shared/signing/public.ts';
import type { Desk } from '../../../store/desk.ts';
import { prepared } from '../../../store/prepared.ts';
import { proofPolicyOf } from './policy.ts';

const OwedSchema = z.object({
  document: DocumentIdSchema,
  of: HashSchema,
  hash: HashSchema,
  size: z.int(),
  level: ProofLevelSchema,
  renewBy: InstantSchema.nullable(),
});
/** A sealed file below the level aimed at, or whose last document time-stamp grows old. */
export type Owed = z.infer<typeof OwedSchema>;

type Aim = Readonly<{ policy: Pick<ProofPolicy, 'level' | 'marginDays'>; at: Instant }>;

const dayMs = 86_400_000;

/** Before this moment a time-stamp need not be renewed yet. */
export function renewalEdge({ policy, at }: Aim): Instant {
  return instantFrom(Date.parse(at) + policy.marginDays * dayMs);
}

/** What is to be done, at most `limit` files; those tried in vain rest until their time unless all are asked for. */
export function owedFiles(
  db: ReadDb,
  aim: Aim,
  { limit, all }: Readonly<{ limit: number; all: boolean }>,
): readonly Owed[] {
  const below = levelsBelow(aim.policy.level);
  const rows = prepared(
    db,
    `SELECT p.document, p.of, p.hash, p.size, p.level, p.renew_by AS renewBy
       FROM proof p LEFT JOIN proof_trial t ON t.document = p.document AND t.of = p.of
      WHERE (p.level IN (${marks(below)}) OR p.renew_by <= ?) AND (? = 1 OR t.next_at IS NULL OR t.next_at <= ?)
      ORDER BY p.document, p.of LIMIT ?`,
  ).all(...below, renewalEdge(aim), all ? 1 : 0, aim.at, limit);
  return rows.map((row) => OwedSchema.parse(row));
}

/** How many files stand where, and which of them nothing could be done for. */
export function standingOf(
  desk: Pick<Desk, 'db' | 'agencyId' | 'now'>,
): Pick<ProofStanding, 'levels' | 'owed' | 'due' | 'failing'> {
  const { db } = desk;
  const policy = proofPolicyOf(desk);
  const aim = policy === null ? null : { policy, at: desk.now() };
  const counted = prepared(db, 'SELECT level, count(*) AS files FROM proof GROUP BY level').all() as {
    level: string;
    files: number;
  }[];
  const levels = proofLevels.map((level) => ({
    level,
    files: counted.find((row) => row.level === level)?.files ?? 0,
  }));
  const below = new Set<string>(aim === null ? [] : levelsBelow(aim.policy.level));
  return {
    levels,
    owed: levels.reduce((sum, { level, files }) => sum + (below.has(level) ? files : 0), 0),
    due: aim === null ? 0 : countDue(db, aim),
    failing: failing(db),
  };
}

/** Puts a file off after it was tried in vain: an hour, then longer, a day at most. */
export function putOff(
  db: WriteDb,
  { document, of }: Owed,
  { at, why }: Readonly<{ at: Instant; why: ProofFault }>,
) {
  const before = prepared(db, 'SELECT failures FROM proof_trial WHERE document = ? AND of = ?').get(
    document,
    of,
  ) as { failures: number } | undefined;
  const failures = (before?.failures ?? 0) + 1;
  const hours = Math.min(24, 2 ** (failures - 1));
  prepared(
    db,
    `INSERT INTO proof_trial (document, of, failures, at, next_at, why) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (document, of) DO UPDATE SET failures = excluded.failures, at = excluded.at,
       next_at = excluded.next_at, why = excluded.why`,
  ).run(document, of, failures, at, instantFrom(Date.parse(at) + hours * 3_600_000), JSON.stringify(why));
}

export function forgetTrial(db: WriteDb, { document, of }: Owed): void {
  prepared(db, 'DELETE FROM proof_trial WHERE document = ? AND of = ?').run(document, of);
}

/** Notes what was seen in a file nobody had to add anything to. */
export function noteLevel(db: WriteDb, { document, of, hash, level }: Owed): void {
  prepared(db, 'UPDATE proof SET level = ? WHERE document = ? AND of = ? AND hash = ?').run(
    level,
    document,
    of,
    hash,
  );
}

const shownAtMost = 200;

function failing(db: ReadDb): ProofStanding['failing'] {
  const rows = prepared(
    db,
    `SELECT t.document, t.of, p.notation, p.level, t.failures, t.at, t.next_at AS nextAt, t.why
       FROM proof_trial t JOIN proof p ON p.document = t.document AND p.of = t.of ORDER BY t.at DESC, p.notation LIMIT ?`,
  ).all(shownAtMost);
  const total = prepared(
    db,
    'SELECT count(*) AS total FROM proof_trial t JOIN proof p ON p.document = t.document AND p.of = t.of',
  ).get() as { total: number };
  return { total: total.total, files: rows.map((row) => FailingRowSchema.parse(row)) };
}

const FailingRowSchema = z
  .object({
    document: DocumentIdSchema,
    of: HashSchema,
    notation: z.string(),
    level: ProofLevelSchema,
    failures: z.int(),
    at: InstantSchema,
    nextAt: InstantSchema,
    why: z.string(),
  })
  .transform(({ why, ...row }) => ({ ...row, why: ProofFaultSchema.parse(JSON.parse(why)) }));

function countDue(db: ReadDb, aim: Aim): number {
  const row = prepared(db, 'SELECT count(*) AS files FROM proof WHERE renew_by <= ?').get(renewalEdge(aim));
  return (row as { files: number }).files;
}

function levelsBelow(level: ProofPolicy['level']): readonly string[] {
  return proofLevels.filter((one) => isBelow(one, level));
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
