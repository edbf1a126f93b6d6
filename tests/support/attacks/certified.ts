// Attacks on certified papers (2021): the first signature says what may still be done, and what may be done is used to
// cover what it certifies. EAA: notes, where notes are allowed. SSA: the look of another signature, where signing is.
import { bodyOf, changed, coverUp, drawing, pageOf, withRevision } from './craft.ts';
import { filledByHand } from './field-text.ts';
import type { Attack, Material } from './material.ts';

type Level = 1 | 2 | 3;

/** The plain paper, certified by the leader so that only changes of a level may follow. */
export function certified({ plain, signBy }: Material, level: Level): Promise<Buffer> {
  return signBy(plain, {
    field: 14,
    who: 'leader',
    reference: `<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /V /1.2 /P ${level}>>>>`,
    objects: { 1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /Perms <</DocMDP 84 0 R>>>>' },
  });
}

type Strike = (signed: Buffer, from: Material) => Buffer | Promise<Buffer>;

function onCertified(name: string, seen: Attack['seen'], level: Level, strike: Strike): Attack {
  return {
    name: `${name} (P ${level})`,
    seen,
    make: async (from) => strike(await certified(from, level), from),
  };
}

function noted(kind: string, entries = ''): Strike {
  return (signed) =>
    withRevision(signed, {
      objects: {
        3: pageOf(signed, [/\/Annots \[([^\]]*)\]/, '/Annots [$1 76 0 R]']),
        76: `<</Type /Annot /Subtype /${kind} /Rect [0 0 595 842] /F 4 /P 3 0 R /AP <</N 77 0 R>>${entries}>>`,
        77: drawing(coverUp),
      },
    });
}

/** A signature field that was not there, as large as the page, with a look of somebody's choice. */
function newField(signed: Buffer, entries = '') {
  return {
    3: pageOf(signed, [/\/Annots \[([^\]]*)\]/, '/Annots [$1 78 0 R]']),
    4: changed(bodyOf(signed, 4), [[/\/Fields \[([^\]]*)\]/, '/Fields [$1 78 0 R]']]),
    78: `<</Type /Annot /Subtype /Widget /FT /Sig /T (more) /F 4 /P 3 0 R /Rect [0 0 595 842] /AP <</N 77 0 R>>${entries}>>`,
    77: drawing(coverUp),
  };
}

const evilAnnotations: readonly Attack[] = [
  onCertified('a stamp over the page', 'look', 3, noted('Stamp')),
  onCertified(
    'free text over the page',
    'look',
    3,
    noted('FreeText', ' /Contents (x) /DA (/LegalFont 13 Tf 0 g)'),
  ),
  onCertified(
    'a redaction over the page',
    'look',
    3,
    noted('Redact', ' /QuadPoints [0 842 595 842 0 0 595 0] /IC [1 1 1]'),
  ),
  onCertified('ink over the page', 'look', 3, noted('Ink', ' /InkList [[0 0 595 842]]')),
  onCertified('a stamp over the page', 'look', 2, noted('Stamp')),
  onCertified('a stamp over the page', 'look', 1, noted('Stamp')),
  onCertified('a link over the page', 'bytes', 3, noted('Link', ' /A <</S /URI /URI (http://x)>>')),
  onCertified(
    'a file hung on the page',
    'bytes',
    3,
    noted('FileAttachment', ' /FS <</Type /Filespec /F (x)>>'),
  ),
];

const sneakySignatures: readonly Attack[] = [
  onCertified('a new field that nobody signed', 'look', 2, (signed) =>
    withRevision(signed, { objects: newField(signed) }),
  ),
  onCertified('a new field with a signature of nothing', 'look', 2, (signed) =>
    withRevision(signed, {
      objects: {
        ...newField(signed, ' /V 79 0 R'),
        79: '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached>>',
      },
    }),
  ),
  onCertified('a new field that an officer signed soundly', 'look', 2, (signed, { signBy }) =>
    signBy(signed, { field: 78, who: 'officer', objects: newField(signed) }),
  ),
  onCertified('a new field that an officer signed soundly', 'look', 3, (signed, { signBy }) =>
    signBy(signed, { field: 78, who: 'officer', objects: newField(signed) }),
  ),
  onCertified('a new unseen field that grew when it was signed', 'look', 2, (signed, { signBy }) =>
    signBy(signed, {
      field: 15,
      who: 'officer',
      objects: {
        15: changed(bodyOf(signed, 15), [
          [/\/Rect \[[^\]]*\]/, '/Rect [0 0 595 842]'],
          [/>>$/, ' /AP <</N 77 0 R>>>>'],
        ]),
        77: drawing(coverUp),
      },
    }),
  ),
  onCertified('a signature on a paper that is closed', 'bytes', 1, (signed, { signBy }) =>
    signBy(signed, { field: 15, who: 'officer' }),
  ),
  onCertified('a number on a paper that is closed', 'look', 1, (signed) =>
    withRevision(signed, filledByHand(signed, {})),
  ),
  onCertified('the permission taken out again', 'bytes', 1, (signed) =>
    withRevision(signed, { objects: { 1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>' } }),
  ),
  onCertified('the permission given to another signature', 'bytes', 2, (signed, { signBy }) =>
    signBy(signed, {
      field: 15,
      who: 'officer',
      objects: {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /Perms <</DocMDP 79 0 R>>>>',
        79: '<</Type /Sig>>',
      },
    }),
  ),
];

export const certifications: readonly Attack[] = [...evilAnnotations, ...sneakySignatures];
