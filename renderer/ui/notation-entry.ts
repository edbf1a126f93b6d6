// Abbreviations of the kinds of document, as NĐ 30 PL III 1 spells them; some keep a small letter.
const kinds = [
  'NQ', 'QĐ', 'CT', 'QC', 'QyĐ', 'TC', 'TB', 'HD', 'CTr', 'KH', 'PA', 'ĐA', 'DA', 'BC', 'BB', 'TTr', 'HĐ', 'CĐ',
  'BGN', 'BTT', 'GUQ', 'GM', 'GGT', 'GNP', 'PG', 'PC', 'PB', 'NĐ', 'TT', 'LT', 'ĐN',
]; // prettier-ignore

/** What was typed as number and symbol, as the paper shows it: `số 15/qđ-ubnd ` → `15/QĐ-UBND`, `qd` → `QĐ`. */
export function readNotation(typed: string): string {
  const plain = typed
    .normalize('NFC')
    .replace(/^\s*số\s*:?\s*/iu, '')
    .replace(/\s*([/-])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const slash = plain.indexOf('/');
  if (slash < 0) return plain.toUpperCase();
  const parts = plain.slice(slash + 1).split('-');
  return `${plain.slice(0, slash).toUpperCase()}/${parts.map(spellPart).join('-')}`;
}

function spellPart(part: string, place: number): string {
  const upper = part.toUpperCase();
  if (place > 0) return upper;
  return kinds.find((kind) => kind.toUpperCase() === upper) ?? spellWithoutMarks(upper);
}

/** A kind typed without its đ (`QD`), when exactly one kind reads so. */
function spellWithoutMarks(upper: string): string {
  const same = kinds.filter((kind) => kind.toUpperCase().replaceAll('Đ', 'D') === upper);
  return same.length === 1 && same[0] !== undefined ? same[0] : upper;
}
