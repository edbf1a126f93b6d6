import { foldLetters } from './letters.ts';
import { centreOf } from './letterhead.ts';
import type { Reading, TextLine } from './model.ts';

const sentTo = /^Nơi nhận\s*:?/iu;
const addressed = /^Kính gửi\s*:?\s*/iu;
const mostLines = 60;

/** Whom the paper names: “Kính gửi” on page 1 and the list “Nơi nhận”, without “Như trên” and “Lưu”. */
export function readRecipients(lines: readonly TextLine[]): Reading<readonly string[]> | null {
  const named = [...readAddressed(lines), ...readSentTo(lines)];
  const unique = [...new Map(named.map((name) => [foldLetters(name), name])).values()];
  return unique.length === 0 ? null : { value: unique, confidence: 0.85 };
}

function readSentTo(lines: readonly TextLine[]): readonly string[] {
  const start = lines.findIndex((line) => sentTo.test(line.text));
  const head = lines[start];
  if (head === undefined) return [];
  const edge = head.x + 8;
  const column = lines
    .slice(start + 1, start + 1 + 2 * mostLines)
    .filter((line) => line.x < edge + 40 && centreOf(line) < head.x + 260 && line.page <= head.page + 1);
  const items: string[] = [];
  for (const { text } of column.slice(0, mostLines)) {
    if (/^[-–+•]/u.test(text)) items.push(text.replace(/^[-–+•]\s*/u, ''));
    else if (items.length === 0 || /[;.]$/u.test(items.at(-1) ?? '') || text.length >= 80) break;
    else items.push(`${items.pop() ?? ''} ${text}`);
    if (/^lưu\b/iu.test(items.at(-1) ?? '')) break;
  }
  return items.map(tidy).filter((item) => item !== '' && !/^(?:như trên|như điều|lưu\b)/iu.test(item));
}

function readAddressed(lines: readonly TextLine[]): readonly string[] {
  const start = lines.findIndex((line) => line.page === 1 && addressed.test(line.text));
  const head = lines[start];
  if (head === undefined) return [];
  const own = head.text.replace(addressed, '').replace(/^[-–]\s*/u, '');
  const items = own === '' ? [] : [own];
  for (const { text, page, x, y } of lines.slice(start + 1, start + 16)) {
    if (page !== 1 || y - head.y > 160) break;
    // What stands beside it is V/v or a mark.
    if (x < head.x - 30) continue;
    if (/^[-–+•]/u.test(text)) items.push(text.replace(/^[-–+•]\s*/u, ''));
    else if (
      items.length === 0 ||
      (items.length === 1 && own !== '' && !/[.;]$/u.test(own) && y - head.y < 24)
    ) {
      items.push(`${items.pop() ?? ''} ${text}`);
    } else break;
  }
  return items.map(tidy).filter((item) => /\p{L}{2}/u.test(item));
}

function tidy(item: string): string {
  return item
    .replace(/\s+/gu, ' ')
    .replace(/[\s;.…]+$/u, '')
    .trim();
}
