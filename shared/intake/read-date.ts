import type { Reading, TextLine } from './model.ts';

const digits = String.raw`\d\s?\d?`;
const inWords = new RegExp(
  String.raw`ngày\s*(?<day>${digits})\s*tháng\s*(?<month>${digits})\s*năm\s*(?<year>\d\s?\d\s?\d\s?\d)`,
  'iu',
);
const blank = /ngày[\s.…]*(?:\d{0,2})[\s.…]*tháng[\s.…]*(?:\d{0,2})[\s.…]*năm/iu;
const inFigures = /ngày\s*(?<day>\d{1,2})\s*[/.-]\s*(?<month>\d{1,2})\s*[/.-]\s*(?<year>\d{4})/iu;
// Laws and resolutions of elected bodies carry the day they were passed (Luật 64/2025/QH15).
const passed = /thông qua\s+(?=ngày)/iu;

/** Day as `YYYY-MM-DD` from “…, ngày 05 tháng 01 năm 2020”; a line whose day is left blank means: no date. */
export function readDateLine(lines: readonly TextLine[]): (Reading<string> & { line: TextLine }) | null {
  for (const line of lines) {
    if (line.text.length > 80) continue;
    const day = dayIn(line.text);
    if (day !== null) return { value: day, confidence: 0.97, line };
  }
  return null;
}

/** Whether the head has a place for the date that nobody filled in. */
export function hasBlankDate(lines: readonly TextLine[]): boolean {
  return lines.some(({ text }) => text.length < 80 && blank.test(text) && dayIn(text) === null);
}

/** The day a law or resolution was passed, which its last page says. */
export function readPassingDay(lines: readonly TextLine[]): Reading<string> | null {
  const last = lines.slice(-120);
  for (let index = last.length - 1; index >= 0; index -= 1) {
    const text = [last[index], last[index + 1]].map((line) => line?.text ?? '').join(' ');
    const match = passed.exec(text);
    const day = match === null ? null : dayIn(text.slice(match.index));
    if (day !== null) return { value: day, confidence: 0.9 };
  }
  return null;
}

export function dayIn(text: string): string | null {
  const groups = (inWords.exec(text) ?? inFigures.exec(text))?.groups;
  if (groups === undefined) return null;
  const [year, month, day] = ['year', 'month', 'day'].map((name) => (groups[name] ?? '').replace(/\s/gu, ''));
  const iso = `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso);
  return real && Number(year) >= 1945 && Number(year) <= 2200 ? iso : null;
}
