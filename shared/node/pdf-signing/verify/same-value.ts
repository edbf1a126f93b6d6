import type { PdfDict, PdfValue } from '../pdf/values.ts';
import { sameBytes } from '../pki/certificate.ts';

/** The same value as written: references by their number, kinds and bytes exactly. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a.kind === 'name') return b.kind === 'name' && a.name === b.name;
  if (a.kind === 'string') return b.kind === 'string' && sameBytes(a.bytes, b.bytes);
  if (a.kind === 'ref') return b.kind === 'ref' && a.num === b.num && a.gen === b.gen;
  if (a.kind === 'array') {
    return (
      b.kind === 'array' &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => sameValue(item, b.items[i]))
    );
  }
  if (a.kind === 'stream') return b.kind === 'stream' && sameBytes(a.raw, b.raw) && sameValue(a.dict, b.dict);
  return b.kind === 'dict' && differingKeys(a, b).length === 0;
}

/** The keys under which two dictionaries differ. */
export function differingKeys(a: PdfDict, b: PdfDict): readonly string[] {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
  return [...keys].filter((key) => !sameValue(a.entries.get(key), b.entries.get(key)));
}
