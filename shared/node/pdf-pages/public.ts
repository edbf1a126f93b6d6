export { extractPages } from './extract-pages.ts';
