import { proofOf, sealedFilesOf, type OfficialDocument } from '#shared/documents/public.ts';
import type { Projection } from '../../../store/projection.ts';
import { prepared } from '../../../store/prepared.ts';

/** A file that was looked at keeps the level seen in it, until something is added after it. */
const keep = `INSERT INTO proof (document, of, notation, hash, size, level, renew_by) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (document, of) DO UPDATE SET notation = excluded.notation,
    level = CASE WHEN hash = excluded.hash THEN level ELSE excluded.level END,
    renew_by = excluded.renew_by, hash = excluded.hash, size = excluded.size`;

/** Keeps for every sealed file by which bytes it is proven now, how far, and until when. */
export const proofsProjection: Projection = {
  name: 'proofs',
  apply(db, { changed }) {
    for (const { ref, after } of changed) {
      if (ref.kind !== 'document') continue;
      // Folded by the aggregate's own `evolve`.
      const document = after as OfficialDocument;
      if (document.direction !== 'outgoing') continue;
      for (const sealed of sealedFilesOf(document)) {
        const proof = proofOf(document, sealed.hash);
        const { hash, size } = proof?.file ?? sealed;
        const level = proof?.level ?? 'B-B';
        const notation = document.number?.notation ?? '';
        const row = [document.id, sealed.hash, notation, hash, size, level, proof?.renewBy ?? null];
        prepared(db, keep).run(...row);
      }
    }
  },
  clear(db) {
    db.exec('DELETE FROM proof');
  },
};
