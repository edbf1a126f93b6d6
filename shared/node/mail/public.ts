export * from './addresses.ts';
export * from './read-mail.ts';
export * from './write-mail.ts';
export * from './without-files.ts';
