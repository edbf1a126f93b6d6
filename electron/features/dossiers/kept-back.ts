import { dossierAggregate, dueByLaw, type Dossier } from '#shared/dossiers/public.ts';
import type { TableForm } from '#shared/documents/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { preparedValue } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { keepTable, namesIn, shortDay } from '../documents/public.ts';

const columns = ['n', 'code', 'title', 'maker', 'due', 'until', 'reason', 'allowed'] as const;
const shares = [0.4, 1, 3.2, 1.5, 1, 1, 2, 1.4] as const;

/**
 * NĐ 30 Đ30: whoever keeps a file back gives the archive a list of it. Its code and title are told and no paper, also of a file
 * that the archive does not read yet.
 */
export async function printKeptBack(signed: Signed, form: TableForm) {
  const words = wordsOf('vi');
  const { db } = signed.open.desk;
  const names = namesIn(db);
  const title = words('handOvers.kept.title');
  const rows = keptBackIn(db).map(({ code, title: of, maker, keptBack, ...ended }, place) => {
    const due = dueByLaw(ended);
    const said =
      keptBack === undefined ? [] : [shortDay(keptBack.until), keptBack.reason, names.person(keptBack.by)];
    return [String(place + 1), code, of, names.person(maker), due === null ? '' : shortDay(due), ...said];
  });
  const table = {
    name: title,
    title,
    cover: null,
    about: [],
    columns: columns.map((column) => words(`handOvers.kept.column.${column}`)),
    shares,
    rows,
    after: [words('handOvers.kept.total', { count: rows.length })],
  };
  return await keepTable(signed, table, form);
}

/** Closed and not handed over yet, those that come first before the others; an archive's own desk has these files as well. */
export function keptBackIn(db: ReadDb): Dossier[] {
  const ids = preparedValue(
    db,
    "SELECT id FROM dossier WHERE parent IS NULL AND state = 'closed'",
  ).all() as string[];
  return ids
    .flatMap((id) => readState(db, dossierAggregate, id) ?? [])
    .filter(({ keptBack }) => keptBack !== undefined)
    .toSorted((one, other) => ((one.keptBack?.until ?? '') < (other.keptBack?.until ?? '') ? -1 : 1));
}
