// Files that two readers take for two different papers: a rule of the format that one of them keeps and the other does
// not. A verifier that reads as the first one does must say no, or it speaks for a page that the other never shows.
import {
  bodyOf,
  changed,
  drawing,
  coverUp,
  forgedContent,
  pageOf,
  spelt,
  startxrefOf,
  text,
  withRevision,
  type Revision,
} from './craft.ts';
import { certified } from './certified.ts';
import { filledByHand, shows } from './field-text.ts';
import type { Attack, Material } from './material.ts';
import { packedRevision } from './packed-revision.ts';
import { codesOf } from '../fielded-pdf.ts';

function read(name: string, revise: (pdf: Buffer) => Revision): Attack {
  return { name, seen: 'bytes', make: ({ signed }) => withRevision(signed, revise(signed)) };
}

const same = (pdf: Buffer): Readonly<Record<number, string>> => ({ 5: bodyOf(pdf, 5) });

function offsetOf(pdf: Buffer, num: number): number {
  return text(pdf).indexOf(`\n${num} 0 obj`) + 1;
}

const tables: readonly Attack[] = [
  read('a size that leaves the content out', () => ({ size: 5 })),
  read('a size that leaves the new objects out', (pdf) => ({
    size: 30,
    objects: { ...same(pdf), 40: forgedContent },
  })),
  read('the content again under a higher generation', (pdf) => ({
    objects: same(pdf),
    generations: { 5: [1, 1] },
  })),
  read('the content again, listed under a generation it has not', (pdf) => ({
    objects: same(pdf),
    generations: { 5: [0, 7] },
  })),
  read('the content again, with a generation that is not listed', (pdf) => ({
    objects: same(pdf),
    generations: { 5: [7, 0] },
  })),
  read('a row of the table behind a comment', (pdf) => ({
    before: `5 0 obj\n${forgedContent}\nendobj\n`,
    rows: [`5 1\n%${spelt(pdf.length)} 00000 n \n${spelt(offsetOf(pdf, 5))} 00000 n \n`],
  })),
  read('a row of the table that is too long', (pdf) => ({
    rows: [`5 1\n${spelt(offsetOf(pdf, 5))}     00000 n \n`],
  })),
  read('a row of the table that is too short', (pdf) => ({ rows: [`5 1\n${offsetOf(pdf, 5)} 0 n\n`] })),
  read('a head of the table behind a comment', (pdf) => ({
    rows: [`%6 1\n5 1\n${spelt(offsetOf(pdf, 5))} 00000 n \n`],
  })),
  read('an offset that meets a comment', (pdf) => ({
    before: `%xx\n5 0 obj\n${bodyOf(pdf, 5)}\nendobj\n`,
    at: { 5: pdf.length },
  })),
  {
    name: 'a pointer that meets a comment',
    seen: 'bytes',
    make: ({ signed }) => {
      const whole = withRevision(signed, { before: '%here\n', objects: same(signed) });
      const section = startxrefOf(whole);
      const moved = text(whole).slice(0, section) + '%xx\n' + text(whole).slice(section);
      return Buffer.from(moved, 'latin1');
    },
  },
  {
    name: 'objects free in the table and alive in a stream behind it',
    seen: 'bytes',
    make: ({ signed }) => {
      const hidden = packedRevision(signed, { 3: bodyOf(signed, 3) }, { prev: null, isAlone: true });
      return withRevision(hidden.bytes, {
        free: [3],
        prev: startxrefOf(signed),
        trailer: `/XRefStm ${hidden.at}`,
      });
    },
  },
  {
    name: 'a page that lies at another place of its object stream',
    seen: 'bytes',
    make: ({ streamed }) => {
      const forged = pageOf(streamed, ['/Contents 5 0 R', '/Contents 40 0 R']);
      const packed = { 3: bodyOf(streamed, 3), 41: forged };
      return packedRevision(streamed, packed, { objects: { 40: forgedContent }, places: { 3: 1 } }).bytes;
    },
  },
];

const fields: readonly Attack[] = [
  {
    name: 'a number that shows something else under the pointer',
    seen: 'bytes',
    make: ({ signed }) => withRevision(signed, underThePointer(signed, '/R 72 0 R')),
  },
  {
    name: 'a number that shows something else while it is pressed',
    seen: 'bytes',
    make: ({ signed }) => withRevision(signed, underThePointer(signed, '/D 72 0 R')),
  },
  read('a number marked as part of a layer', (pdf) =>
    filledByHand(pdf, {
      content: `/OC /Off BDC ${shows(codesOf('136'))} EMC`,
      fonts: '/LegalFont 6 0 R>> /Properties <</Off 72 0 R',
      objects: { 72: '<</Type /OCG /Name (off)>>' },
    }),
  ),
  ...(
    [
      ['does something when the page is seen', '/AA <</PV <</S /JavaScript /JS (1)>>>>'],
      ['does something when it is touched', '/A <</S /Launch /F (x)>>'],
      ['belongs to a layer', '/OC <</Type /OCG /Name (off)>>'],
      ['draws a frame of its own', '/MK <</BG [1 1 1]>>'],
    ] as const
  ).map(([what, entries]): Attack => ({
    name: `an unseen signature whose field ${what}`,
    seen: 'bytes',
    make: (from) => unseenField(from, entries),
  })),
];

function underThePointer(pdf: Buffer, entry: string): Revision {
  const { objects = {} } = filledByHand(pdf, {});
  const field = changed(objects[12] ?? '', [['/AP <</N 71 0 R>>', `/AP <</N 71 0 R ${entry}>>`]]);
  return { objects: { ...objects, 12: field, 72: drawing(coverUp, '0 0 60 18') } };
}

async function unseenField(from: Material, entries: string): Promise<Buffer> {
  const paper = await certified(from, 2);
  const unseen = `<</Type /Annot /Subtype /Widget /FT /Sig /T (more) /F 132 /P 3 0 R /Rect [0 0 0 0] ${entries}>>`;
  const form = changed(bodyOf(paper, 4), [[/\/Fields \[([^\]]*)\]/, '/Fields [$1 78 0 R]']]);
  return from.signBy(paper, { field: 78, who: 'officer', objects: { 4: form, 78: unseen } });
}

export const readerDifferences: readonly Attack[] = [...tables, ...fields];
