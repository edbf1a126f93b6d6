import type { Urgency } from '../documents/public.ts';
import { foldLetters } from './letters.ts';
import type { Reading, TextLine } from './model.ts';

const urgencyOf: ReadonlyMap<string, Urgency> = new Map([
  ['hoa toc', 'flash'],
  ['hoa toc hen gio', 'flash'],
  ['thuong khan', 'very-urgent'],
  ['khan', 'urgent'],
]);

/** HỎA TỐC, THƯỢNG KHẨN or KHẨN alone on a line of page 1, above the body (NĐ 30 PL1 II, ô 10b). */
export function readUrgency(lines: readonly TextLine[]): Reading<Urgency> | null {
  for (const line of lines) {
    if (line.page !== 1 || line.text !== line.text.toUpperCase()) continue;
    const value = urgencyOf.get(
      foldLetters(line.text)
        .replace(/[^a-z]+/gu, ' ')
        .trim(),
    );
    if (value !== undefined) return { value, confidence: 0.95 };
  }
  return null;
}
