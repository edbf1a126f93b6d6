export * from './duplicates.ts';
export * from './letter-hints.ts';
export * from './model.ts';
export * from './read-fields.ts';
export * from './secrecy-mark.ts';
export * from './suggestion.ts';
export { judgeText } from './text-soundness.ts';
export { isVietnameseSyllable } from './vietnamese-syllable.ts';
