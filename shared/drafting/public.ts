export * as draftingCommands from './commands.ts';
export * from './contract.ts';
export * from './working-draft.ts';
