import { foldLetters } from './letters.ts';
import type { Reading, TextLine } from './model.ts';

export type Notation = Readonly<{ number: string | null; symbol: string; notation: string | null }>;
export type NotationReading = Reading<Notation> & Readonly<{ line: TextLine }>;

const part = String.raw`[\p{L}\d]+`;
const symbolShape = String.raw`${part}(?:\s?[-–/.&,]\s?${part})*`;
// NĐ 30 PL1 II.3: “Số:” and the number, a slash, the symbol.
const stateForm = new RegExp(
  String.raw`(?:^|\s)[Ss][ốỐ]\s*[:.]?\s*(?<number>\d{1,6}\p{Ll}?)?\s*/\s*(?<symbol>${symbolShape})`,
  'u',
);
// HD 36-HD/VPTW: a party paper puts the kind after a hyphen.
const partyForm = new RegExp(
  String.raw`(?:^|\s)[Ss][ốỐ]\s*[:.]?\s*(?<number>\d{1,6})?\s*[-–]\s*(?<symbol>\p{Lu}{2,6}\s?/\s?${part}(?:[-.]${part})*)`,
  'u',
);

/** Number and symbol from the first line that says “Số: …/…”. */
export function readNotation(lines: readonly TextLine[]): NotationReading | null {
  for (const line of lines) {
    const { text } = line;
    // A number cited in running text stands after many words.
    const at = foldLetters(text).search(/(?:^|\s)so\s*[:.]?\s*[\d/-]/u);
    if (at < 0 || at > 24) continue;
    const party = partyForm.exec(text)?.groups;
    const state = party === undefined ? stateForm.exec(text)?.groups : undefined;
    const groups = party ?? state;
    if (groups === undefined) continue;
    const symbol = tidy(groups['symbol'] ?? '');
    if (!/\p{Lu}/u.test(symbol)) continue;
    const number = groups['number'] ?? null;
    const joint = party === undefined ? '/' : '-';
    const notation = number === null ? null : `${number}${joint}${symbol}`;
    return { line, value: { number, symbol, notation }, confidence: number === null ? 0.6 : 0.98 };
  }
  return null;
}

function tidy(symbol: string): string {
  return symbol.replace(/\s+/gu, '').replace(/–/gu, '-');
}
