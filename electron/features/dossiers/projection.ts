import { handOverDue, type Dossier, type HandOver } from '#shared/dossiers/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { keepFileNames } from '../documents/public.ts';
import { prepared } from '../../store/prepared.ts';
import type { Projection } from '../../store/projection.ts';

/** Keeps the list of files and who may see each; what lies in one stands in its state. */
export const dossiersProjection: Projection = {
  name: 'dossiers',
  apply(db, { changed }) {
    for (const { ref, before, after, acts } of changed) {
      // Folded by the aggregates' own `evolve`.
      if (ref.kind === 'dossier') keep(db, before as Dossier | null, after as Dossier);
      if (ref.kind !== 'handOver') continue;
      keepHandOver(db, after as HandOver);
      keepFileNames(db, ref.id, acts);
    }
  },
  forget(db, { kind, id }) {
    if (kind === 'handOver') {
      prepared(db, 'DELETE FROM document_file WHERE document = ?').run(id);
      prepared(db, 'DELETE FROM hand_over WHERE id = ?').run(id);
    }
    if (kind !== 'dossier') return;
    const row = prepared(db, 'SELECT n FROM dossier WHERE id = ?').get(id) as { n: number } | undefined;
    if (row === undefined) return;
    for (const table of ['dossier_person', 'dossier_unit']) {
      prepared(db, `DELETE FROM ${table} WHERE dossier = ?`).run(row.n);
    }
    prepared(db, 'DELETE FROM dossier WHERE n = ?').run(row.n);
  },
  clear(db) {
    db.exec(
      'DELETE FROM dossier_person; DELETE FROM dossier_unit; DELETE FROM dossier; DELETE FROM hand_over;',
    );
  },
};

function keep(db: WriteDb, before: Dossier | null, after: Dossier): void {
  const { id, code, year, title, retention, state, maker, parent, startedOn, endedOn } = after;
  prepared(
    db,
    `INSERT INTO dossier (id, code, year, title, retention, state, in_list, maker, parent, started_on, ended_on,
       papers, parts, folded, in_archive, returned, hand_over_by)
     VALUES (@id, @code, @year, @title, @retention, @state, @inList, @maker, @parent, @startedOn, @endedOn,
       @papers, @parts, @folded, @inArchive, @returned, @handOverBy)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, retention = excluded.retention, state = excluded.state,
       maker = excluded.maker, started_on = excluded.started_on, ended_on = excluded.ended_on,
       papers = excluded.papers, parts = excluded.parts, folded = excluded.folded,
       in_archive = excluded.in_archive, returned = excluded.returned, hand_over_by = excluded.hand_over_by`,
  ).run({
    id,
    code,
    year,
    title,
    retention: String(retention),
    state,
    inList: after.inList ? 1 : 0,
    maker,
    parent,
    startedOn,
    endedOn,
    papers: after.items.length,
    parts: after.parts.length,
    folded: foldVietnamese(`${code} ${title} ${after.keywords}`),
    ...handingColumns(after),
  });
  const person = prepared(
    db,
    'INSERT OR IGNORE INTO dossier_person (person, dossier) VALUES (?, (SELECT n FROM dossier WHERE id = ?))',
  );
  const unit = prepared(
    db,
    'INSERT OR IGNORE INTO dossier_unit (unit, dossier) VALUES (?, (SELECT n FROM dossier WHERE id = ?))',
  );
  for (const one of after.people) if (before?.people.includes(one) !== true) person.run(one, id);
  for (const one of after.units) if (before?.units.includes(one) !== true) unit.run(one, id);
}

function handingColumns(dossier: Dossier) {
  const { state, parent, handing, inArchive = [] } = dossier;
  const isWhole = parent === null;
  const isWithMaker = state === 'open' || state === 'closed';
  return {
    inArchive: inArchive.length > 0 ? 1 : 0,
    returned: isWhole && isWithMaker && handing?.returned != null ? 1 : 0,
    handOverBy: isWhole && state === 'closed' ? handOverDue(dossier) : null,
  };
}

function keepHandOver(db: WriteDb, { id, state, from, at, files }: HandOver): void {
  prepared(
    db,
    `INSERT INTO hand_over (id, state, giver, at, files) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state`,
  ).run(id, state, from, at, files.length);
}
