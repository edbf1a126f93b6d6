import type { Role } from './model.ts';

export type Allowed = readonly Role[] | 'everyone' | 'nobody-signed-in' | 'the-server';

export const content: readonly Role[] = [
  'clerk',
  'leader',
  'chief',
  'unit-head',
  'officer',
  'meeting-secretary',
];
/** Whoever reads what is at the archive as well. */
export const readers: readonly Role[] = [...content, 'archivist'];
export const clerk: readonly Role[] = ['clerk'];
/** Who looks after what is kept, and who decides on it. */
export const keeping: readonly Role[] = ['archivist', 'chief', 'leader', 'clerk'];
export const administrator: readonly Role[] = ['administrator'];
export const directors: readonly Role[] = ['leader', 'chief'];
/** Who looks over what others do with what is kept (NĐ 30 PL6 3). */
export const supervisors: readonly Role[] = [...directors, 'administrator'];
export const convenors: readonly Role[] = ['leader', 'chief', 'meeting-secretary'];
