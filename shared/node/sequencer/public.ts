import './native-hash.ts';
export * from './chain-walk.ts';
export { foldActs, type Aggregates } from './fold.ts';
export * from './log-port.ts';
export * from './sequencer.ts';
export { sqliteLog } from './sqlite-log.ts';
