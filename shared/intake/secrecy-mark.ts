import { foldLetters } from './letters.ts';
import type { Secrecy, TextLine } from './model.ts';

/** A secrecy mark that was found, and the rule that found it; never the paper's words. */
export type SecrecyMark = Readonly<{ mark: string; secrecy: Secrecy; rule: string }>;

const headHeight = 420;
const bodyBegins = /^(?:căn cứ|điều\s+1|chương\s+[i1]\b|phần\s+(?:thứ\s+)?(?:nhất|i|1)\b)/iu;
const markOf: ReadonlyMap<string, readonly [mark: string, secrecy: Secrecy]> = new Map([
  ['mật', ['MẬT', 'secret']],
  ['tối mật', ['TỐI MẬT', 'top-secret']],
  ['tuyệt mật', ['TUYỆT MẬT', 'absolute-secret']],
]);
const label = /^(?:độ|mức độ|dấu)\s+mật\s*[:：]\s*/iu;
const frame = /[^\p{L}\s]+/gu;
// “… bảo vệ bí” above “mật nhà nước”: a title that runs on is no stamp.
const runsOn = /(?:^|\s)(?:bí|bảo|độ|tuyệt|tối|thân|mức|cơ|đường)$/iu;
const afterNumber = /\d\s*\/\s*[\p{L}\d/-]+\s+(?<mark>TUYỆT MẬT|TỐI MẬT|MẬT)$/u;

/**
 * A state-secret mark standing alone in the head of page 1 (ô 10a). Default deny: on a networked machine such a paper
 * may not even be stored (Luật BVBMNN 2018 Đ5; `design.md` 13).
 */
export function findSecrecyMark(lines: readonly TextLine[]): SecrecyMark | null {
  const first = lines.filter((line) => line.page === 1 && line.y <= headHeight);
  const body = first.find((line) => bodyBegins.test(line.text));
  const head = first.filter((line) => body === undefined || line.y < body.y);
  for (const line of head) {
    const found = markIn(line.text);
    if (found !== null && !continuesTitle(line, first)) return { ...found, rule: 'head-zone-mark' };
  }
  return null;
}

/**
 * The same in lines that have no place on a page, as an office file has them. A mark counts in capitals only: tables name
 * degrees of secrecy in small letters.
 */
export function findMarkInWords(lines: readonly string[]): SecrecyMark | null {
  const said = lines
    .map((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .filter((text) => text !== '');
  const body = said.findIndex((text) => bodyBegins.test(text));
  for (const [place, text] of said.entries()) {
    if (body !== -1 && place > body) break;
    const isStamp = label.test(text) || text === text.toLocaleUpperCase('vi');
    const found = isStamp && !runsOn.test(said[place - 1] ?? '') ? markIn(text) : null;
    if (found !== null) return { ...found, rule: 'head-words-mark' };
  }
  return null;
}

function markIn(text: string): Pick<SecrecyMark, 'mark' | 'secrecy'> | null {
  const said = label.test(text);
  const bare = closeLetters(text.replace(label, '').replace(frame, ' ').trim());
  const alone = markOf.get(bare.toLowerCase());
  // In small letters it counts only with its first letter large, as a typed stamp has it, or after “Độ mật:”.
  if (alone !== undefined && (said || /^\p{Lu}/u.test(bare))) return { mark: alone[0], secrecy: alone[1] };
  const beside = afterNumber.exec(text)?.groups?.['mark'];
  const known = beside === undefined ? undefined : markOf.get(beside.toLowerCase());
  return known === undefined ? null : { mark: known[0], secrecy: known[1] };
}

/** `M Ậ T`, `T U Y Ệ T  M Ậ T`: letters set apart inside a stamp. */
function closeLetters(text: string): string {
  const spaced = text.replace(/\s+/gu, ' ').normalize('NFC');
  if (!/^(?:\p{L} )+\p{L}$/u.test(spaced)) return spaced;
  const closed = spaced.replace(/ /gu, '');
  return ['TUYỆTMẬT', 'TỐIMẬT'].includes(closed.toUpperCase()) ? closed.replace(/mật$/iu, ' MẬT') : closed;
}

function continuesTitle(line: TextLine, lines: readonly TextLine[]): boolean {
  return lines.some((above) => {
    const gap = line.y - above.y;
    const overlap = above.x < line.x + line.width && line.x < above.x + above.width;
    const size = Math.max(above.height, line.height);
    if (gap <= 0.3 * size || gap > 2.2 * size || !overlap) return false;
    return runsOn.test(above.text) && foldLetters(above.text).split(' ').length > 1;
  });
}
