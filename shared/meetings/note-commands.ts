import { z } from 'zod';
import { MeetingIdSchema, NoteIdSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { agendaItemAggregate } from './item.ts';
import { meetingAggregate } from './meeting.ts';
import { NoteMarksSchema, mostSharedNotes } from './private-notes.ts';
import { whyNotItem, whyNotMeeting } from './why-not.ts';

/** Shows a note of one's own to everybody who reads the item; again, it is what it has become. */
export const shareNote = defineCommand({
  name: 'meetings.shareNote',
  body: z.object({ meetingId: MeetingIdSchema, id: NoteIdSchema, marks: NoteMarksSchema }),
  reads: ({ meetingId, marks }) => [ref('meeting', meetingId), ref('agendaItem', marks.item)],
  decide: ({ body: { meetingId, id, marks }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const item = states.of(agendaItemAggregate, marks.item);
    const not = whyNotMeeting(meeting, 'takePosition', ctx.actor) ?? whyNotItem(item, ctx.actor);
    if (not !== null || item === null) return not ?? [];
    if (item.meeting !== meetingId) return refuse('meetings.unknown-item');
    const { item: _item, ...said } = marks;
    const { paper } = said;
    const known = item.papers.find((one) => one.id === paper?.id);
    if (paper !== null && known?.versions.some(({ n }) => n === paper.n) !== true) {
      return refuse('documents.unknown-file');
    }
    const before = item.shared.find((note) => note.id === id);
    if (before !== undefined && before.by !== ctx.actor) return refuse('meetings.unknown-note');
    if (before === undefined && item.shared.length >= mostSharedNotes) {
      return refuse('meetings.too-many-notes', { count: mostSharedNotes });
    }
    const note = { id, ...said, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'noteShared', on: ref('agendaItem', marks.item), body: { note } }];
  },
});
