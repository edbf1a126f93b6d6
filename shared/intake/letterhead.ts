import { foldLetters, isRule, withoutLookAlikes } from './letters.ts';
import type { TextLine } from './model.ts';

/** The head of a page as NĐ 30 PL1 (mục IV) lays it out; lines from top to bottom. */
export type Letterhead = Readonly<{
  /** Cells 2, 3, 5b, 10: agency, number, V/v, marks. */
  left: readonly TextLine[];
  /** Cells 1, 4, 9a: national name, motto, place and date, addressee. */
  right: readonly TextLine[];
  /** Everything below the motto, both columns. */
  below: readonly TextLine[];
  /** The national name, or the party's name. */
  anchor: TextLine | null;
}>;

const national =
  /C[ỘÔỌO]NG\s+H(?:ÒA|OÀ|OA|ÓA)\s+X[ÃA]\s+H[ỘÔ]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆÊ]T\s+NAM|ĐẢNG CỘNG SẢN VIỆT NAM/u;
const gazette = /^C[ÔO]NG B[ÁA]O\s*\//u;

/** Lines without the gazette's running heads, drawn rules and page numbers; two columns on one line come apart. */
export function cleanLines(lines: readonly TextLine[]): readonly TextLine[] {
  const runningHeads = new Map<number, number>();
  for (const line of lines) if (gazette.test(line.text)) runningHeads.set(line.page, line.y);
  return lines
    .filter((line) => {
      if (isRule(line.text) || gazette.test(line.text)) return false;
      const runningHead = runningHeads.get(line.page);
      return !(
        /^\d{1,4}$/u.test(line.text) &&
        runningHead !== undefined &&
        Math.abs(line.y - runningHead) < 6
      );
    })
    .map((line) => ({ ...line, text: withoutLookAlikes(line.text) }))
    .flatMap(splitAtNational);
}

/** A narrow gap between the agency and the national name leaves them on one line. */
function splitAtNational(line: TextLine): readonly TextLine[] {
  const found = national.exec(line.text);
  if (found === null || found.index === 0) return [line];
  const perLetter = line.width / line.text.length;
  const left = line.text.slice(0, found.index).trim();
  return [
    { ...line, text: left, width: left.length * perLetter },
    {
      ...line,
      text: line.text.slice(found.index),
      x: line.x + found.index * perLetter,
      width: (line.text.length - found.index) * perLetter,
    },
  ];
}

/** The letterhead on a page; without a national name everything is `below`. */
export function readLetterhead(lines: readonly TextLine[], page = 1): Letterhead {
  const there = lines.filter((line) => line.page === page);
  const anchor = there.find((line) => national.test(line.text)) ?? null;
  if (anchor === null) return { left: [], right: [], below: there, anchor };
  const top = anchor.y - 1.2 * anchor.height;
  const after = there.filter((line) => line.y >= top && line !== anchor);
  const edge = anchor.x - 8;
  const left = after.filter((line) => centreOf(line) < edge);
  const right = after.filter((line) => centreOf(line) >= edge);
  const mottoLine = right.find((line) => foldLetters(line.text).startsWith('doc lap'));
  const bottom = (mottoLine ?? anchor).y + 2;
  return { left, right, below: after.filter((line) => line.y > bottom), anchor };
}

export function centreOf(line: TextLine): number {
  return line.x + line.width / 2;
}

export function bottomOf(line: TextLine): number {
  return line.y + line.height;
}
