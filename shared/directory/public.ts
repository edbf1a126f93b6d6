export * from './aggregates.ts';
export * from './authority.ts';
export * as directoryCommands from './commands.ts';
export * from './contract.ts';
export * from './identity.ts';
export * from './model.ts';
export * from './permissions.ts';
export * from './reading-scope.ts';
export * from './session-contract.ts';
