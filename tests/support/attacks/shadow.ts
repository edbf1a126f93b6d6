// Shadow attacks (2021): whoever prepares the paper hides something in it before it is signed, and shows it afterwards
// with a change that looks harmless. Hide: what the signer saw goes. Replace: it reads otherwise. Hide and replace: a
// second paper within the file takes the place of the first.
import { codesOf } from '../fielded-pdf.ts';
import {
  bodyOf,
  changed,
  coverUp,
  drawing,
  forgedContent,
  pageOf,
  saying,
  stream,
  text,
  withRevision,
  type Revision,
} from './craft.ts';
import { type Attack, type Material } from './material.ts';
import { forgedWords, honestWords } from './words.ts';

type Plan = Readonly<{
  name: string;
  seen: Attack['seen'];
  /** What is put into the paper before it is signed. */
  prepare: (plain: Buffer) => Revision;
  /** What is hung on afterwards; a whole file when it is not one revision. */
  strike: (signed: Buffer, from: Material) => Revision;
  /** Our own program would not sign such a paper. */
  byHand?: boolean;
}>;

function shadow({ name, seen, prepare, strike, byHand = false }: Plan): Attack {
  return {
    name,
    seen,
    make: async (from) => {
      const prepared = withRevision(from.plain, prepare(from.plain));
      const signed = byHand
        ? await from.signBy(prepared, { field: 14, who: 'leader' })
        : await from.sign(prepared, 'leader');
      return withRevision(signed, strike(signed, from));
    },
  };
}

/** The forged words below, white paper and the honest words above, as an object of its own. */
const overlaid = (plain: Buffer): Revision => ({
  objects: {
    3: pageOf(plain, ['/Resources <<', '/Resources <</XObject <</Over 50 0 R>> ']),
    5: stream(`${saying(forgedWords)} /Over Do`),
    50: drawing(`1 1 1 rg 0 0 595 842 re f 0 g ${saying(honestWords)}`),
  },
});

const hide: readonly Attack[] = [
  shadow({
    name: 'hide: what covered the page is empty now',
    seen: 'text',
    prepare: overlaid,
    strike: () => ({ objects: { 50: drawing('') } }),
  }),
  shadow({
    name: 'hide: what covered the page is free now',
    seen: 'look',
    prepare: overlaid,
    strike: () => ({ free: [50] }),
  }),
  shadow({
    name: 'hide: what covered the page has no size now',
    seen: 'look',
    prepare: overlaid,
    strike: (signed) => ({
      objects: { 50: changed(bodyOf(signed, 50), [['/BBox [0 0 595 842]', '/BBox [0 0 0 0]']]) },
    }),
  }),
  shadow({
    name: 'hide: the page leads to another cover',
    seen: 'text',
    prepare: overlaid,
    strike: (signed) => ({
      objects: { 3: pageOf(signed, ['/Over 50 0 R', '/Over 51 0 R']), 51: drawing('') },
    }),
  }),
  shadow({
    name: 'hide: a layer is switched off',
    seen: 'bytes',
    prepare: (plain) => ({
      objects: {
        ...overlaid(plain).objects,
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /OCProperties 52 0 R>>',
        50: drawing(`1 1 1 rg 0 0 595 842 re f 0 g ${saying(honestWords)}`, '0 0 595 842', '/OC 53 0 R'),
        52: '<</OCGs [53 0 R] /D <</ON [53 0 R] /OFF []>>>>',
        53: '<</Type /OCG /Name (layer)>>',
      },
    }),
    strike: () => ({ objects: { 52: '<</OCGs [53 0 R] /D <</ON [] /OFF [53 0 R]>>>>' } }),
  }),
  shadow({
    name: 'hide: a note that covered the page is marked unseen',
    seen: 'text',
    prepare: (plain) => ({
      objects: {
        3: pageOf(plain, ['/Annots [', '/Annots [54 0 R ']),
        5: forgedContent,
        54: '<</Type /Annot /Subtype /Stamp /Rect [0 0 595 842] /F 4 /AP <</N 50 0 R>>>>',
        50: drawing(`1 1 1 rg 0 0 595 842 re f 0 g ${saying(honestWords)}`),
      },
    }),
    strike: (signed) => ({ objects: { 54: changed(bodyOf(signed, 54), [['/F 4', '/F 2']]) } }),
  }),
  shadow({
    name: 'hide: a note that covered the page is taken off it',
    seen: 'text',
    prepare: (plain) => ({
      objects: {
        3: pageOf(plain, ['/Annots [', '/Annots [54 0 R ']),
        5: forgedContent,
        54: '<</Type /Annot /Subtype /Stamp /Rect [0 0 595 842] /F 4 /AP <</N 50 0 R>>>>',
        50: drawing(`1 1 1 rg 0 0 595 842 re f 0 g ${saying(honestWords)}`),
      },
    }),
    strike: (signed) => ({ objects: { 3: pageOf(signed, ['54 0 R ', '']) } }),
  }),
];

