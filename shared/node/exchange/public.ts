export * from './cover.ts';
export * from './identity.ts';
export { openPart, sealPart } from './parts.ts';
