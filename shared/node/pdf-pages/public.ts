export { appendPages } from './append-pages.ts';
export { openBinder, type Binder } from './bind-pages.ts';
export { extractPages } from './extract-pages.ts';
export type { PageMark } from './mark-pages.ts';
