export * from './aggregates.ts';
export * from './calls.ts';
export * as accessCommands from './commands.ts';
export * from './contract.ts';
export * from './messages.ts';
export * from './model.ts';
export * from './stamps.ts';
