/** What other rooms may use of this one. */
export { draftPath } from './draft-path.ts';
export { Unsubmitted } from './unsubmitted.tsx';
