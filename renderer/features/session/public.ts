/** What other rooms may use of this one. */
export { useMe } from './use-me.ts';
