import {
  AgendaItemIdSchema,
  MeetingIdSchema,
  canonicalJson,
  defineCommand,
  ref,
  refuse,
} from '../kernel/public.ts';
import { z } from 'zod';
import { dossierAggregate, whyNotFrozen, type Excerpt } from '../dossiers/public.ts';
import { agendaItemAggregate } from './item.ts';
import type { AgendaItem } from './item-model.ts';
import { meetingAggregate } from './meeting.ts';
import type { Meeting } from './meeting-model.ts';
import { whyNotItem, whyNotPrepare } from './why-not.ts';

/**
 * Sends what became of an item back to the file it was raised from; again, it takes the place of what was sent before. A
 * command of its own: what the meeting decides is its members' to know, and this the file's keepers'.
 */
export const sendExcerpt = defineCommand({
  name: 'meetings.sendExcerpt',
  body: z.object({ meetingId: MeetingIdSchema, itemId: AgendaItemIdSchema }),
  reads: ({ meetingId, itemId }) => [ref('meeting', meetingId), ref('agendaItem', itemId)],
  follows: (read, states) => {
    const item = read.kind === 'agendaItem' ? states.of(agendaItemAggregate, read.id) : null;
    return item?.dossier == null ? [] : [ref('dossier', item.dossier)];
  },
  decide: ({ body: { meetingId, itemId }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const item = states.of(agendaItemAggregate, itemId);
    const not = whyNotPrepare(meeting, 'sendExcerpt', ctx.actor) ?? whyNotItem(item, ctx.actor);
    if (not !== null || meeting === null || item === null) return not ?? [];
    if (item.meeting !== meetingId || item.dossier === null) return refuse('meetings.unknown-item');
    const dossier = states.of(dossierAggregate, item.dossier);
    if (dossier === null) return refuse('dossiers.unknown');
    if (dossier.state !== 'open') return refuse(`dossiers.is-${dossier.state}`, { code: dossier.code });
    const frozen = whyNotFrozen(dossier);
    if (frozen !== null) return frozen;
    const excerpt = excerptOf(meeting, item);
    if (excerpt === null) return refuse('meetings.item-undecided', { n: meeting.order.indexOf(itemId) + 1 });
    const before = dossier.excerpts?.find((one) => one.item === itemId);
    if (before !== undefined && canonicalJson(before) === canonicalJson(excerpt)) {
      return refuse('meetings.excerpt-sent');
    }
    return [{ type: 'excerptTaken', on: ref('dossier', dossier.id), body: { excerpt } }];
  },
});

function excerptOf(meeting: Meeting, { id, title, decision, conclusions }: AgendaItem): Excerpt | null {
  if (decision === null) return null;
  const { how, passed, words, by, at } = decision;
  return {
    meeting: meeting.id,
    item: id,
    from: meeting.title,
    title,
    decision: { how, passed, words, by, at },
    conclusions: conclusions.map(({ words: said, owner, dueOn, task }) => ({
      words: said,
      owner,
      dueOn,
      task,
    })),
    minutes: meeting.minutes,
  };
}
