import { z } from 'zod';
import {
  AgendaItemIdSchema,
  DaySchema,
  DocumentIdSchema,
  MeetingIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  UnitIdSchema,
} from '../kernel/public.ts';

export const taskStates = [
  'new',
  'accepted',
  'in-progress',
  'awaiting',
  'done',
  'returned',
  'paused',
  'withdrawn',
] as const;
export type TaskState = (typeof taskStates)[number];

export const TaskSchema = z.object({
  id: TaskIdSchema,
  /** The paper it was given on; null for what a meeting concluded. */
  document: DocumentIdSchema.nullable(),
  /** The meeting it was given in, by its title, and on which of its items. */
  meeting: z.object({ id: MeetingIdSchema, item: AgendaItemIdSchema, title: z.string() }).optional(),
  /** Chủ trì or phối hợp (NĐ 30 Đ23). */
  role: z.enum(['lead', 'support']),
  giver: PersonIdSchema,
  unit: UnitIdSchema.nullable(),
  person: PersonIdSchema.nullable(),
  words: z.string(),
  dueOn: DaySchema.nullable(),
  state: z.enum(taskStates),
  /** What the task goes back to when it is no longer paused. */
  pausedFrom: z.enum(taskStates).nullable(),
  percent: z.int().min(0).max(100),
  /** What was said last of a task that a meeting gave: a paper tells it in its story. */
  said: z.string().optional(),
});
export type Task = z.infer<typeof TaskSchema>;

/** Whether anybody still has something to do about it. */
export function isOpenTask({ state }: Task): boolean {
  return state !== 'done' && state !== 'withdrawn';
}