/** The font with the shapes of 1 and 9 exchanged: every code leads to another shape. */
function otherShapes(plain: Buffer): string {
  const [one, nine] = [codesOf('1'), codesOf('9')].map((hex) => Number.parseInt(hex, 16));
  const table = Buffer.from(Array.from({ length: 512 }, (_, code) => [code >> 8, code & 255]).flat());
  if (one !== undefined && nine !== undefined) {
    table.writeUInt16BE(nine, one * 2);
    table.writeUInt16BE(one, nine * 2);
  }
  void plain;
  return table.toString('latin1');
}

const replace: readonly Attack[] = [
  shadow({
    name: 'replace: the shapes of the font exchanged',
    seen: 'look',
    prepare: () => ({}),
    strike: (signed) => ({
      objects: {
        7: changed(bodyOf(signed, 7), [['/CIDToGIDMap /Identity', '/CIDToGIDMap 55 0 R']]),
        55: stream(otherShapes(signed)),
      },
    }),
  }),
  shadow({
    name: 'replace: the font’s own file exchanged',
    seen: 'look',
    prepare: () => ({}),
    strike: () => ({ objects: { 10: stream('nothing') } }),
  }),
  shadow({
    name: 'replace: what the font’s codes mean exchanged',
    seen: 'text',
    prepare: () => ({}),
    strike: (signed) => {
      const map = bodyOf(signed, 9);
      const [one, nine] = [codesOf('1'), codesOf('9')];
      const other = map
        .replace(`<${one}> <0031>`, '<ffff> <0031>')
        .replace(`<${nine}> <0039>`, `<${one}> <0039>`);
      return { objects: { 9: other.replace('<ffff> <0031>', `<${nine}> <0031>`) } };
    },
  }),
  shadow({
    name: 'replace: a button that shows other words',
    seen: 'text',
    prepare: (plain) => button(plain, saying(honestWords, 4)),
    strike: () => ({
      objects: { 57: drawing(saying(forgedWords, 4).replace('60 4 Td', '2 4 Td'), '0 0 200 20') },
    }),
  }),
  shadow({
    name: 'replace: a field with other words and the old value',
    seen: 'text',
    prepare: (plain) => textField(plain, honestWords),
    strike: () => ({
      objects: { 57: drawing(saying(forgedWords, 4).replace('60 4 Td', '2 4 Td'), '0 0 200 20') },
    }),
  }),
  shadow({
    name: 'replace: a field whose value hid behind its words, drawn anew by whoever opens it',
    seen: 'bytes',
    byHand: true,
    prepare: (plain) => textField(plain, forgedWords, honestWords),
    strike: (signed) => ({
      objects: { 4: changed(bodyOf(signed, 4), [['/SigFlags', '/NeedAppearances true /SigFlags']]) },
    }),
  }),
  shadow({
    name: 'replace: a field that every reader draws for itself, in a style that comes later',
    seen: 'bytes',
    prepare: (plain) => ({
      objects: {
        3: pageOf(plain, ['/Annots [', '/Annots [56 0 R ']),
        4: `<</Fields [56 0 R 14 0 R] /SigFlags 3 /NeedAppearances true>>`,
        56: `<</Type /Annot /Subtype /Widget /FT /Tx /T (sum) /V (${honestWords}) /F 4 /P 3 0 R /Rect [60 500 260 520]>>`,
      },
    }),
    strike: (signed) => ({
      objects: { 4: changed(bodyOf(signed, 4), [['/SigFlags', '/DA (/LegalFont 1 Tf 1 g) /SigFlags']]) },
    }),
  }),
  {
    name: 'replace: a field that shows other words than its value when it is signed',
    seen: 'bytes',
    make: (from) =>
      from.signBy(withRevision(from.plain, textField(from.plain, forgedWords, honestWords)), {
        field: 14,
        who: 'leader',
      }),
  },
];

