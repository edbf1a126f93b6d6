import { proofOf, signedFilesOf, type OfficialDocument } from '#shared/documents/public.ts';
import type { Projection } from '../../../store/projection.ts';
import { prepared } from '../../../store/prepared.ts';

/** A file that was looked at keeps the level seen in it, until something is added after it. */
const keep = `INSERT INTO proof (document, of, notation, hash, size, level, renew_by) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (document, of) DO UPDATE SET notation = excluded.notation,
    level = CASE WHEN hash = excluded.hash THEN level ELSE excluded.level END,
    renew_by = excluded.renew_by, hash = excluded.hash, size = excluded.size`;

/** Keeps for every file the agency signed by which bytes it is proven now, how far, and until when. */
export const proofsProjection: Projection = {
  name: 'proofs',
  apply(db, { changed }) {
    for (const { ref, after } of changed) {
      if (ref.kind !== 'document') continue;
      // Folded by the aggregate's own `evolve`.
      const document = after as OfficialDocument;
      for (const { file: signed, notation } of signedFilesOf(document)) {
        const proof = proofOf(document, signed.hash);
        const { hash, size } = proof?.file ?? signed;
        const level = proof?.level ?? 'B-B';
        const row = [document.id, signed.hash, notation, hash, size, level, proof?.renewBy ?? null];
        prepared(db, keep).run(...row);
      }
      const voided = document.certifiedCopies.filter(({ voidedBecause }) => voidedBecause !== null);
      for (const { file } of voided) {
        prepared(db, 'DELETE FROM proof WHERE document = ? AND of = ?').run(document.id, file.hash);
      }
    }
  },
  forget(db, { kind, id }) {
    if (kind === 'document') prepared(db, 'DELETE FROM proof WHERE document = ?').run(id);
  },
  clear(db) {
    db.exec('DELETE FROM proof');
  },
};
