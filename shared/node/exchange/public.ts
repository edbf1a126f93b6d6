export * from './cover.ts';
export * from './identity.ts';
export { openPart, sealPart } from './parts.ts';
export * from './gateway-store.ts';
export { markRestored, questionKey } from './restored-store.ts';
export { noteOwed, receiptKey } from './note-owed.ts';
