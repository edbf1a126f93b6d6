import { headingKinds, numberedKinds, type Block } from './model.ts';

// NĐ 30 PL1 II.6c: points go by the Vietnamese alphabet; ă â ê ô ơ ư are skipped, as offices do.
const points = Array.from('abcdđeghiklmnopqrstuvxy');
const levels = [...headingKinds, ...numberedKinds] as const;
type Level = (typeof levels)[number];

/** What starts again when a level starts: a clause under each article, a point under each clause… Chapters and articles run on. */
const restarts: Readonly<Record<Level, readonly Level[]>> = {
  part: ['section', 'subsection', 'heading', 'clause', 'point'],
  chapter: ['section', 'subsection', 'heading', 'clause', 'point'],
  section: ['subsection', 'clause', 'point'],
  subsection: ['clause', 'point'],
  article: ['clause', 'point'],
  heading: ['clause', 'point'],
  clause: ['point'],
  point: [],
};

export type Labelled = Block & Readonly<{ label: string }>;

/** Gives every block the number the decree gives its level: `Chương II`, `Điều 3.`, `1.`, `đ)`. */
export function numbered(blocks: readonly Block[]): Labelled[] {
  const counts = new Map<Level, number>();
  return blocks.map((block) => {
    if (!isLevel(block.kind)) return { ...block, label: '' };
    const count = (counts.get(block.kind) ?? 0) + 1;
    counts.set(block.kind, count);
    for (const below of restarts[block.kind]) counts.delete(below);
    return { ...block, label: labelOf(block.kind, count) };
  });
}

function labelOf(level: Level, count: number): string {
  switch (level) {
    case 'part':
      return `Phần ${roman(count)}`;
    case 'chapter':
      return `Chương ${roman(count)}`;
    case 'section':
      return `Mục ${count}`;
    case 'subsection':
      return `Tiểu mục ${count}`;
    case 'article':
      return `Điều ${count}.`;
    case 'heading':
      return `${roman(count)}.`;
    case 'clause':
      return `${count}.`;
    case 'point':
      return `${pointLetters(count)})`;
  }
}

/** After the last letter points go on with two: a … y, aa, ab … */
function pointLetters(count: number): string {
  const place = count - 1;
  const before = Math.floor(place / points.length);
  return `${before === 0 ? '' : pointLetters(before)}${points[place % points.length] ?? ''}`;
}

export function roman(value: number): string {
  const steps = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ] as const;
  let left = value;
  let text = '';
  for (const [worth, sign] of steps) {
    while (left >= worth) {
      text += sign;
      left -= worth;
    }
  }
  return text;
}

function isLevel(kind: Block['kind']): kind is Level {
  return levels.some((level) => level === kind);
}
