import type { Agency } from '../directory/public.ts';

/** The book that numbers a kind of paper in this agency (NĐ 30 Đ15: the head of the agency groups them). */
export function bookFor(agency: Pick<Agency, 'books'>, kind: string): string | null {
  const named = agency.books.find((book) => book.kinds.includes(kind));
  return (named ?? agency.books.find((book) => book.kinds.length === 0))?.id ?? null;
}