function button(plain: Buffer, content: string): Revision {
  return {
    objects: {
      3: pageOf(plain, ['/Annots [', '/Annots [56 0 R ']),
      4: changed(bodyOf(plain, 4), [['/Fields [', '/Fields [56 0 R ']]),
      56: '<</Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (button) /F 4 /P 3 0 R /Rect [60 500 260 520] /AP <</N 57 0 R>>>>',
      57: drawing(content, '0 0 200 20'),
    },
  };
}

export function textField(plain: Buffer, value: string, shown = value): Revision {
  const content = saying(shown, 4).replace('60 4 Td', '2 4 Td');
  const made = button(plain, `/Tx BMC q ${content} Q EMC`);
  const field = changed(made.objects?.[56] ?? '', [
    ['/FT /Btn /Ff 65536 /T (button)', `/FT /Tx /T (sum) /V (${value})`],
  ]);
  return { objects: { ...made.objects, 56: field } };
}

/** A second paper within the file that nothing leads to yet. */
const secondPaper: Readonly<Record<number, string>> = {
  60: '<</Type /Catalog /Pages 61 0 R /AcroForm 4 0 R>>',
  61: '<</Type /Pages /Kids [62 0 R] /Count 1>>',
  62: '<</Type /Page /Parent 61 0 R /MediaBox [0 0 595 842] /Resources <</Font <</LegalFont 6 0 R>>>> /Contents 63 0 R>>',
  63: forgedContent,
};

const hideAndReplace: readonly Attack[] = [
  shadow({
    name: 'hide and replace: the other catalogue is named in the trailer',
    seen: 'text',
    prepare: () => ({ objects: secondPaper }),
    strike: () => ({ root: 60 }),
  }),
  shadow({
    name: 'hide and replace: the other catalogue under a new number',
    seen: 'text',
    prepare: () => ({ objects: secondPaper }),
    strike: () => ({ root: 64, objects: { 64: secondPaper[60] ?? '' } }),
  }),
  shadow({
    name: 'hide and replace: the catalogue leads to the other tree',
    seen: 'text',
    prepare: () => ({ objects: secondPaper }),
    strike: () => ({ objects: { 1: secondPaper[60] ?? '' } }),
  }),
  shadow({
    name: 'hide and replace: a content that lay unlisted in the file is listed',
    seen: 'text',
    prepare: () => ({ before: `5 0 obj\n${forgedContent}\nendobj\n`, objects: { 65: 'null' } }),
    strike: (signed) => ({ at: { 5: text(signed).lastIndexOf('\n5 0 obj') + 1 } }),
  }),
  shadow({
    name: 'hide and replace: a page that lay unlisted in the file is listed',
    seen: 'text',
    prepare: (plain) => ({
      before: `3 0 obj\n${pageOf(plain, ['/Contents 5 0 R', '/Contents 63 0 R'])}\nendobj\n`,
      objects: { 63: forgedContent },
    }),
    strike: (signed) => ({ at: { 3: text(signed).lastIndexOf('\n3 0 obj') + 1 } }),
  }),
  shadow({
    name: 'hide and replace: a whole paper that lay in a stream is listed',
    seen: 'text',
    prepare: () => ({ objects: { 66: stream(`5 0 obj\n${forgedContent}\nendobj\n`) } }),
    strike: (signed) => ({ at: { 5: text(signed).lastIndexOf('\n5 0 obj') + 1 } }),
  }),
  shadow({
    name: 'hide and replace: a length of the content that lay apart is longer now',
    seen: 'bytes',
    prepare: () => ({
      objects: {
        5: `<</Length 67 0 R>>\nstream\n${saying(honestWords)}\nendstream\nendobj\n%\nendstream`,
        67: String(saying(honestWords).length),
      },
    }),
    strike: () => ({ objects: { 67: String(saying(honestWords).length + 20) } }),
  }),
  shadow({
    name: 'hide and replace: the cover and the paper below in one change',
    seen: 'text',
    prepare: overlaid,
    strike: () => ({ objects: { 5: stream(coverUp), 50: drawing(coverUp) } }),
  }),
];

export const shadows: readonly Attack[] = [...hide, ...replace, ...hideAndReplace];
