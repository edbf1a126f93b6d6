// Incremental saving attacks (2019): the signed bytes stay, and what is hung on behind them makes a reader show
// something else, with as much or as little of a revision as that reader needs.
import {
  bodyOf,
  changed,
  drawing,
  coverUp,
  forgedContent,
  pageOf,
  shortHex,
  signatureNumber,
  startxrefOf,
  stream,
  text,
  withRevision,
  zoneOf,
  type Revision,
} from './craft.ts';
import type { Attack } from './material.ts';
import { packedRevision } from './packed-revision.ts';

type Seen = Attack['seen'];

function saved(name: string, seen: Seen, revise: (pdf: Buffer) => Revision): Attack {
  return { name, seen, make: ({ signed }) => withRevision(signed, revise(signed)) };
}

const forged = { 5: forgedContent };
const otherPage = (pdf: Buffer): Readonly<Record<number, string>> => ({
  3: pageOf(pdf, ['/Contents 5 0 R', '/Contents 40 0 R']),
  40: forgedContent,
});

const wholeRevisions: readonly Attack[] = [
  saved('the content written again', 'text', () => ({ objects: forged })),
  saved('the page with another content', 'text', (pdf) => ({ objects: otherPage(pdf) })),
  saved('the page with a second content', 'look', (pdf) => ({
    objects: { 3: pageOf(pdf, ['/Contents 5 0 R', '/Contents [5 0 R 40 0 R]']), 40: stream(coverUp) },
  })),
  saved('another page in the tree', 'text', (pdf) => ({
    objects: {
      2: '<</Type /Pages /Kids [41 0 R] /Count 1>>',
      41: otherPage(pdf)[3] ?? '',
      40: forgedContent,
    },
  })),
  saved('a page more', 'text', (pdf) => ({
    objects: {
      2: '<</Type /Pages /Kids [41 0 R 3 0 R] /Count 2>>',
      41: otherPage(pdf)[3] ?? '',
      40: forgedContent,
    },
  })),
  saved('another tree of pages', 'text', (pdf) => ({
    objects: {
      1: '<</Type /Catalog /Pages 42 0 R /AcroForm 4 0 R>>',
      42: '<</Type /Pages /Kids [41 0 R] /Count 1>>',
      41: changed(otherPage(pdf)[3] ?? '', [['/Parent 2 0 R', '/Parent 42 0 R']]),
      40: forgedContent,
    },
  })),
  saved('a catalogue of its own', 'text', (pdf) => ({
    root: 43,
    objects: {
      43: '<</Type /Catalog /Pages 42 0 R /AcroForm 4 0 R>>',
      42: '<</Type /Pages /Kids [41 0 R] /Count 1>>',
      41: changed(otherPage(pdf)[3] ?? '', [['/Parent 2 0 R', '/Parent 42 0 R']]),
      40: forgedContent,
    },
  })),
  saved('a note laid over the page', 'look', (pdf) => ({
    objects: {
      3: pageOf(pdf, ['/Annots [', '/Annots [44 0 R ']),
      44: '<</Type /Annot /Subtype /Stamp /Rect [0 0 595 842] /F 4 /AP <</N 45 0 R>>>>',
      45: drawing(coverUp),
    },
  })),
  saved('a smaller sheet', 'look', (pdf) => ({
    objects: { 3: pageOf(pdf, ['/MediaBox [0 0 595 842]', '/MediaBox [0 0 595 700]']) },
  })),
  saved('a turned sheet', 'look', (pdf) => ({
    objects: { 3: pageOf(pdf, ['/Type /Page', '/Type /Page /Rotate 180']) },
  })),
  saved('the form without its fields', 'bytes', () => ({ objects: { 4: '<</Fields [] /SigFlags 3>>' } })),
  saved('no form at all', 'bytes', () => ({ objects: { 1: '<</Type /Catalog /Pages 2 0 R>>' } })),
  saved('the content called free', 'bytes', () => ({ free: [5] })),
  saved('the signed field called free', 'bytes', () => ({ free: [14] })),
  saved('a program that runs on opening', 'bytes', () => ({
    objects: { 1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /OpenAction <</S /JavaScript /JS (1)>>>>' },
  })),
  saved('an encryption nobody asked for', 'bytes', () => ({
    trailer: '/Encrypt <</Filter /Standard /V 1 /R 2 /P -4>>',
  })),
];

const signatureRevisions: readonly Attack[] = [
  saved('the signature copied to another object', 'text', (pdf) => ({
    objects: { ...forged, 14: fieldWith(pdf, 46), 46: bodyOf(pdf, signatureNumber(pdf)) },
  })),
  saved('the signature written again in its own object', 'text', (pdf) => ({
    objects: { ...forged, [signatureNumber(pdf)]: bodyOf(pdf, signatureNumber(pdf)) },
  })),
  saved('the signature listed again where it stood', 'text', (pdf) => {
    const num = signatureNumber(pdf);
    return { objects: forged, at: { [num]: text(pdf).lastIndexOf(`\n${num} 0 obj`) + 1 } };
  }),
  saved('another look of the signed field', 'look', (pdf) => ({
    objects: {
      14: changed(bodyOf(pdf, 14), [[/>>\s*$/, ' /AP <</N 45 0 R>>>>']]),
      45: drawing('1 0 0 rg 0 0 100 80 re f', '0 0 100 80'),
    },
  })),
  saved('the signed field in another place', 'bytes', (pdf) => ({
    objects: { 14: changed(bodyOf(pdf, 14), [[/\/Rect \[[^\]]*\]/, '/Rect [0 0 100 80]']]) },
  })),
  saved('a locked initial filled with a look and no signature', 'look', (pdf) => ({
    objects: {
      16: changed(bodyOf(pdf, 16), [[/>>\s*$/, ' /AP <</N 45 0 R>>>>']]),
      45: drawing('1 0 0 rg 0 0 100 80 re f', '0 0 100 80'),
    },
  })),
  saved('the signature within the field itself', 'text', (pdf) => ({
    objects: { ...forged, 14: changed(fieldWith(pdf, 46), [['46 0 R', bodyOf(pdf, signatureNumber(pdf))]]) },
  })),
  saved('a range that reaches the new end', 'text', (pdf) => {
    const { start, next } = zoneOf(pdf);
    const wide = changed(bodyOf(pdf, signatureNumber(pdf)), [
      [/\/ByteRange \[[^\]]*\]/, `/ByteRange [0 ${start} ${next} 99999]`],
    ]);
    return { objects: { ...forged, [signatureNumber(pdf)]: wide } };
  }),
  {
    name: 'a signature of another paper',
    seen: 'text',
    make: ({ signed, another }) => {
      const num = signatureNumber(signed);
      const foreign = changed(bodyOf(signed, num), [[shortHex(zoneOf(signed)), shortHex(zoneOf(another))]]);
      return withRevision(signed, { objects: { ...forged, [num]: foreign } });
    },
  },
  {
    name: 'a sound signature of an officer in the place of the leader’s',
    seen: 'bytes',
    make: ({ signed, signBy }) => signBy(signed, { field: 14, who: 'officer' }),
  },
  {
    name: 'a sound signature of an officer in the place of the leader’s, over another page',
    seen: 'text',
    make: ({ signed, signBy }) => signBy(signed, { field: 14, who: 'officer', objects: forged }),
  },
];

