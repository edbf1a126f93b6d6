export * from './acts.ts';
export * from './aggregates.ts';
export * from './closing.ts';
export * from './contract.ts';
export * as dossierCommands from './dossier-commands.ts';
export * as fileListCommands from './list-commands.ts';
export * from './model.ts';
export * from './retention.ts';
export * from './why-not.ts';
