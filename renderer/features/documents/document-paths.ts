import type { TaskId } from '#shared/kernel/public.ts';
import type { PathParams } from '../../app/paths.ts';

/** Việc của tôi; a paper by its id, and what a meeting gave or asks for behind one of these words. */
export const inboxPath = '/viec-cua-toi/:id?/:task?';
export const inboxOf = { meeting: 'cuoc-hop', vote: 'phieu' } as const;

/** The place of what a meeting gave in it. */
export function placeOfTask(task: TaskId): PathParams {
  return { id: inboxOf.meeting, task };
}

/** Where the papers of each direction are read. */
export const documentPath = {
  incoming: '/van-ban-den/:id?',
  outgoing: '/van-ban-di/:id?',
} as const;
