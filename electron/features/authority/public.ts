/** What other rooms of the desk may use of this one. */
export { freshenLists } from './revocation-lists.ts';
