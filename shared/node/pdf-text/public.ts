export * from './admit-pdf.ts';
export * from './is-pdf.ts';
export * from './read-pdf.ts';
export * from './extract-file.ts';
