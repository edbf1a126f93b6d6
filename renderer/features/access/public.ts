/** What other rooms may use of this one. */
export { PaperHistory } from './paper-history.tsx';
