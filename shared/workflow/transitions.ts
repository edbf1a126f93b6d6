import type { Transitions } from '../documents/public.ts';
import type { TaskState } from './model.ts';

export const taskEvents = [
  'assign',
  'accept',
  'progress',
  'finish',
  'approve',
  'reject',
  'return',
  'pause',
  'resume',
  'withdraw',
] as const;
export type TaskEvent = (typeof taskEvents)[number];

export const taskTransitions: Transitions<TaskState, TaskEvent> = {
  assign: { new: 'new', returned: 'new', accepted: 'new' },
  accept: { new: 'accepted' },
  progress: { new: 'in-progress', accepted: 'in-progress', 'in-progress': 'in-progress' },
  finish: { new: 'awaiting', accepted: 'awaiting', 'in-progress': 'awaiting' },
  approve: { awaiting: 'done' },
  reject: { awaiting: 'in-progress' },
  return: { new: 'returned', accepted: 'returned' },
  // A pause stops the clock; the reason says why.
  pause: { new: 'paused', accepted: 'paused', 'in-progress': 'paused' },
  resume: { paused: 'in-progress' },
  withdraw: {
    new: 'withdrawn',
    accepted: 'withdrawn',
    returned: 'withdrawn',
  },
};
