import type { ReadDb } from '#shared/node/sqlite/public.ts';

const queries = [
  `SELECT id, direction, state, kind, notation, subject, issuer, unit, drafter, issued_on, book, number, year,
          arrived_on, urgency, holder_kind, holder_id, since, due_on, returned, file_hash, same_paper, folded
     FROM document ORDER BY id`,
  'SELECT p.person, d.id FROM document_person p JOIN document d ON d.n = p.document ORDER BY 1, 2',
  'SELECT u.unit, d.id FROM document_unit u JOIN document d ON d.n = u.document ORDER BY 1, 2',
  'SELECT d.id, t.seq FROM timeline t JOIN document d ON d.n = t.document ORDER BY 2, 1',
  'SELECT c.year, c.number, c.made_on, d.id FROM certified_copy c JOIN document d ON d.n = c.document ORDER BY 1, 2',
  'SELECT direction, state, documents FROM tally WHERE documents <> 0 ORDER BY 1, 2',
  'SELECT id, document, role, giver, unit, person, state, due_on, since FROM task ORDER BY id',
  'SELECT who, due_key, since, document, why, task, origin FROM waiting ORDER BY origin, who, why',
  'SELECT who, why, items FROM waiting_tally ORDER BY who, why',
  'SELECT document, of, notation, hash, size, level, renew_by FROM proof ORDER BY document, of',
  `SELECT id, code, year, title, retention, state, in_list, maker, parent, started_on, ended_on, papers, parts, folded
     FROM dossier ORDER BY id`,
  'SELECT p.person, d.id FROM dossier_person p JOIN dossier d ON d.n = p.dossier ORDER BY 1, 2',
  'SELECT u.unit, d.id FROM dossier_unit u JOIN dossier d ON d.n = u.dossier ORDER BY 1, 2',
  'SELECT id, body, kind, title, place, state, starts_at, folded FROM meeting ORDER BY id',
  'SELECT p.person, m.id FROM meeting_person p JOIN meeting m ON m.n = p.meeting ORDER BY 1, 2',
  'SELECT id, giver, person, state, due_key, who, why, since FROM meeting_task ORDER BY id',
  'SELECT id, meeting FROM meeting_item ORDER BY id',
  'SELECT kind, id, version, state FROM aggregate ORDER BY kind, id',
];

/** Every read model and state of a desk, as one value that can be compared. */
export function everyReadModel(db: ReadDb): readonly (readonly unknown[])[] {
  return queries.map((sql) => db.prepare(sql).all());
}
