import type { PdfDict, PdfName, PdfRef, PdfString, PdfValue } from '../pdf/values.ts';
import { sameBytes } from '../pki/certificate.ts';

/** The same value as written: references by their number, kinds and bytes exactly. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a.kind === 'dict') return b.kind === 'dict' && differingKeys(a, b).length === 0;
  if (a.kind === 'stream') return b.kind === 'stream' && sameBytes(a.raw, b.raw) && sameValue(a.dict, b.dict);
  return a.kind === 'array' ? b.kind === 'array' && sameItems(a.items, b.items) : sameAtom(a, b);
}

function sameItems(a: readonly PdfValue[], b: readonly PdfValue[]): boolean {
  return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
}

function sameAtom(a: PdfName | PdfString | PdfRef, b: Exclude<PdfValue, null | boolean | number>): boolean {
  if (a.kind === 'name') return b.kind === 'name' && a.name === b.name;
  if (a.kind === 'string') return b.kind === 'string' && sameBytes(a.bytes, b.bytes);
  return b.kind === 'ref' && a.num === b.num && a.gen === b.gen;
}

/** The keys under which two dictionaries differ. */
export function differingKeys(a: PdfDict, b: PdfDict): readonly string[] {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
  return [...keys].filter((key) => !sameValue(a.entries.get(key), b.entries.get(key)));
}
