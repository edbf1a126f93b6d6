/** What other rooms may use of this one. */
export { searchFor } from './search-path.ts';
