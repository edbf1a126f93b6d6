import type { Instant } from '#shared/kernel/public.ts';
import type { PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import { array, dict, isDict, name, text, type PdfDict, type PdfValue } from '../pdf/values.ts';
import { serialise } from './serialise.ts';

/** The bytes of a signature dictionary and where its two gaps are, counted from its first byte. */
export type SignaturePlaceholder = Readonly<{
  bytes: Buffer;
  byteRangeAt: number;
  byteRangeLength: number;
  contentsAt: number;
  contentsLength: number;
}>;

export type SignatureWords = Readonly<{
  signedAt: Instant;
  signerName: string;
  reason?: string;
  reference: PdfDict | null;
  reserveBytes: number;
}>;

const byteRangeWidth = 48;

/** Lays out a signature dictionary with room for the byte range and the signature. */
export function signaturePlaceholder(words: SignatureWords): SignaturePlaceholder {
  const rest: Record<string, PdfValue> = {
    M: text(pdfDate(words.signedAt)),
    Name: text(words.signerName),
  };
  if (words.reason !== undefined) rest['Reason'] = text(words.reason);
  if (words.reference !== null) rest['Reference'] = array([words.reference]);
  return placeholderOf({ type: 'Sig', subFilter: 'ETSI.CAdES.detached' }, rest, words.reserveBytes);
}

/** Lays out the dictionary of a document time-stamp; its moment stands in the token alone. */
export function timestampPlaceholder(reserveBytes: number): SignaturePlaceholder {
  return placeholderOf({ type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161' }, {}, reserveBytes);
}

function placeholderOf(
  { type, subFilter }: Readonly<{ type: string; subFilter: string }>,
  rest: Readonly<Record<string, PdfValue>>,
  reserveBytes: number,
): SignaturePlaceholder {
  const tail = serialise(dict(rest)).subarray(2);
  const head = `<</Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange `;
  const middle = ' /Contents ';
  return {
    bytes: Buffer.concat([
      Buffer.from(`${head}${' '.repeat(byteRangeWidth)}${middle}<${'0'.repeat(reserveBytes * 2)}>`),
      Buffer.from(' '),
      tail,
    ]),
    byteRangeAt: head.length,
    byteRangeLength: byteRangeWidth,
    contentsAt: head.length + byteRangeWidth + middle.length,
    contentsLength: reserveBytes * 2 + 2,
  };
}

/** The lock a signature carries: the field's own /Lock, else what its role demands. */
export function lockReference(
  place: Readonly<{ view: PdfView; form: AcroForm; field: FormField; role: string | null }>,
): PdfDict | null {
  const { view, field } = place;
  const own = view.resolve(field.dict.entries.get('Lock'));
  const params = isDict(own) ? ownLock(own) : roleLock(place);
  if (params === null) return null;
  const root = view.trailer.entries.get('Root') ?? null;
  return dict({
    Type: name('SigRef'),
    TransformMethod: name('FieldMDP'),
    TransformParams: dict({ Type: name('TransformParams'), V: name('1.2'), ...params }),
    Data: root,
  });
}

function ownLock(lock: PdfDict): Record<string, PdfValue> {
  const params: Record<string, PdfValue> = {};
  for (const key of ['Action', 'Fields', 'P']) {
    const value = lock.entries.get(key);
    if (value !== undefined) params[key] = value;
  }
  return params;
}

/** After the leader only number, date and the signatures still to come may be filled; after the agency's key nothing. */
function roleLock(
  place: Readonly<{ view: PdfView; form: AcroForm; field: FormField; role: string | null }>,
): Record<string, PdfValue> | null {
  if (place.role === 'seal' || place.role === 'copy') return { Action: name('All'), P: 1 };
  if (place.role !== 'leader') return null;
  const coming = [...place.form.fields.values()].filter(
    (field) =>
      field.type === 'Sig' &&
      field.name !== place.field.name &&
      !field.name.startsWith('initials') &&
      !isDict(place.view.resolve(field.value)),
  );
  const open = new Set(['number', 'date', 'seal', ...coming.map((field) => field.name)]);
  return { Action: name('Exclude'), Fields: array([...open].map(text)) };
}

/** A PDF date in Vietnam's time. */
export function pdfDate(instant: Instant): string {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString();
  return `D:${local.slice(0, 19).replaceAll(/[-:T]/g, '')}+07'00'`;
}
