import { DaySchema, type Day } from '../kernel/public.ts';

export type DocumentIdParts = Readonly<{ agency: string; on: Day; notation: string }>;

/** A document's name between agencies: agency, day, notation (QĐ 28/2018/QĐ-TTg Đ10; form as the axis's samples show it). */
export function documentIdOf({ agency, on, notation }: DocumentIdParts): string {
  return `${agency},${on.replaceAll('-', '/')},${notation}`;
}

/** The parts of such a name; null for other names, which are as good (UUIDs among them). */
export function readDocumentId(documentId: string): DocumentIdParts | null {
  const found = /^(?<agency>[^,]+),(?<on>\d{4}\/\d{2}\/\d{2}),(?<notation>.+)$/u.exec(documentId)?.groups;
  if (found === undefined) return null;
  const on = DaySchema.safeParse(found['on']?.replaceAll('/', '-'));
  const { agency, notation } = found;
  if (!on.success || agency === undefined || notation === undefined) return null;
  return { agency, on: on.data, notation };
}
