export { sentenceOf } from './sentence-of.ts';
