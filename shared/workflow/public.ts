export * as circuitCommands from './circuit-commands.ts';
export * from './contract.ts';
export * as directionCommands from './direction-commands.ts';
export * from './model.ts';
export * as taskCommands from './task-commands.ts';
export * from './task.ts';
export * from './transitions.ts';
export * from './why-not.ts';
