import type { Anatomy } from './mutate-pdf.ts';
import type { Random } from './random.ts';

type Written = Readonly<{ num: number; body: string }>;

/** Adds a well-formed revision that writes objects of this or another document again, changed or under other numbers. */
export function mutateRevision(from: Anatomy, other: Anatomy, random: Random): Buffer {
  const text = from.bytes.toString('latin1');
  const source = random.once(4) ? other.text : text;
  const known = objectsIn(source);
  if (known.length === 0) return from.bytes;
  const count = 1 + random.below(3);
  const chosen = Array.from({ length: count }, () => random.pick(known));
  const objects = new Map(
    chosen.map(({ num, body }) => [numberFor(num, random), changedBody(body, random)] as const),
  );
  return append(from.bytes, text, objects, random);
}

/** Every object written out in the file, streams too, the newest last. */
function objectsIn(text: string): readonly Written[] {
  return [...text.matchAll(/(?:^|\s)(\d{1,6}) 0 obj\s([\s\S]{0,4000}?)\sendobj/g)].map(
    ([, num, body = '']) => ({
      num: Number(num),
      body,
    }),
  );
}

function numberFor(num: number, random: Random): number {
  if (random.once(6)) return 1 + random.below(20);
  return random.once(6) ? 60 + random.below(8) : num;
}

const changes: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\/V (?:\d+ 0 R|\([^)]*\)|<[^>]*>)/, ['', '/V (999)', '/V 60 0 R', '/V null']],
  [/\/AP\s*<<[^>]*>>/, ['', '/AP <</N 61 0 R>>', '/AP <</N 5 0 R>>']],
  [/\/Rect \[[^\]]*\]/, ['/Rect [0 0 595 842]', '/Rect [0 0 0 0]']],
  [/\/Contents \d+ 0 R/, ['/Contents 61 0 R', '/Contents [5 0 R 61 0 R]', '']],
  [/\/Annots \[/, ['/Annots [61 0 R ', '/Annots [12 0 R 12 0 R ']],
  [/\/Fields \[/, ['/Fields [61 0 R ', '/Fields [15 0 R ']],
  [/\/F 4\b/, ['/F 2', '/F 132', '/F 0']],
  [/\/Kids \[[^\]]*\]/, ['/Kids []', '/Kids [3 0 R 3 0 R]', '/Kids [61 0 R]']],
  [/\/AcroForm \d+ 0 R/, ['', '/AcroForm 61 0 R', '/AcroForm <<>>']],
  [/\/Length \d+/, ['/Length 0', '/Length 99999', '/Length 61 0 R']],
  [/\(([^)]*)\)/, ['(x)', '()', '(leader)', '(seal)']],
  [/\/Type \/\w+/, ['/Type /Sig', '/Type /Catalog', '']],
  [/<<$|<<(?=\/)/, ['<</OpenAction <</S /JavaScript /JS (1)>> ', '<</MK <</CA (x)>> ', '<</OC 61 0 R ']],
  [/(\d+) 0 R/, ['61 0 R', '5 0 R', '1 0 R', 'null']],
];

function changedBody(body: string, random: Random): string {
  if (random.once(5)) return body;
  const [pattern, by] = random.pick(changes);
  return body.replace(pattern, random.pick(by));
}

function append(bytes: Buffer, text: string, objects: ReadonlyMap<number, string>, random: Random): Buffer {
  let body = '';
  const rows: string[] = [];
  for (const [num, value] of objects) {
    rows.push(`${num} 1\n${String(bytes.length + body.length).padStart(10, '0')} 00000 n \n`);
    body += `${num} 0 obj\n${value}\nendobj\n`;
  }
  if (random.once(12)) rows.push(`${1 + random.below(20)} 1\n0000000000 65535 f \n`);
  const previous = [...text.matchAll(/startxref\s+(\d+)/g)].map(([, offset = '0']) => offset);
  const prev =
    previous.length === 0 ? '0' : random.once(6) ? random.pick(previous) : (previous.at(-1) ?? '0');
  const id = /\/ID\s*\[[^\]]*\]/.exec(text)?.[0] ?? '';
  const at = bytes.length + body.length;
  const root = random.once(10) ? random.pick(['61', '3', '2']) : '1';
  const trailer = `trailer\n<</Size 80 /Root ${root} 0 R ${id} /Prev ${prev}>>\n`;
  const end = random.once(20) ? '' : `startxref\n${random.once(20) ? prev : at}\n%%EOF\n`;
  const table = random.once(20) ? '' : `xref\n${rows.join('')}`;
  return Buffer.concat([bytes, Buffer.from(`${body}${table}${trailer}${end}`, 'latin1')]);
}
