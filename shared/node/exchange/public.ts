export * from './cover.ts';
export * from './identity.ts';
export { openPart, sealPart } from './parts.ts';
export * from './exchange-port.ts';
export * from './gateway-store.ts';
export * from './note-store.ts';
export type { LineMessage } from './line-store.ts';
export { markRestored, questionKey } from './restored-store.ts';
export { noteOwed, receiptKey, type Owe } from './note-owed.ts';
