// What honest people do to a signed paper, beside each kind of attack: none of it may raise an alarm.
import { bodyOf, changed, saying, shortHex, stream, withRevision, zoneOf } from './craft.ts';
import { certified } from './certified.ts';
import { filledByHand } from './field-text.ts';
import { type Material } from './material.ts';
import { honestWords } from './words.ts';
import { packedRevision } from './packed-revision.ts';
import { textField } from './shadow.ts';

export type Honest = Readonly<{ name: string; make: (from: Material) => Buffer | Promise<Buffer> }>;

const catalog = '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>';
const xmp =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';
const proven = {
  1: catalog.replace('>>', ' /DSS 71 0 R>>'),
  71: '<</Type /DSS /Certs [72 0 R]>>',
  72: stream('a certificate'),
};

export const honest: readonly Honest[] = [
  { name: 'a paper as it was signed', make: ({ signed }) => signed },
  { name: 'a paper with its cross-references in streams', make: ({ streamed }) => streamed },
  { name: 'a paper that was numbered', make: ({ filled }) => filled },
  { name: 'a paper that was sealed', make: ({ sealed }) => sealed },
  {
    name: 'a number filled in by another program',
    make: ({ signed }) => withRevision(signed, filledByHand(signed, {})),
  },
  {
    name: 'a number filled in a little further right, in dark blue',
    make: ({ signed }) =>
      withRevision(
        signed,
        filledByHand(signed, {
          content:
            '/Tx BMC q 1 1 58 16 re W n BT /LegalFont 12 Tf 0 0 0.5 rg 1 0 0 1 10 4 Tm <001400160019> Tj ET Q EMC',
        }),
      ),
  },
  {
    name: 'a number filled in letter by letter',
    make: ({ signed }) =>
      withRevision(
        signed,
        filledByHand(signed, { content: 'BT /LegalFont 13 Tf 2 4 Td [<0014> 20 <0016> -30 <0019>] TJ ET' }),
      ),
  },
  { name: 'a line end after the end', make: ({ signed }) => Buffer.concat([signed, Buffer.from('\r\n')]) },
  {
    name: 'the digits of the signature in capitals',
    make: ({ signed }) => {
      const zone = zoneOf(signed);
      const capitals = Buffer.from(shortHex(zone).toUpperCase());
      return Buffer.concat([
        signed.subarray(0, zone.start + 1),
        capitals,
        signed.subarray(zone.start + 1 + capitals.length),
      ]);
    },
  },
  {
    name: 'proof of its certificates added',
    make: ({ signed }) => withRevision(signed, { objects: proven }),
  },
  {
    name: 'proof in an object stream',
    make: ({ streamed }) =>
      packedRevision(streamed, { 1: proven[1], 71: proven[71] }, { objects: { 72: proven[72] } }).bytes,
  },
  {
    name: 'a description of the file added',
    make: ({ signed }) =>
      withRevision(signed, {
        objects: {
          1: catalog.replace('>>', ' /Metadata 71 0 R>>'),
          71: stream(xmp, '/Type /Metadata /Subtype /XML'),
        },
      }),
  },
  {
    name: 'a catalogue written anew',
    make: ({ signed }) => withRevision(signed, { root: 71, objects: { 71: catalog } }),
  },
  {
    name: 'the same content written again',
    make: ({ signed }) => withRevision(signed, { objects: { 5: bodyOf(signed, 5) } }),
  },
  { name: 'a revision that does nothing', make: ({ signed }) => withRevision(signed, {}) },
  {
    name: 'a field that shows what it keeps when it is signed',
    make: ({ plain, sign }) => sign(withRevision(plain, textField(plain, honestWords)), 'leader'),
  },
  {
    name: 'a field with a border around what it keeps',
    make: ({ plain, sign }) => {
      const made = textField(plain, honestWords);
      const framed = stream(
        `0 0 200 20 re S ${saying(honestWords, 4).replace('60 4 Td', '2 4 Td')}`,
        '/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources <</Font <</LegalFont 6 0 R>>>>',
      );
      return sign(withRevision(plain, { objects: { ...made.objects, 57: framed } }), 'leader');
    },
  },
  { name: 'a certified paper', make: (from) => certified(from, 1) },
  {
    name: 'a certified paper that was numbered',
    make: async (from) => {
      const paper = await certified(from, 2);
      return withRevision(paper, filledByHand(paper, {}));
    },
  },
  {
    name: 'a certified paper that was sealed where the seal belongs',
    make: async (from) => from.signBy(await certified(from, 2), { field: 15, who: 'seal' }),
  },
  {
    name: 'a certified paper that was signed once more, unseen',
    make: async (from) => {
      const paper = await certified(from, 2);
      const unseen = '<</Type /Annot /Subtype /Widget /FT /Sig /T (more) /F 132 /P 3 0 R /Rect [0 0 0 0]>>';
      const form = changed(bodyOf(paper, 4), [[/\/Fields \[([^\]]*)\]/, '/Fields [$1 78 0 R]']]);
      return from.signBy(paper, { field: 78, who: 'officer', objects: { 4: form, 78: unseen } });
    },
  },
];
