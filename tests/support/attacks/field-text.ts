// After the leader the number may still be filled, by anybody. What may not be: a number that is shown otherwise than it
// is kept, so that people read one and registers the other, and a field that draws more than its text.
import { codesOf } from '../fielded-pdf.ts';
import { bodyOf, changed, coverUp, pageOf, stream, withRevision, type Revision } from './craft.ts';
import { type Attack } from './material.ts';
import { forgedWords } from './words.ts';
import { packedRevision } from './packed-revision.ts';

type Plan = Readonly<{
  value?: string;
  /** The appearance's content. */
  content?: string;
  box?: string;
  /** Entries of the appearance beside the usual ones. */
  entries?: string;
  fonts?: string;
  /** More changes to the field. */
  field?: readonly (readonly [from: string | RegExp, to: string])[];
  objects?: Readonly<Record<number, string>>;
}>;

/** The number field filled by hand, with everything as our own program would write it but what the plan says. */
export function filledByHand(pdf: Buffer, plan: Plan): Revision {
  const {
    value = '136',
    box = '0 0 60 18',
    entries = '',
    fonts = '/LegalFont 6 0 R',
    field = [],
    objects,
  } = plan;
  const content = plan.content ?? shows(codesOf(value));
  const body = changed(bodyOf(pdf, 12), [[/>>$/, ` /V (${value}) /AP <</N 71 0 R>>>>`], ...field]);
  const resources = `/Resources <</Font <<${fonts}>>>>`;
  const look = stream(content, `/Type /XObject /Subtype /Form /BBox [${box}] ${resources}${entries}`);
  return { objects: { 12: body, 71: look, ...objects } };
}

export function shows(codes: string, { before = '', place = '2 4 Td', size = 13 } = {}): string {
  return `/Tx BMC q ${before} BT /LegalFont ${size} Tf 0 g ${place} <${codes}> Tj ET Q EMC`;
}

function filled(name: string, plan: Plan, seen: Attack['seen'] = 'look'): Attack {
  return { name, seen, make: ({ signed }) => withRevision(signed, filledByHand(signed, plan)) };
}

const number = codesOf('136');
const other = codesOf('986');
const [one, three, six] = [codesOf('1'), codesOf('3'), codesOf('6')];

const words: readonly Attack[] = [
  filled('another number is shown than is kept', { content: shows(other) }),
  filled('another number is kept than is shown', { value: '986', content: shows(number) }),
  filled('nothing is shown', { content: '' }, 'bytes'),
  filled('something is shown and nothing kept', { value: '', content: shows(number) }),
  filled('a digit more is shown', { content: shows(`${number}${one}`) }),
  filled('the digits in another order on the page', {
    content: `/Tx BMC q BT /LegalFont 13 Tf 0 g 14 4 Td <${one}${three}> Tj -10 0 Td <${six}> Tj ET Q EMC`,
  }),
  filled('the digits one over the other', {
    content: `/Tx BMC q BT /LegalFont 13 Tf 0 g 2 4 Td <${one}> Tj 0 0 Td <${three}> Tj 0 0 Td <${six}> Tj ET Q EMC`,
  }),
  filled('the digits drawn together by kerning', {
    content: `BT /LegalFont 13 Tf 2 4 Td [<${one}> 500 <${three}> 500 <${six}>] TJ ET`,
  }),
  filled('the last digit beyond the edge', {
    content: `BT /LegalFont 13 Tf 2 4 Td <${one}${three}> Tj 70 0 Td <${six}> Tj ET`,
  }),
  filled('the last digit above the edge', {
    content: `BT /LegalFont 13 Tf 2 4 Td <${one}${three}> Tj 13 Ts <${six}> Tj ET`,
  }),
  filled('white on white', { content: shows(number).replace('0 g', '1 g') }, 'bytes'),
  filled('white in colours', { content: shows(number).replace('0 g', '1 1 1 rg') }, 'bytes'),
  filled('white in inks', { content: shows(number).replace('0 g', '0 0 0 0 k') }, 'bytes'),
  filled('the first digit white', {
    content: `BT /LegalFont 13 Tf 1 g 2 4 Td <${one}> Tj 0 g <${three}${six}> Tj ET`,
  }),
  filled('written unseen', { content: shows(number).replace('0 g', '0 g 3 Tr') }, 'bytes'),
  filled('as small as a dot', { content: shows(number, { size: 1 }) }),
  filled('pressed flat', { content: shows(number).replace('0 g', '0 g 2 Tz') }),
  filled('in a box a thousand times as large', { box: '0 0 60000 18000' }, 'bytes'),
  filled('in a box of no size', { box: '0 0 0 0' }, 'bytes'),
  filled('clipped away', { content: shows(number, { before: '0 0 1 1 re W n' }) }, 'bytes'),
  filled('clipped by nothing', { content: shows(number, { before: 'W n' }) }, 'bytes'),
  filled('moved away by a matrix', { entries: '/Matrix [1 0 0 1 300 0]' }, 'bytes'),
  filled('mirrored', { content: shows(number, { before: '-1 0 0 1 60 0 cm' }) }),
  filled('turned', { content: shows(number, { place: '0 1 -1 0 20 4 Tm' }) }),
];

