export * as draftingCommands from './commands.ts';
export * from './co-signers.ts';
export * from './co-written.ts';
export * from './complete-draft.ts';
export * from './contract.ts';
export * from './from-editor.ts';
export * from './model.ts';
export * from './numbering.ts';
export * from './working-draft.ts';
