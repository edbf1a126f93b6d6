/**
 * Lower case without marks, `đ` as `d`: one letter stays one letter in composed text. FTS5's unicode61 does not fold
 * đ, so both sides fold here (`design.md` 11).
 */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}+/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase();
}

/**
 * An FTS5 query that wants every word of what was typed, the last one as the beginning of a word from its second letter
 * on (half the language begins with any one letter); never a syntax error, and empty when nothing can be looked for.
 */
export function searchTerms(typed: string): string {
  const words = foldVietnamese(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const isBeginning = (word: string, place: number) => place === words.length - 1 && word.length > 1;
  return words.map((word, place) => `"${word}"${isBeginning(word, place) ? '*' : ''}`).join(' ');
}
