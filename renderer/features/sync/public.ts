/** What other rooms may use of this one. */
export { ServerStanding } from './server-standing.tsx';
export { useStanding } from './use-standing.ts';