function fieldWith(pdf: Buffer, signature: number): string {
  return changed(bodyOf(pdf, 14), [[/\/V \d+ 0 R/, `/V ${signature} 0 R`]]);
}

/** The field as it was before it was signed. */
function emptyField(pdf: Buffer): string {
  return changed(bodyOf(pdf, 14), [[/\/V \d+ 0 R/, '']]);
}

const brokenRevisions: readonly Attack[] = [
  saved('objects alone', 'bytes', () => ({
    objects: forged,
    parts: { xref: false, trailer: false, startxref: false },
  })),
  saved('objects and a trailer', 'bytes', () => ({ objects: forged, parts: { xref: false } })),
  saved('objects, a trailer and no pointer', 'bytes', () => ({
    objects: forged,
    parts: { xref: false, startxref: false },
  })),
  saved('cross-references and no trailer', 'bytes', () => ({ objects: forged, parts: { trailer: false } })),
  saved('cross-references and no pointer', 'bytes', () => ({ objects: forged, parts: { startxref: false } })),
  saved('a pointer to the old cross-references', 'bytes', (pdf) => ({
    objects: forged,
    parts: { startxref: startxrefOf(pdf) },
  })),
  saved('a pointer to the very beginning', 'bytes', () => ({ objects: forged, parts: { startxref: 0 } })),
  saved('a pointer beside the cross-references', 'bytes', (pdf) => ({
    objects: forged,
    parts: { startxref: pdf.length + 3 },
  })),
  saved('objects that no cross-reference lists', 'bytes', () => ({
    before: `5 0 obj\n${forgedContent}\nendobj\n`,
  })),
  saved('objects in a comment', 'bytes', () => ({
    before: `%${`5 0 obj ${forgedContent} endobj`.replaceAll('\n', ' ')}\n`,
  })),
  saved('an object listed under another’s number', 'bytes', (pdf) => ({
    objects: { 40: forgedContent },
    at: { 5: pdf.length },
  })),
  saved('no revision before', 'text', (pdf) => ({ objects: otherPage(pdf), prev: null })),
  saved('the signed revision passed over', 'text', (pdf) => ({
    objects: otherPage(pdf),
    at: {
      [signatureNumber(pdf)]: text(pdf).lastIndexOf(`\n${signatureNumber(pdf)} 0 obj`) + 1,
      14: text(pdf).lastIndexOf('\n14 0 obj') + 1,
    },
    prev: Number(/startxref\s+(\d+)/.exec(text(pdf))?.[1]),
  })),
  saved('a circle of revisions', 'bytes', (pdf) => ({ objects: forged, prev: pdf.length + 400 })),
  {
    name: 'a change and a second one that takes it back',
    seen: 'bytes',
    make: ({ signed }) =>
      withRevision(withRevision(signed, { objects: forged }), { objects: { 5: bodyOf(signed, 5) } }),
  },
  {
    name: 'a hidden stream behind the cross-references',
    seen: 'text',
    make: ({ signed }) => {
      const hidden = packedRevision(signed, { 3: otherPage(signed)[3] ?? '' }, { prev: null, isAlone: true });
      const inBetween = { ...forged, 40: forgedContent };
      return withRevision(hidden.bytes, {
        objects: inBetween,
        prev: startxrefOf(signed),
        trailer: `/XRefStm ${hidden.at}`,
      });
    },
  },
];

const packedRevisions: readonly Attack[] = [
  {
    name: 'the page in an object stream',
    seen: 'text',
    make: ({ streamed }) =>
      packedRevision(streamed, { 3: otherPage(streamed)[3] ?? '' }, { objects: { 40: forgedContent } }).bytes,
  },
  {
    name: 'the catalogue in an object stream',
    seen: 'bytes',
    make: ({ streamed }) => packedRevision(streamed, { 1: '<</Type /Catalog /Pages 2 0 R>>' }, {}).bytes,
  },
  {
    name: 'the signature’s field in an object stream',
    seen: 'bytes',
    make: ({ streamed }) => packedRevision(streamed, { 14: emptyField(streamed) }, {}).bytes,
  },
  {
    name: 'the cross-reference stream of the signed file written over',
    seen: 'text',
    make: ({ streamed }) =>
      packedRevision(
        streamed,
        { 3: otherPage(streamed)[3] ?? '' },
        { objects: { 40: forgedContent, 17: forgedContent } },
      ).bytes,
  },
];

export const incrementalSaving: readonly Attack[] = [
  ...wholeRevisions,
  ...signatureRevisions,
  ...brokenRevisions,
  ...packedRevisions,
];
