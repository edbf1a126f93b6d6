import { z } from 'zod';
import { MeetingBodyIdSchema } from '../kernel/public.ts';
import { votersOf } from './electorate.ts';
import type { AgendaItem } from './item-model.ts';
import type { Meeting } from './meeting-model.ts';

const count = z.int().min(0);

/** What meetings that are over come to. */
export const CountsSchema = z.object({
  meetings: count,
  /** Members with a vote who were asked, and who came. */
  asked: count,
  came: count,
  items: count,
  /** Adopted in one block, since nobody objected beforehand. */
  inBlock: count,
  /** How long those items were meant to take. */
  minutesSaved: count,
  /** Pages of every paper and whatever stood in for it, for each of those who came and read it. */
  pagesNotPrinted: count,
  tasks: count,
});
/** In the order a table shows them. */
export const countNames = CountsSchema.keyof().options;
export type MeetingCounts = Readonly<z.infer<typeof CountsSchema>>;
export const StatisticsSchema = z.object({
  all: CountsSchema,
  bodies: z.array(CountsSchema.extend({ body: MeetingBodyIdSchema, name: z.string() })),
});
export type MeetingStatistics = Readonly<z.infer<typeof StatisticsSchema>>;

const none: MeetingCounts = {
  meetings: 0,
  asked: 0,
  came: 0,
  items: 0,
  inBlock: 0,
  minutesSaved: 0,
  pagesNotPrinted: 0,
  tasks: 0,
};

/** One meeting, and of its items those that whoever asks may read. */
export function countsOf(meeting: Meeting, items: readonly AgendaItem[]): MeetingCounts {
  const voters = votersOf(meeting);
  const wasThere = (person: string) => (meeting.presence[person]?.turns.length ?? 0) > 0;
  const present = meeting.invitees.map(({ person }) => person).filter(wasThere);
  const block = items.filter(({ decision }) => decision?.how === 'block');
  const pages = items.map(({ papers, readers }) => {
    const each = papers.flatMap(({ versions }) => versions.map(({ file }) => file.pages));
    return sum(each) * present.filter((person) => readers.includes(person)).length;
  });
  return {
    meetings: 1,
    asked: voters.length,
    came: voters.filter(wasThere).length,
    items: items.length,
    inBlock: block.length,
    minutesSaved: sum(block.map(({ minutes }) => minutes)),
    pagesNotPrinted: sum(pages),
    tasks: sum(items.map(({ conclusions }) => conclusions.filter(({ task }) => task !== null).length)),
  };
}

export function addCounts(all: readonly MeetingCounts[]): MeetingCounts {
  return all.reduce(
    (one, other) => ({
      meetings: one.meetings + other.meetings,
      asked: one.asked + other.asked,
      came: one.came + other.came,
      items: one.items + other.items,
      inBlock: one.inBlock + other.inBlock,
      minutesSaved: one.minutesSaved + other.minutesSaved,
      pagesNotPrinted: one.pagesNotPrinted + other.pagesNotPrinted,
      tasks: one.tasks + other.tasks,
    }),
    none,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
