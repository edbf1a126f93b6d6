import { capital, writtenName } from './agency-names.ts';
import { foldLetters, isUpper } from './letters.ts';
import { bottomOf, centreOf } from './letterhead.ts';
import type { Reading, Signer, TextLine } from './model.ts';

const prefix = /^(?:TM|T\.M|KT|K\.T|TL|T\.L|TUQ|T\.U\.Q|Q)\s*\.\s*/u;
const post =
  /^(?:(?:quyen|pho|thua lenh|thay mat|ky thay|dai dien) )?(?:(?:bo|thu|cuc|chi cuc|tong cuc|vu|vien|hieu|truong|doi|tram|hat|kiem soat|kiem toan|ke toan) ?truong|truong (?:ban|phong|doan|khoa|cong an)|chu tich|thu tuong|thu truong|giam doc|tong giam doc|chanh|thong doc|tong kiem toan|tong thanh tra|chu nhiem|bi thu|tong thu ky|thu ky|tu lenh|chinh uy|tham phan|chu toa|cuc truong|ben [ab])(?: |$)/u;
const appendix = /^(?:phụ lục|mẫu số|danh mục|biểu mẫu)(?:\s+[\dIVX]+)?(?:\s|$|[:.])/iu;
const spoken = /^[("“]*(?:đã ký|ký tên|ký, ghi|ký và|signed|dấu|chữ ký)/iu;
const titleBefore =
  /^(?:(?:GS|PGS|TS|TSKH|ThS|BS|KS|CN|DS|LS|CK[I1]+|BSCK[I1]+|NGƯT|NGND|TTƯT)\.?\s*[.,]?\s*|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)\s+|ông\s+|bà\s+)+/iu;
const nameWord = /^\p{Lu}[\p{Ll}’'-]*\.?$/u;
const surnames = new Set(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong mai dao lam ha luu cao chu thai ta quach to luong tang giang trieu kieu la vuong tong tu y ksor siu rah dieu thach son danh chau ong au nong be lo quang ma giap khuat nghiem dam luc phung tieu ton bach hua co k ro kpa rcom h ho'.split(
    ' ',
  ),
);

/** Name, post and authority from the first signature block that ends in a name, before any appendix (NĐ 30 PL1 II.7). */
export function readSigner(lines: readonly TextLine[], running: string): Reading<Signer> | null {
  const middle = middles(lines);
  const right = lines.filter((line) => centreOf(line) > (middle.get(line.page) ?? 300) + 12);
  const afterBody = lines.findIndex((line) => /\.\s?\/\s?\.?\s*$/u.test(line.text));
  for (const [index, line] of right.entries()) {
    if (!isPostLine(line.text)) continue;
    const block = blockFrom(right, index);
    const name = block === null ? null : nameUnder(right, block);
    if (block === null || name === null) continue;
    if (
      lines
        .slice(0, lines.indexOf(line))
        .some((earlier, at) => at > afterBody && afterBody >= 0 && isAppendix(earlier))
    ) {
      break;
    }
    const posts = postsOf(block, running);
    return {
      value: { name, post: posts.text, authority: posts.authority },
      confidence: surnames.has(foldLetters(name.split(' ')[0] ?? '')) ? 0.95 : 0.75,
    };
  }
  return null;
}

function isAppendix(line: TextLine): boolean {
  return appendix.test(line.text) && line.text.length < 60;
}

/** The middle of the text on each page, since an appendix may lie across. */
function middles(lines: readonly TextLine[]): ReadonlyMap<number, number> {
  const pages = new Map<number, TextLine[]>();
  for (const line of lines) {
    const page = pages.get(line.page);
    if (page === undefined) pages.set(line.page, [line]);
    else page.push(line);
  }
  const found = [...pages].map(([page, on]) => [page, middleOf(on)] as const);
  const usual = found.find(([, middle]) => middle !== null)?.[1] ?? 300;
  return new Map(found.map(([page, middle]) => [page, middle ?? usual]));
}

function middleOf(lines: readonly TextLine[]): number | null {
  const wide = lines.filter((line) => line.text.length > 50);
  if (wide.length === 0) return null;
  const left = Math.min(...wide.map((line) => line.x));
  const right = Math.max(...wide.map((line) => line.x + line.width));
  return (left + right) / 2;
}

function isPostLine(text: string): boolean {
  if (prefix.test(text)) return isUpper(text.replace(prefix, ''));
  return isUpper(text) && post.test(foldLetters(text)) && text.length < 70;
}

/** The capital lines that stand under each other, from this one down. */
function blockFrom(right: readonly TextLine[], start: number): readonly TextLine[] | null {
  const first = right[start];
  if (first === undefined) return null;
  const block = [first];
  for (const line of right.slice(start + 1)) {
    const last = block.at(-1) ?? first;
    if (line.page !== last.page || line.y - last.y > 2.6 * last.height) break;
    if (Math.abs(centreOf(line) - centreOf(first)) > 60) continue;
    if (!isUpper(line.text) || looksLikeName(line.text, true)) break;
    block.push(line);
  }
  return block.length > 7 ? null : block;
}

const farthestName = 170;

function nameUnder(right: readonly TextLine[], block: readonly TextLine[]): string | null {
  const last = block.at(-1);
  if (last === undefined) return null;
  const under = right.filter(
    (line) =>
      line.page === last.page &&
      line.y > last.y + 2 &&
      line.y - bottomOf(last) < farthestName &&
      Math.abs(centreOf(line) - centreOf(last)) < 70,
  );
  for (const line of under) {
    // The gazette leaves a word of its signing program, [daky], sometimes cut, beside the name.
    const text = line.text.replace(/^\[?\w{0,5}\]\s*/u, '');
    if (spoken.test(text) || !/\p{L}/u.test(text)) continue;
    const name = text
      .replace(titleBefore, '')
      .replace(/[.,;:()\s]+$/u, '')
      .trim();
    if (looksLikeName(name, false)) return name;
    if (looksLikeName(name, true)) return name.split(' ').map(capital).join(' ');
    if (!isUpper(line.text)) return null;
  }
  return null;
}

function looksLikeName(text: string, capitals: boolean): boolean {
  const words = text.split(/\s+/u);
  if (words.length < 2 || words.length > 6) return false;
  if (!capitals) return words.every((word) => nameWord.test(word));
  return (
    isUpper(text) &&
    words.every((word) => /^\p{Lu}+$/u.test(word)) &&
    words.length <= 5 &&
    surnames.has(foldLetters(words[0] ?? '')) &&
    !post.test(foldLetters(text))
  );
}

function postsOf(block: readonly TextLine[], running: string) {
  const parts: { authority: string | null; text: string }[] = [];
  for (const { text } of block) {
    const authority =
      prefix
        .exec(text)?.[0]
        .replace(/\s/gu, '')
        .replace(/^(\w)\.(\w)/u, '$1$2') ?? null;
    const rest = text.replace(prefix, '');
    const last = parts.at(-1);
    // An agency's name under a post belongs to it: CHỦ TỊCH / ỦY BAN NHÂN DÂN.
    if (authority === null && last !== undefined && !post.test(foldLetters(rest))) last.text += ` ${rest}`;
    else parts.push({ authority, text: rest });
  }
  const authorities = parts.flatMap((part) => (part.authority === null ? [] : [part.authority]));
  const written = parts.map((part) =>
    [part.authority, writtenPost(part.text, running)].filter((piece) => piece !== null).join(' '),
  );
  return { text: written.join(' - '), authority: authorities.length === 0 ? null : authorities.join(' ') };
}

/** A post and the agency it belongs to are written each by its own rule. */
function writtenPost(text: string, running: string): string {
  return writtenName(text.replace(/\s+/gu, ' ').trim(), running);
}
