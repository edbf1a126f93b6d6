export * from './authority-aggregates.ts';
export * as authorityCommands from './authority-commands.ts';
export * from './authority-contract.ts';
export * from './authority-model.ts';
export * from './certificate-standing.ts';
export * from './keepers.ts';
export * from './contract.ts';
export * from './levels.ts';
export * from './mark-text.ts';
