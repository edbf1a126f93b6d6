export * from './cover.ts';
export * from './identity.ts';
export { openPart, sealPart } from './parts.ts';
export * from './gateway-store.ts';
export type { LineMessage } from './line-store.ts';
export { markRestored } from './restored-store.ts';
export { noteOwed } from './note-owed.ts';