const drawings: readonly Attack[] = [
  filled('a bar over the digits', { content: `${shows(number)} 1 g 0 0 30 18 re f` }, 'bytes'),
  filled('a line through the digits', { content: `${shows(number)} 2 w 0 9 m 60 9 l S` }),
  filled('a picture over the digits', {
    content: `${shows(number)} q 60 0 0 18 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u0080 EI Q`,
  }),
  filled(
    'another form over the digits',
    {
      content: `${shows(number)} /Fm Do`,
      fonts: '/LegalFont 6 0 R>> /XObject <</Fm 72 0 R',
      objects: { 72: stream(coverUp, '/Type /XObject /Subtype /Form /BBox [0 0 60 18]') },
    },
    'bytes',
  ),
  filled('seen only while a layer is on', { entries: '/OC <</Type /OCG /Name (off)>>' }, 'bytes'),
  filled('shown out of another file', { entries: '/Ref <</F (elsewhere.pdf) /Page 0>>' }, 'bytes'),
  filled('shown as if it were no form', { entries: '/Subtype2 /Image' }, 'bytes'),
];

/** A font of somebody's own: the codes of 9, 8 and 6 said to be 1, 3 and 6. */
const lying = `<</Type /Font /Subtype /Type0 /BaseFont /AAAAAA+LiberationSerif /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 73 0 R>>`;
const map = stream(
  `begincmap 3 beginbfchar <${codesOf('9')}> <0031> <${codesOf('8')}> <0033> <${codesOf('6')}> <0036> endbfchar endcmap`,
);

const fonts: readonly Attack[] = [
  filled('in a new font that calls its nines ones', {
    content: shows(other),
    fonts: '/LegalFont 74 0 R',
    objects: { 73: map, 74: lying },
  }),
  filled('in such a font within the appearance itself', {
    content: shows(other),
    fonts: `/LegalFont ${lying}`,
    objects: { 73: map },
  }),
  filled(
    'in a simple font with shapes of its own',
    {
      content: shows('393836').replace('<393836>', '(136)'),
      fonts:
        '/LegalFont <</Type /Font /Subtype /TrueType /BaseFont /Own /FirstChar 49 /LastChar 54 /Widths [500 500 500 500 500 500] /FontDescriptor <</Type /FontDescriptor /FontName /Own /Flags 4 /FontFile2 10 0 R>>>>',
    },
    'bytes',
  ),
  filled('in a font that only the form names', { fonts: '' }, 'bytes'),
  filled(
    'in a font exchanged in the form',
    {
      objects: {
        4: '<</Fields [12 0 R 13 0 R 14 0 R 15 0 R 16 0 R] /SigFlags 3 /DR <</Font <</LegalFont 74 0 R>>>>>>',
        73: map,
        74: lying,
      },
    },
    'bytes',
  ),
  filled('with the map of the document’s font exchanged', { content: shows(other), objects: { 9: map } }),
];

