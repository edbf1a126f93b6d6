import { documentAggregate } from '#shared/documents/public.ts';
import { archiveChecks, dossierAggregate, handOverAggregate } from '#shared/dossiers/public.ts';
import { HandOverIdSchema } from '#shared/kernel/public.ts';
import { day, ids } from './builders.ts';
import { dossierId, someDossierFields } from './dossiers.ts';
import type { Asking, Move, Pool } from './office-moves.ts';

export type Handing = Readonly<{ files: string[]; handOvers: string[] }>;
type Trying = Readonly<{ pool: Pool; move: Move; handing: Handing }>;

const isOver = new Set(['done', 'filed', 'recalled', 'issued', 'replaced']);

/** The next thing somebody tries on a file's way to the archive, from opening it on; now and then too early. */
export function handOverMove({ pool, move, handing }: Trying): Asking {
  const { staff, state, dayAfter } = pool.agency;
  const { pick, other } = move;
  const clerk = staff.clerk.id;
  const last = handing.handOvers.at(-1);
  const handOver = last === undefined ? null : state(handOverAggregate, last);
  if (handOver?.state === 'offered') return onOffered(handOver, { pool, move, handing });
  const own = handing.files.at(-1);
  const file = own === undefined ? null : state(dossierAggregate, own);
  if (file === null || file.state === 'archived') {
    const opened = dossierId();
    handing.files.push(opened);
    const today = dayAfter(1);
    const fields = someDossierFields({
      code: `${handing.files.length}.LT`,
      startedOn: today,
      retention: 'permanent',
    });
    const body = { dossierId: opened, fields, maker: clerk, parent: null };
    return { name: 'dossiers.open', by: clerk, body };
  }
  const named = { dossierId: file.id };
  if (file.state === 'closed') {
    if (other === 7) {
      const until = day(`${dayAfter(1).slice(0, 4)}-12-31`);
      return { name: 'handOvers.keepBack', by: staff.head.id, body: { ...named, until, reason: 'Còn dùng' } };
    }
    const id = HandOverIdSchema.parse(ids.document());
    handing.handOvers.push(id);
    return { name: 'handOvers.offer', by: clerk, body: { handOverId: id, dossiers: [file.id] } };
  }
  const papers = pool.documents.filter((id) => isOver.has(state(documentAggregate, id)?.state ?? ''));
  const paper = papers[pick % Math.max(1, papers.length)];
  const isFiled = file.items.some(({ document }) => document === paper);
  if (paper !== undefined && !isFiled && file.items.length < 2) {
    return { name: 'dossiers.file', by: clerk, body: { ...named, documents: [paper] } };
  }
  return { name: 'dossiers.close', by: clerk, body: { ...named, endedOn: dayAfter(1) } };
}

function onOffered(
  { id, from, files }: NonNullable<ReturnType<typeof handOverAggregate.evolve>>,
  { pool, move: { pick, other }, handing }: Trying,
): Asking {
  const { archivist, administrator } = pool.agency.staff;
  const named = { handOverId: id };
  if (pick % 7 === 0) {
    const receipt = { to: 'Lưu trữ lịch sử tỉnh', number: '05/BB', on: pool.agency.dayAfter(0) };
    const body = { dossiers: handing.files.slice(0, 1), receipt };
    return { name: 'handOvers.recordReceipt', by: archivist.id, body };
  }
  switch (other % 5) {
    case 0:
      return { name: 'handOvers.withdraw', by: from, body: { ...named, reason: 'Còn phải sửa' } };
    case 1: {
      const given = files.map(({ dossier }) => ({
        dossier,
        reasons: ['metadata'],
        words: 'Thiếu trích yếu',
      }));
      return { name: 'handOvers.giveBack', by: archivist.id, body: { ...named, files: given } };
    }
    case 2:
      return { name: 'handOvers.accept', by: administrator.id, body: { ...named, checked: archiveChecks } };
    default:
      return { name: 'handOvers.accept', by: archivist.id, body: { ...named, checked: archiveChecks } };
  }
}
