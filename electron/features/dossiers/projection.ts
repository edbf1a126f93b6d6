import type { Dossier } from '#shared/dossiers/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { prepared } from '../../store/prepared.ts';
import type { Projection } from '../../store/projection.ts';

/** Keeps the list of files and who may see each; what lies in one stands in its state. */
export const dossiersProjection: Projection = {
  name: 'dossiers',
  apply(db, { changed }) {
    for (const { ref, before, after } of changed) {
      if (ref.kind !== 'dossier') continue;
      // Folded by the aggregate's own `evolve`.
      keep(db, before as Dossier | null, after as Dossier);
    }
  },
  forget(db, { kind, id }) {
    if (kind !== 'dossier') return;
    const row = prepared(db, 'SELECT n FROM dossier WHERE id = ?').get(id) as { n: number } | undefined;
    if (row === undefined) return;
    for (const table of ['dossier_person', 'dossier_unit']) {
      prepared(db, `DELETE FROM ${table} WHERE dossier = ?`).run(row.n);
    }
    prepared(db, 'DELETE FROM dossier WHERE n = ?').run(row.n);
  },
  clear(db) {
    db.exec('DELETE FROM dossier_person; DELETE FROM dossier_unit; DELETE FROM dossier;');
  },
};

function keep(db: WriteDb, before: Dossier | null, after: Dossier): void {
  const { id, code, year, title, retention, state, maker, parent, startedOn, endedOn } = after;
  prepared(
    db,
    `INSERT INTO dossier (id, code, year, title, retention, state, in_list, maker, parent, started_on, ended_on,
       papers, parts, folded)
     VALUES (@id, @code, @year, @title, @retention, @state, @inList, @maker, @parent, @startedOn, @endedOn,
       @papers, @parts, @folded)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, retention = excluded.retention, state = excluded.state,
       maker = excluded.maker, started_on = excluded.started_on, ended_on = excluded.ended_on,
       papers = excluded.papers, parts = excluded.parts, folded = excluded.folded`,
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
