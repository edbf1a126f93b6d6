export * from './ballots.ts';
