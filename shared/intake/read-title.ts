import { closeSpacedLetters, foldLetters, isUpper } from './letters.ts';
import { bottomOf, centreOf } from './letterhead.ts';
import { kindOfSymbol, kindOfTitle } from './kinds.ts';
import type { Reading, TextLine } from './model.ts';

export type Title = Readonly<{ kind: Reading<string> | null; subject: Reading<string> | null }>;

type Asked = Readonly<{
  /** Lines under the national motto, both columns, top to bottom. */
  below: readonly TextLine[];
  /** Cells of the left column. */
  left: readonly TextLine[];
  symbol: string | null;
  numberLine: TextLine | null;
  /** The page says it joins a text and its amendments together. */
  consolidated: boolean;
}>;

// Where a body begins: what the paper rests on, whom it addresses, its first heading.
const bodyBegins =
  /^(?:Căn cứ|CĂN CỨ|Thực hiện|Xét|Theo|Kính gửi|Điều\s+\d|Chương\s+[IVX\d]|Phần\s+|Mục\s+\d|[IVX]+\.\s|\d+\.\s|[-+•]\s|["“]|Hôm nay|Chúng tôi|\([Bb]an hành|\([Kk]èm)/u;
const aboutLine = /^(?:v\s*\/\s*v|về việc)\b\s*:?/iu;
const authorityLine =
  /^(?:bộ trưởng|chủ tịch|thủ tướng|chính phủ|quốc hội|ủy ban|uỷ ban|hội đồng|giám đốc|cục trưởng|chi cục trưởng|tổng giám đốc|thống đốc|chánh|viện trưởng|tổng|hiệu trưởng|trưởng|ban|liên bộ|bộ)(?:\s|$|,)/iu;
const mostSubjectLines = 40;
const centreTolerance = 9;
const footnoteMark = /(?:\s*[[(]\d{1,2}[\])]|(?<=\p{L})\d{1,2}|\*)$/u;

/** Kind and subject: the centred title (ô 5a), or the V/v under the number of an official letter (ô 5b). */
export function readTitle({ below, left, symbol, numberLine, consolidated }: Asked): Title {
  const found = titleLine(below, numberLine);
  const about = readAbout(left, numberLine);
  if (found === null || (about !== null && !found.exact)) {
    if (about === null) return { kind: kindFromSymbol(symbol), subject: null };
    return { kind: { value: kindFromSymbol(symbol)?.value ?? 'Công văn', confidence: 0.85 }, subject: about };
  }
  const { kind, line } = found;
  // Văn bản hợp nhất prints the name of what it joins together.
  const joined = consolidated || (symbol !== null && /(?:^|\/)VBHN(?:-|$)/u.test(symbol));
  return {
    kind: { value: joined ? 'Văn bản hợp nhất' : kind, confidence: found.exact || joined ? 0.97 : 0.7 },
    subject: readSubject(below, line) ?? about,
  };
}

function titleLine(below: readonly TextLine[], numberLine: TextLine | null) {
  for (const line of below) {
    if (bodyBegins.test(line.text)) return null;
    if (numberLine !== null && line.y < numberLine.y - 2) continue;
    const text = closeSpacedLetters(line.text).replace(/\s*[:*]+\s*$/u, '');
    if (!isUpper(text)) continue;
    const named = kindOfTitle(text);
    if (named !== null) return { ...named, line };
  }
  return null;
}

function kindFromSymbol(symbol: string | null): Reading<string> | null {
  const kind = symbol === null ? null : kindOfSymbol(symbol);
  return kind === null ? null : { value: kind, confidence: 0.7 };
}

function readSubject(below: readonly TextLine[], title: TextLine): Reading<string> | null {
  const lines: TextLine[] = [];
  let previous = title;
  const after = below.filter((line) => line.y > title.y + 2 && line.page === title.page);
  for (const line of after.slice(0, mostSubjectLines)) {
    if (!/\p{L}/u.test(line.text)) continue;
    if (bodyBegins.test(line.text) || endsSubject({ line, previous, title, taken: lines })) break;
    lines.push(line);
    previous = line;
  }
  if (lines.length === 0) return null;
  const whole = lines
    .map((line) => line.text)
    .join(' ')
    .replace(/\s+/gu, ' ');
  return { value: whole.replace(footnoteMark, '').trim(), confidence: 0.92 };
}

type Place = Readonly<{ line: TextLine; previous: TextLine; title: TextLine; taken: readonly TextLine[] }>;

function endsSubject({ line, previous, title, taken }: Place): boolean {
  const first = taken[0];
  const gap = line.y - bottomOf(previous);
  if (first === undefined) {
    return gap > 4 * title.height || Math.abs(centreOf(line) - centreOf(title)) > 3 * centreTolerance;
  }
  const centred = Math.abs(centreOf(line) - centreOf(first)) <= centreTolerance;
  // Long subjects are now and then set flush left: a short line right under a full one.
  const widest = Math.max(...taken.map((one) => one.width));
  const flush = Math.abs(line.x - previous.x) < 3 && previous.width > 0.96 * widest && taken.length > 2;
  if (!centred && !flush) return true;
  const pitch = taken.length > 1 ? (previous.y - first.y) / (taken.length - 1) : 1.45 * line.height;
  if (line.y - previous.y > 1.45 * pitch) return true;
  // The one who decides, named in capitals above the grounds.
  return isUpper(line.text) && !isUpper(first.text) && authorityLine.test(line.text);
}

function readAbout(left: readonly TextLine[], numberLine: TextLine | null): Reading<string> | null {
  const under = left.filter((line) => numberLine === null || line.y > numberLine.y + 2);
  const start = under.findIndex((line) => aboutLine.test(line.text));
  const first = under[start];
  if (first === undefined) return null;
  const taken = [first];
  for (const line of under.slice(start + 1)) {
    const previous = taken.at(-1) ?? first;
    const apart = line.y - bottomOf(previous) > 0.9 * line.height;
    if (apart || bodyBegins.test(line.text) || taken.length >= 10) break;
    if (/^(?:hỏa tốc|thượng khẩn|khẩn|mật|tối mật|tuyệt mật)$/iu.test(line.text)) break;
    taken.push(line);
  }
  const value = taken
    .map((line) => line.text)
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return foldLetters(value).length > 6 ? { value, confidence: 0.9 } : null;
}
