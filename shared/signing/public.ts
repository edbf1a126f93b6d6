export * from './contract.ts';
export * from './mark-text.ts';
