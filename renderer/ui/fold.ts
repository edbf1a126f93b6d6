/** Text as people type it in a hurry: lower case, no diacritics, đ as d, single spaces. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * How well `text` answers what was typed, 0 best, null not at all: every typed word must begin a word of the text
 * (`ng va` finds "Nguyễn Văn An"), or the letters must be its initials (`nva`).
 */
export function matchRank(typed: string, text: string): number | null {
  const wanted = foldText(typed);
  if (wanted === '') return 0;
  const words = wordsOf(foldText(text));
  const whole = words.join(' ');
  if (whole.startsWith(wanted)) return 0;
  const asked = wordsOf(wanted);
  if (asked.every((word) => words.some((candidate) => candidate.startsWith(word)))) return 1;
  const initials = words.map((word) => word[0]).join('');
  if (asked.length === 1 && wanted.length >= 2 && initials.includes(wanted)) return 2;
  return whole.includes(wanted) ? 3 : null;
}

/** Keeps what answers the typed text, best first; equal answers keep their order. */
export function bestMatches<Item>(
  typed: string,
  items: readonly Item[],
  textOf: (item: Item) => string,
): readonly Item[] {
  const ranked: { item: Item; rank: number }[] = [];
  for (const item of items) {
    const rank = matchRank(typed, textOf(item));
    if (rank !== null) ranked.push({ item, rank });
  }
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function wordsOf(folded: string): readonly string[] {
  return folded.split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== '');
}
