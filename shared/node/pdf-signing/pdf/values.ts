/** The values a PDF is made of. Numbers, booleans and null stand for themselves. */
export type PdfName = Readonly<{ kind: 'name'; name: string }>;
export type PdfString = Readonly<{ kind: 'string'; bytes: Uint8Array }>;
export type PdfArray = Readonly<{ kind: 'array'; items: readonly PdfValue[] }>;
export type PdfDict = Readonly<{ kind: 'dict'; entries: ReadonlyMap<string, PdfValue> }>;
export type PdfRef = Readonly<{ kind: 'ref'; num: number; gen: number }>;
export type PdfStream = Readonly<{ kind: 'stream'; dict: PdfDict; raw: Uint8Array }>;
export type PdfValue =
  null | boolean | number | PdfName | PdfString | PdfArray | PdfDict | PdfRef | PdfStream;

/** The file breaks a rule of the format that we hold to; `reason` is a code for the report. */
export class PdfError extends Error {
  override readonly name = 'PdfError';
  readonly reason: string;

  constructor(reason: string, detail = '') {
    super(`${reason} ${detail}`.trim());
    this.reason = reason;
  }
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value !== null && value.kind === 'dict';
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return typeof value === 'object' && value !== null && value.kind === 'stream';
}

export function isArray(value: PdfValue | undefined): value is PdfArray {
  return typeof value === 'object' && value !== null && value.kind === 'array';
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value !== null && value.kind === 'ref';
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value !== null && value.kind === 'string';
}

/** The name's text, or null when the value is no name. */
export function nameOf(value: PdfValue | undefined): string | null {
  return typeof value === 'object' && value !== null && value.kind === 'name' ? value.name : null;
}

export function name(text: string): PdfName {
  return { kind: 'name', name: text };
}

export function array(items: readonly PdfValue[]): PdfArray {
  return { kind: 'array', items };
}

export function dict(entries: Readonly<Record<string, PdfValue>>): PdfDict {
  return { kind: 'dict', entries: new Map(Object.entries(entries)) };
}

/** The dictionary with some entries replaced. */
export function withEntries(base: PdfDict, changes: Readonly<Record<string, PdfValue>>): PdfDict {
  return { kind: 'dict', entries: new Map([...base.entries, ...Object.entries(changes)]) };
}

export function ref(num: number, gen = 0): PdfRef {
  return { kind: 'ref', num, gen };
}

/** A text string: Latin when it can be, else UTF-16BE with its mark. */
export function text(value: string): PdfString {
  if (/^[\u0020-\u007e]*$/.test(value)) return { kind: 'string', bytes: Buffer.from(value, 'latin1') };
  const utf16 = Buffer.from(`\ufeff${value}`, 'utf16le').swap16();
  return { kind: 'string', bytes: utf16 };
}

/** Reads a text string of any of the three encodings; Latin-1 stands for PDFDocEncoding's common part. */
export function textOf(value: PdfValue | undefined): string | null {
  if (!isString(value)) return null;
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const body = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
    return body.swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return Buffer.from(bytes.subarray(3)).toString('utf8');
  }
  return Buffer.from(bytes).toString('latin1');
}
