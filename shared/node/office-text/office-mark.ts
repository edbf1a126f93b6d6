import { findMarkInWords, type SecrecyMark } from '../../intake/public.ts';
import { readOfficeHead } from './read-office-head.ts';

/**
 * The secrecy mark at the head of an office file; null for one without, and for files of other kinds. One that cannot be
 * read throws `intake.office-unreadable` (Luật BVBMNN 2018 Đ5; `design.md` 13).
 */
export async function officeMark(
  file: Readonly<{ name: string; bytes: Uint8Array }>,
): Promise<SecrecyMark | null> {
  return findMarkInWords(await readOfficeHead(file));
}
