import { foldLetters, withoutLookAlikes } from './letters.ts';

export type PaperIdentity = Readonly<{
  fileHash: string | null;
  number: string | null;
  symbol: string | null;
  issuer: string | null;
}>;

/**
 * Number, symbol and agency in one comparable text, or null when the number or the symbol is missing: what makes two
 * papers one (NĐ 30 PL6 I, kiểm tra trùng). Case, marks, spaces, a leading zero and `UBND` do not tell papers apart.
 */
export function samePaperKey({ number, symbol, issuer }: Omit<PaperIdentity, 'fileHash'>): string | null {
  const digits = (number ?? '').replace(/\s/gu, '').replace(/^0+(?=\d)/u, '');
  const letters = foldLetters(withoutLookAlikes(symbol ?? ''))
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
  if (digits === '' || letters === '') return null;
  const agency = foldLetters(issuer ?? '')
    .replace(/\bubnd\b/gu, 'uy ban nhan dan')
    .replace(/\bhdnd\b/gu, 'hoi dong nhan dan')
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
  return `${digits.toLowerCase()}/${letters}|${agency}`;
}

/** Whether two received papers are one: the same bytes, or the same number, symbol and agency. */
export function isSamePaper(one: PaperIdentity, other: PaperIdentity): boolean {
  if (one.fileHash !== null && one.fileHash === other.fileHash) return true;
  const key = samePaperKey(one);
  return key !== null && key === samePaperKey(other);
}
