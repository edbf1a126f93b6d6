import { z } from 'zod';
import { AppError, type MeetingId, type NoteId } from '#shared/kernel/public.ts';
import {
  PrivateNoteSchema,
  agendaItemAggregate,
  mostNotes,
  type PrivateNote,
} from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';

type Asking = Pick<Signed, 'open' | 'person'>;
const RowSchema = z.object({ note: z.string() });

/** What this person noted in a meeting, on items they still read. */
export function notesOf({ open, person }: Asking, meetingId: MeetingId): PrivateNote[] {
  return prepared(open.desk.db, 'SELECT note FROM private_note WHERE person = ? AND meeting = ? ORDER BY id')
    .all(person.id, meetingId)
    .map((row) => PrivateNoteSchema.parse(JSON.parse(RowSchema.parse(row).note)))
    .filter(({ item }) => reads({ open, person }, item) !== null);
}

/** Keeps a note, or what it has become. */
export function keepNote({ open, person }: Asking, given: Omit<PrivateNote, 'at'>): PrivateNote {
  const { db, now } = open.desk;
  const meeting = reads({ open, person }, given.item);
  if (meeting === null) throw new AppError('meetings.unknown-item');
  const note = { ...given, at: now() };
  const before = prepared(db, 'SELECT person FROM private_note WHERE id = ?').get(note.id) as
    { person: string } | undefined;
  if (before !== undefined && before.person !== person.id) throw new AppError('meetings.unknown-note');
  const { count } = prepared(
    db,
    'SELECT count(*) AS count FROM private_note WHERE person = ? AND meeting = ?',
  ).get(person.id, meeting) as { count: number };
  if (before === undefined && count >= mostNotes) {
    throw new AppError('meetings.too-many-notes', { count: mostNotes });
  }
  prepared(
    db,
    `INSERT INTO private_note (id, person, meeting, item, note) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET item = excluded.item, note = excluded.note`,
  ).run(note.id, person.id, meeting, note.item, JSON.stringify(note));
  return note;
}

export function dropNote({ open, person }: Asking, id: NoteId): void {
  prepared(open.desk.db, 'DELETE FROM private_note WHERE id = ? AND person = ?').run(id, person.id);
}

/** The meeting of an item this person reads. */
function reads({ open, person }: Asking, id: PrivateNote['item']): MeetingId | null {
  const item = readState(open.desk.db, agendaItemAggregate, id);
  return item?.readers.includes(person.id) === true ? item.meeting : null;
}
