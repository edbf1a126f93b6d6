/** What other rooms may use of this one. */
export { LiesIn } from './lies-in.tsx';
export { useFiling } from './use-filing.tsx';