const fields: readonly Attack[] = [
  filled('on a larger place', { field: [['/Rect [90 700 150 718]', '/Rect [60 770 420 800]']] }),
  filled('with a caption', { field: [['/FT /Tx', '/MK <</CA (x)>> /FT /Tx']] }, 'bytes'),
  filled(
    'with an act when it is touched',
    { field: [['/FT /Tx', '/A <</S /URI /URI (http://x)>> /FT /Tx']] },
    'bytes',
  ),
  filled(
    'with an act when it is drawn',
    { field: [['/FT /Tx', '/AA <</PV <</S /JavaScript /JS (1)>>>> /FT /Tx']] },
    'bytes',
  ),
  filled(
    'with a formatted value beside the plain one',
    { field: [['/FT /Tx', '/RV (<body>986</body>) /FT /Tx']] },
    'bytes',
  ),
  filled('under another name', { field: [['/T (number)', '/T (date)']] }, 'bytes'),
  filled('as another kind of field', { field: [['/FT /Tx', '/FT /Ch']] }, 'bytes'),
  filled('as no annotation', { field: [['/Type /Annot', '/Type /Sig']] }, 'bytes'),
  filled('marked unseen', { field: [['/F 4', '/F 2']] }, 'bytes'),
  filled(
    'drawn by whoever opens it',
    {
      objects: {
        4: '<</Fields [12 0 R 13 0 R 14 0 R 15 0 R 16 0 R] /SigFlags 3 /NeedAppearances true /DR <</Font <</LegalFont 6 0 R>>>> /DA (/LegalFont 13 Tf 0 g)>>',
      },
    },
    'bytes',
  ),
  {
    name: 'filled in an object stream, with another number shown',
    seen: 'look',
    make: ({ streamed }) => {
      const { objects = {} } = filledByHand(streamed, { content: shows(other) });
      return packedRevision(streamed, { 12: objects[12] ?? '' }, { objects: { 71: objects[71] ?? '' } })
        .bytes;
    },
  },
  {
    name: 'an unsigned seal with a picture in its place',
    seen: 'look',
    make: ({ signed }) =>
      withRevision(signed, {
        objects: {
          15: changed(bodyOf(signed, 15), [[/>>$/, ' /AP <</N 71 0 R>>>>']]),
          71: stream('1 0 0 rg 0 0 100 80 re f', '/Type /XObject /Subtype /Form /BBox [0 0 100 80]'),
        },
      }),
  },
  {
    name: 'a new field over the page',
    seen: 'look',
    make: ({ signed }) =>
      withRevision(signed, {
        objects: {
          3: pageOf(signed, [/\/Annots \[([^\]]*)\]/, '/Annots [$1 75 0 R]']),
          4: changed(bodyOf(signed, 4), [[/\/Fields \[([^\]]*)\]/, '/Fields [$1 75 0 R]']]),
          75: `<</Type /Annot /Subtype /Widget /FT /Tx /T (more) /V (${forgedWords}) /F 4 /P 3 0 R /Rect [0 0 595 842] /AP <</N 71 0 R>>>>`,
          71: stream(
            coverUp,
            '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</Font <</LegalFont 6 0 R>>>>',
          ),
        },
      }),
  },
  {
    name: 'the number filled again after the seal',
    seen: 'look',
    make: ({ sealed }) =>
      withRevision(sealed, {
        objects: {
          12: changed(bodyOf(sealed, 12), [
            [/\/V <[^>]*>/, '/V (986)'],
            [/\/AP <<[^>]*>>/, '/AP <</N 71 0 R>>'],
          ]),
          71: stream(
            shows(other),
            '/Type /XObject /Subtype /Form /BBox [0 0 60 18] /Resources <</Font <</LegalFont 6 0 R>>>>',
          ),
        },
      }),
  },
];

export const fieldText: readonly Attack[] = [...words, ...drawings, ...fonts, ...fields];
