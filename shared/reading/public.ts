export * from './aggregates.ts';
export * as readingCommands from './commands.ts';
export * from './contract.ts';
export * from './model.ts';
