import { dossierAggregate } from '#shared/dossiers/public.ts';
import { dossierId, someDossierFields } from './dossiers.ts';
import { day } from './builders.ts';
import type { Asking, Move, Pool } from './office-moves.ts';

/** One thing somebody tries with the files of the agency; most of it is refused where the file is another's. */
export function filingMove({
  pool,
  move,
  files,
}: Readonly<{ pool: Pool; move: Move; files: string[] }>): Asking {
  const { staff, state } = pool.agency;
  const { pick, other, who } = move;
  const known = files[pick % Math.max(1, files.length)];
  const maker = staff[who].id;
  if (known === undefined || other === 0) {
    const opened = dossierId();
    files.push(opened);
    const fields = someDossierFields({ code: `${files.length}.VP`, startedOn: day('2026-11-02') });
    return {
      name: 'dossiers.open',
      body: { dossierId: opened, fields, maker, parent: pick % 3 === 0 ? (known ?? null) : null },
    };
  }
  const dossier = state(dossierAggregate, known);
  // Every other try is the maker's own, so that files get far.
  const by = pick % 2 === 0 ? dossier?.maker : undefined;
  const document = pool.documents[pick % Math.max(1, pool.documents.length)];
  const named = { dossierId: known };
  switch (other) {
    case 5:
      return {
        name: 'dossiers.takeOut',
        by,
        body: {
          ...named,
          documents: dossier?.items.slice(0, 1).map((item) => item.document) ?? [],
          reason: 'Trùng',
        },
      };
    case 6:
      return { name: 'dossiers.close', by, body: { ...named, endedOn: day('2026-11-20') } };
    case 7:
      return { name: 'dossiers.reopen', by, body: { ...named, reason: 'Còn văn bản' } };
    case 8:
      return {
        name: 'dossiers.passOn',
        by,
        body: { ...named, to: staff.colleague.id, reason: 'Chuyển công tác' },
      };
    default:
      return {
        name: 'dossiers.file',
        by,
        body: { ...named, documents: document === undefined ? [] : [document] },
      };
  }
}
