import { z } from 'zod';
import { AppError, InstantSchema, type DocumentId, type Instant } from '#shared/kernel/public.ts';
import { WorkingDraftSchema, type WorkingCopy, type WorkingDraft } from '#shared/drafting/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';

const RowSchema = z.object({ draft: z.string(), revision: z.int(), saved_at: InstantSchema });

export function readWorkingCopy(db: ReadDb, document: DocumentId): WorkingCopy | null {
  const found = prepared(db, 'SELECT draft, revision, saved_at FROM working_copy WHERE document = ?').get(
    document,
  );
  if (found === undefined) return null;
  const row = RowSchema.parse(found);
  return { draft: JSON.parse(row.draft), revision: row.revision, savedAt: row.saved_at };
}

/** The draft as the page is set from it; `drafting.no-draft` when nothing was written yet. */
export function workingDraft(db: ReadDb, document: DocumentId): WorkingDraft {
  const copy = readWorkingCopy(db, document);
  if (copy === null) throw new AppError('drafting.no-draft');
  return WorkingDraftSchema.parse(copy.draft);
}

type Keep = Readonly<{ documentId: DocumentId; draft: WorkingDraft; revision: number; at: Instant }>;

/** Keeps the next revision; one that another window has overtaken is refused, so that nothing is lost unseen. */
export function keepWorkingCopy(db: WriteDb, { documentId, draft, revision, at }: Keep): number {
  const next = revision + 1;
  const { changes } = prepared(
    db,
    `INSERT INTO working_copy (document, draft, revision, saved_at) VALUES (@document, @draft, @next, @at)
     ON CONFLICT (document) DO UPDATE SET draft = excluded.draft, revision = excluded.revision, saved_at = excluded.saved_at
     WHERE revision = @revision`,
  ).run({ document: documentId, draft: JSON.stringify(draft), next, revision, at });
  if (changes !== 1) throw new AppError('drafting.overtaken');
  return next;
}
