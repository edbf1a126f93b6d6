import { writtenName } from './agency-names.ts';
import { foldLetters, isUpper } from './letters.ts';
import { centreOf, type Letterhead } from './letterhead.ts';
import type { Reading, TextLine } from './model.ts';

export type Issuer = Readonly<{ issuer: string; superior: string | null }>;

// A line that begins with one of these names an agency of its own; others carry on the line above.
const beginsAgency =
  /^(?:chinh phu|quoc hoi|thu tuong|chu tich|bo|so|tong cuc|cuc|chi cuc|vu|uy ban|ubnd|hdnd|hoi dong|van phong|ban|vien|truong|hoc vien|dai hoc|ngan hang|toa an|cong ty|tong cong ty|tap doan|trung tam|phong|dang uy|dang bo|tinh uy|thanh uy|huyen uy|chi bo|lien doan|hoi|doan|benh vien|kho bac|thanh tra|bao hiem|thong tan|dai|kiem toan|cong an|cong doan|mat tran|hat|tram|doi|bqp|quan khu|bo chi huy|bo tu lenh|to cong tac|quy|kiem sat|xi nghiep|nha may|bao)(?:\s|$)/u;
const carriesOn = /(?:\s(?:và|của|về|với|cho|trong)|[-–,])$/iu;

/** The agency and the agency above it, from the left column above the number (NĐ 30 PL1 II.2). */
export function readIssuer(
  { left, anchor }: Pick<Letterhead, 'left' | 'anchor'>,
  until: TextLine | null,
  running: string,
): Reading<Issuer> | null {
  const top = anchor?.y ?? -Infinity;
  const bottom = until?.y ?? top + 60;
  const lines = left
    .filter((line) => line.y < bottom - 2 && line.y > top - 20)
    .filter((line) => /\p{L}{2}/u.test(line.text) && (isUpper(line.text) || line.bold === true))
    .filter((line) => !/^(?:mật|tối mật|tuyệt mật|khẩn|hỏa tốc|thượng khẩn)$/iu.test(line.text));
  const agencies = groupAgencies(lines);
  const own = agencies.at(-1);
  if (own === undefined) return null;
  const above = agencies.at(-2);
  return {
    value: { issuer: nameOf(own, running), superior: above === undefined ? null : nameOf(above, running) },
    confidence: agencies.length <= 3 ? 0.95 : 0.6,
  };
}

function groupAgencies(lines: readonly TextLine[]): readonly (readonly TextLine[])[] {
  const groups: TextLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    const far = previous !== undefined && line.y - previous.y > 3 * previous.height;
    if (far) break;
    if (group === undefined || previous === undefined || startsNew(previous, line)) groups.push([line]);
    else group.push(line);
  }
  return groups;
}

function startsNew(previous: TextLine, line: TextLine): boolean {
  if (carriesOn.test(previous.text)) return false;
  // The agency above is upright, the issuing one bold.
  if (previous.bold === false && line.bold === true && previous.text !== '') return true;
  if (previous.bold === true && line.bold === true && Math.abs(centreOf(previous) - centreOf(line)) < 4) {
    return beginsAgency.test(foldLetters(line.text)) && previous.width < line.width * 1.6;
  }
  return beginsAgency.test(foldLetters(line.text));
}

function nameOf(group: readonly TextLine[], running: string): string {
  return writtenName(group.map((line) => line.text).join(' '), running);
}
