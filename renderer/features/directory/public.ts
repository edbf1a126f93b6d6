/** What other rooms may use of this one. */
export { type Directory, useDirectory } from './names.ts';
