export * from './contract.ts';
export * from './search-text.ts';
export * from './sought.ts';
