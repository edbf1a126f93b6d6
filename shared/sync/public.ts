export * from './aggregates.ts';
export * from './back-off.ts';
export * as deviceCommands from './commands.ts';
export * from './code.ts';
export * from './guards.ts';
export * from './messages.ts';
export * from './model.ts';
export * from './scope-chain.ts';
export * from './scopes.ts';
