/** What other rooms may use of this one. */
export { dossiersPath } from './dossier-paths.ts';
export { LockMarks } from './lock-marks.tsx';
export { LiesIn } from './lies-in.tsx';
export { useFiling } from './use-filing.tsx';
export { WaitingFiles } from './waiting-files.tsx';
