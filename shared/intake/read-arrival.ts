import { dayIn } from './read-date.ts';
import { centreOf } from './letterhead.ts';
import type { Reading, TextLine } from './model.ts';

export type ArrivalStamp = Readonly<{ number: string | null; on: string | null }>;

/** The typed stamp “ĐẾN” on page 1 (NĐ 30 PL4): its number and day. A rubber stamp is a picture and stays unread. */
export function readArrival(lines: readonly TextLine[]): Reading<ArrivalStamp> | null {
  const stamp = lines.find((line) => line.page === 1 && /^(?:VĂN BẢN )?ĐẾN$/u.test(line.text));
  if (stamp === undefined) return null;
  const inside = lines.filter(
    (line) =>
      line.page === 1 && Math.abs(line.y - stamp.y) < 80 && Math.abs(centreOf(line) - centreOf(stamp)) < 80,
  );
  const number = inside.map(
    (line) => /^Số(?: đến)?\s*:\s*(?<number>\d+)\s*$/u.exec(line.text)?.groups?.['number'],
  );
  const on = inside.map((line) => dayIn(line.text.replace(/ngày(?: đến)?\s*:?\s*/iu, 'ngày ')));
  const value = {
    number: number.find((found) => found !== undefined) ?? null,
    on: on.find((day) => day !== null) ?? null,
  };
  return value.number === null && value.on === null ? null : { value, confidence: 0.8 };
}
