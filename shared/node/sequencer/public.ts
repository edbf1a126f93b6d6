export * from './chain-walk.ts';
export * from './log-port.ts';
export * from './sequencer.ts';
export { logTables, sqliteLog } from './sqlite-log.ts';
