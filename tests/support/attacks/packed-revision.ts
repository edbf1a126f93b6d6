import { sizeOf, startxrefOf, text } from './craft.ts';

export type Packing = Readonly<{
  /** Objects written out beside the object stream. */
  objects?: Readonly<Record<number, string>>;
  prev?: number | null;
  /** Without the pointer at the end, for others to point at. */
  isAlone?: boolean;
  /** Places within the object stream as the cross-references have them, where they are not the right ones. */
  places?: Readonly<Record<number, number>>;
}>;

const packNumber = 80;
const sectionNumber = 81;

/** Adds a revision whose objects lie in an object stream, found by a cross-reference stream; `at` is where that is. */
export function packedRevision(
  pdf: Buffer,
  packed: Readonly<Record<number, string>>,
  { objects = {}, prev = startxrefOf(pdf), isAlone = false, places = {} }: Packing,
): Readonly<{ bytes: Buffer; at: number }> {
  const rows = new Map<number, readonly [kind: number, second: number, third: number]>();
  let body = '';
  const put = (num: number, value: string): void => {
    rows.set(num, [1, pdf.length + body.length, 0]);
    body += `${num} 0 obj\n${value}\nendobj\n`;
  };
  for (const [num, value] of Object.entries(objects)) put(Number(num), value);
  const entries = Object.entries(packed);
  let offset = 0;
  const head = entries.map(([num, value], i) => {
    const at = offset;
    offset += value.length + 1;
    rows.set(Number(num), [2, packNumber, places[Number(num)] ?? i]);
    return `${num} ${at}`;
  });
  const first = `${head.join(' ')}\n`;
  const content = `${first}${entries.map(([, value]) => value).join('\n')}`;
  put(
    packNumber,
    `<</Type /ObjStm /N ${entries.length} /First ${first.length} /Length ${content.length}>>\nstream\n${content}\nendstream`,
  );
  const at = pdf.length + body.length;
  rows.set(sectionNumber, [1, at, 0]);
  const sorted = [...rows].sort(([a], [b]) => a - b);
  const table = Buffer.alloc(sorted.length * 6);
  for (const [i, [, [kind, second, third]]] of sorted.entries()) {
    table.writeUInt8(kind, i * 6);
    table.writeUInt32BE(second, i * 6 + 1);
    table.writeUInt8(third, i * 6 + 5);
  }
  const index = sorted.map(([num]) => `${num} 1`).join(' ');
  const id = /\/ID\s*\[[^\]]*\]/.exec(text(pdf))?.[0] ?? '';
  const dict = `<</Type /XRef /W [1 4 1] /Index [${index}] /Size ${sizeOf(pdf)} /Root 1 0 R ${id} ${prev === null ? '' : `/Prev ${prev}`} /Length ${table.length}>>`;
  const section = Buffer.concat([
    Buffer.from(`${sectionNumber} 0 obj\n${dict}\nstream\n`, 'latin1'),
    table,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const end = isAlone ? '' : `startxref\n${at}\n%%EOF\n`;
  return { bytes: Buffer.concat([pdf, Buffer.from(body, 'latin1'), section, Buffer.from(end)]), at };
}
