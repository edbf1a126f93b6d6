export * from './chain.ts';
export * from './query.ts';
export { chainedIn, columnsOf, foundIn, lineColumns } from './rows.ts';
export * from './sqlite-access.ts';
export { stampHead, stampsIn, verifyStamps, type StampVerdict } from './stamp-head.ts';
