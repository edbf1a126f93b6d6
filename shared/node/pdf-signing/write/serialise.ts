import type { PdfValue } from '../pdf/values.ts';

/** A value as PDF text; a stream's bytes follow its dictionary. */
export function serialise(value: PdfValue): Buffer {
  const parts: (string | Uint8Array)[] = [];
  put(value, parts);
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

function put(value: PdfValue, out: (string | Uint8Array)[]): void {
  if (value === null || typeof value === 'boolean') out.push(String(value));
  else if (typeof value === 'number') out.push(numberText(value));
  else if (value.kind === 'name') out.push(`/${escapeName(value.name)}`);
  else if (value.kind === 'string') out.push(`<${Buffer.from(value.bytes).toString('hex')}>`);
  else if (value.kind === 'ref') out.push(`${value.num} ${value.gen} R`);
  else if (value.kind === 'array') {
    out.push('[');
    for (const [i, entry] of value.items.entries()) {
      if (i > 0) out.push(' ');
      put(entry, out);
    }
    out.push(']');
  } else if (value.kind === 'dict') putDict(value.entries, out);
  else {
    putDict(new Map([...value.dict.entries, ['Length', value.raw.length]]), out);
    out.push('\nstream\n', value.raw, '\nendstream');
  }
}

function putDict(entries: ReadonlyMap<string, PdfValue>, out: (string | Uint8Array)[]): void {
  out.push('<<');
  for (const [key, value] of entries) {
    out.push(`/${escapeName(key)} `);
    put(value, out);
    out.push(' ');
  }
  out.push('>>');
}

function numberText(value: number): string {
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(10) : plain;
}

function escapeName(text: string): string {
  return text.replaceAll(
    /[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g,
    (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
