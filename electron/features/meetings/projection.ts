import type { AgendaItem, Meeting } from '#shared/meetings/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { prepared } from '../../store/prepared.ts';
import type { Projection } from '../../store/projection.ts';
import { keepFileNames } from '../documents/public.ts';

/** Keeps the list of meetings, who may see each, and what their papers' files are called; all else stands in their states. */
export const meetingsProjection: Projection = {
  name: 'meetings',
  apply(db, { changed }) {
    for (const { ref, before, after, acts } of changed) {
      // Folded by the aggregates' own `evolve`.
      if (ref.kind === 'meeting') keep(db, before as Meeting | null, after as Meeting);
      if (ref.kind === 'proposal') keepFileNames(db, ref.id, acts);
      if (ref.kind !== 'agendaItem') continue;
      const { id, meeting } = after as AgendaItem;
      prepared(db, 'INSERT OR IGNORE INTO meeting_item (id, meeting) VALUES (?, ?)').run(id, meeting);
      keepFileNames(db, id, acts);
    }
  },
  forget(db, { kind, id }) {
    if (kind === 'agendaItem' || kind === 'proposal') {
      prepared(db, 'DELETE FROM document_file WHERE document = ?').run(id);
      prepared(db, 'DELETE FROM meeting_item WHERE id = ?').run(id);
    }
    if (kind !== 'meeting') return;
    prepared(db, 'DELETE FROM meeting_person WHERE meeting = (SELECT n FROM meeting WHERE id = ?)').run(id);
    prepared(db, 'DELETE FROM meeting WHERE id = ?').run(id);
  },
  clear(db) {
    db.exec('DELETE FROM meeting_item; DELETE FROM meeting_person; DELETE FROM meeting;');
  },
};

function keep(db: WriteDb, before: Meeting | null, after: Meeting): void {
  const { id, body, kind, title, place, state, startsAt } = after;
  prepared(
    db,
    `INSERT INTO meeting (id, body, kind, title, place, state, starts_at, folded)
     VALUES (@id, @body, @kind, @title, @place, @state, @startsAt, @folded)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, place = excluded.place, state = excluded.state,
       starts_at = excluded.starts_at, folded = excluded.folded`,
  ).run({ id, body, kind, title, place, state, startsAt, folded: foldVietnamese(`${title} ${place}`) });
  const person = prepared(
    db,
    'INSERT OR IGNORE INTO meeting_person (person, meeting) VALUES (?, (SELECT n FROM meeting WHERE id = ?))',
  );
  for (const one of after.people) if (before?.people.includes(one) !== true) person.run(one, id);
}
