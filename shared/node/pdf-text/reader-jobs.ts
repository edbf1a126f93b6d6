import { countPagesHere, readAllTextHere, readPdfHere } from './reading.ts';

/** What the reading thread can be asked. */
export const jobs = { count: countPagesHere, read: readPdfHere, text: readAllTextHere } as const;

export type JobName = keyof typeof jobs;
export type JobValue<Name extends JobName> = Awaited<ReturnType<(typeof jobs)[Name]>>;
