const marks = /\p{M}+/gu;
const rule = /^[\s_\-–—=*.~•+⎯─]+$/u;

/** Lower case without marks, `đ` as `d`. */
export function foldLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(marks, '')
    .replace(/[đĐðÐ]/gu, 'd')
    .toLowerCase();
}

/** Whether every letter is a capital, with at least two of them. */
export function isUpper(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= 2 && text === text.toUpperCase();
}

/** A line drawn with signs: `-------`, `____`, `* * *`. */
export function isRule(text: string): boolean {
  return rule.test(text);
}

const lookAlikes = new Map(
  Object.entries({
    А: 'A',
    В: 'B',
    С: 'C',
    Е: 'E',
    Н: 'H',
    І: 'I',
    К: 'K',
    М: 'M',
    О: 'O',
    Р: 'P',
    Ѕ: 'S',
    Т: 'T',
    Х: 'X',
    У: 'Y',
    а: 'a',
    с: 'c',
    е: 'e',
    о: 'o',
    р: 'p',
    х: 'x',
    у: 'y',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Χ: 'X',
    Ð: 'Đ',
    ð: 'đ',
    Ɖ: 'Đ',
  }),
);

/** Cyrillic and Greek letters that look like ours come out of some typists' keyboards; a symbol never means them. */
export function withoutLookAlikes(text: string): string {
  return text.replace(/[\u0370-\u04ff\u00d0\u00f0\u0189]/gu, (letter) => lookAlikes.get(letter) ?? letter);
}

/** Words set wide apart, `Q U Y Ế T  Đ Ị N H`, as people write them. */
export function closeSpacedLetters(text: string): string {
  if (!/^(?:\p{L}\s+){3,}\p{L}$/u.test(text.trim())) return text;
  return text.trim().replace(/\s/gu, '');
}
