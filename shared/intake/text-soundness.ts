import type { TextLine } from './model.ts';
import { foldLetters } from './letters.ts';
import { isVietnameseSyllable } from './vietnamese-syllable.ts';

export type Soundness = Readonly<{
  sound: boolean;
  /** 0 to 1: how far the letters can be believed. */
  score: number;
  language: 'vi' | 'en' | null;
}>;

const words = /\p{L}+/gu;
const marked = /\P{ASCII}/u;
const fewWords = 30;
// Texts made on a computer have none or one such word in a thousand, machine-read scans several in a hundred.
const mostBroken = 0.004;
const nationalName = 'cong hoa xa hoi chu nghia viet nam';
const motto = 'doc lap tu do hanh phuc';
const rightNationalName = /^(?:.*\s)?C[ỘỌ]NG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM$/u;
const rightMotto = /Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc/iu;

/**
 * Whether a text layer can be believed. A page that is a picture with invisible letters over it was read by a machine:
 * its words look right, its numbers and dates often are not, so nothing is taken from it.
 */
export function judgeText(lines: readonly TextLine[], { hidden = false } = {}): Soundness {
  const all = lines.flatMap((line) => line.text.match(words) ?? []);
  const lower = all.filter((word) => word.length > 1 && word === word.toLowerCase());
  const withMarks = lower.filter((word) => marked.test(word));
  const broken = withMarks.filter((word) => !isVietnameseSyllable(word)).length;
  const share = withMarks.length === 0 ? 0 : broken / withMarks.length;
  const language = languageOf(lower, withMarks);
  const damaged = hidden || (broken > 1 && share > mostBroken) || misspeltHead(lines);
  const score = damaged ? Math.min(0.3, 1 - share) : all.length < fewWords ? 0.8 : 1 - share;
  return { sound: !damaged, score, language };
}

/** The two lines every state paper begins with, recognised without their marks but printed with wrong ones. */
function misspeltHead(lines: readonly TextLine[]): boolean {
  const head = lines.filter((line) => line.page === 1).slice(0, 40);
  return head.some(({ text }) => {
    const folded = foldLetters(text)
      .replace(/[^a-z ]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim();
    if (folded === nationalName) return !rightNationalName.test(text);
    return folded === motto && !rightMotto.test(text);
  });
}

function languageOf(lower: readonly string[], withMarks: readonly string[]): Soundness['language'] {
  if (lower.length < 10) return withMarks.length > 2 ? 'vi' : null;
  if (withMarks.length / lower.length > 0.3) return 'vi';
  return withMarks.length / lower.length < 0.02 ? 'en' : null;
}
