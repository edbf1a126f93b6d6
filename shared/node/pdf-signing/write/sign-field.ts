import { createHash } from 'node:crypto';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { buildCades } from '../cms/build-cades.ts';
import { timestampSignature } from '../cms/timestamp-signature.ts';
import type { TimestampService } from '../evidence/timestamp.ts';
import { catalogOf, type PdfFile } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import { dict, ref, withEntries, type PdfValue } from '../pdf/values.ts';
import { checkSignerKey, type SignerKey } from '../pki/signer-key.ts';
import { appendRevision, firstFreeNumber } from './append-revision.ts';
import { checkAddedSignature } from '../verify/check-added-signature.ts';
import { checkOwnWork } from './check-own-work.ts';
import { fillPlaceholder, reserveBytes, type Prepared } from './fill-placeholder.ts';
import { newSignatureField, type NewField } from './new-signature-field.ts';
import { refuseIfLocked } from './locked-fields.ts';
import { openForWriting, readingStrictly } from './open-for-writing.ts';
import { lockReference, signaturePlaceholder } from './signature-dictionary.ts';
import { signatureAppearance, type Appearance } from './signature-appearance.ts';
import { textMark, type MarkObjects, type TextMark } from './text-mark.ts';

export type SignRole = 'leader' | 'seal' | 'initials' | 'copy';

export type SignOrder = Readonly<{
  pdf: Uint8Array;
  /** The full name of a signature field that is in the file already. */
  field: string;
  key: SignerKey;
  /** The claimed time; it stands in the signature dictionary only. */
  signedAt: Instant;
  signerName: string;
  reason?: string;
  /** What the signature locks when its field does not say; by default the field's name tells. */
  role?: SignRole;
  appearance?: Appearance;
  /** Adds an invisible field where the document came without one; drafts of this office always have theirs. */
  createField?: boolean;
  /** Shows words in the upper right corner of page 1, in a new field that no field of the file may be named like. */
  mark?: TextMark;
  /** Has the signature stamped before it is written (B-T); without it, B-B. */
  timestamp?: TimestampService;
  /** Told why nobody stamped it, where a signature without a stamp is better than none; without it, that is refused. */
  unstamped?: (why: AppError) => void;
}>;

/** Signs a pre-created field (PAdES B-B or B-T) as one revision after the given bytes, checked before it is handed over. */
export async function signField(order: SignOrder): Promise<Uint8Array> {
  checkSignerKey(order.key, order.signedAt);
  if (order.key.signPage !== undefined) return signedOutside(order, order.key.signPage);
  const prepared = readingStrictly(() => planned(order));
  await fillPlaceholder(prepared, (pieces) => signatureOver(pieces, order));
  checkOwnWork({ before: order.pdf, after: prepared.pdf, field: order.field, at: order.signedAt });
  return prepared.pdf;
}

/** Has a program outside sign the page, and believes only the very signature that was asked for. */
async function signedOutside(
  { pdf, field, role, key, signedAt: at }: SignOrder,
  signPage: NonNullable<SignerKey['signPage']>,
): Promise<Uint8Array> {
  const { form } = openForWriting(pdf);
  const isNewField = form?.fields.has(field) !== true;
  const after = await signPage({ pdf, field, role: role ?? field, isNewField });
  const { certificate } = key;
  checkAddedSignature({ before: pdf, after, field: isNewField ? null : field, certificate, at });
  return after;
}

function planned(order: SignOrder): Prepared {
  const { file, form: found } = openForWriting(order.pdf);
  const existing = found?.fields.get(order.field);
  const created = existing === undefined ? createdFor(order, file, found) : null;
  const field = existing ?? created?.field;
  const form = created?.form ?? found;
  if (form === null || field?.type !== 'Sig') {
    throw new AppError('signing.no-such-field', { field: order.field });
  }
  if (file.latest.resolve(field.value) !== null || (order.mark !== undefined && created === null)) {
    throw new AppError('signing.field-already-signed', { field: order.field });
  }
  refuseIfLocked(file.latest, form, order.field);
  return prepare({ order, file, form, field, created });
}

type Created = NewField & Readonly<{ mark: MarkObjects | null }>;

/** Plans the field, and what is seen in it, of a document that came without one. */
function createdFor(order: SignOrder, file: PdfFile, form: AcroForm | null): Created | null {
  const { field: name, mark: words } = order;
  const num = firstFreeNumber(file);
  if (words === undefined) {
    return order.createField === true
      ? { ...newSignatureField(file.latest, form, { name, num }), mark: null }
      : null;
  }
  const mark = textMark(file.latest, words, num + 2);
  return { ...newSignatureField(file.latest, form, { name, num, rect: mark.rect }), mark };
}

async function signatureOver(
  pieces: readonly Uint8Array[],
  { key, timestamp, unstamped, signedAt }: SignOrder,
): Promise<Uint8Array> {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  const signature = await buildCades(hash.digest(), key);
  if (timestamp === undefined) return signature;
  try {
    return await timestampSignature(signature, timestamp, signedAt);
  } catch (error) {
    if (unstamped === undefined || !(error instanceof AppError)) throw error;
    unstamped(error);
    return signature;
  }
}

function prepare(
  plan: Readonly<{
    order: SignOrder;
    file: PdfFile;
    form: AcroForm;
    field: FormField;
    created: Created | null;
  }>,
): Prepared {
  const { order, file, form, field, created } = plan;
  const view = file.latest;
  const changes = new Map<number, PdfValue | Buffer>(created?.changes);
  const signatureNum = Math.max(firstFreeNumber(file), field.ref.num + 1);
  const placeholder = signaturePlaceholder({
    signedAt: order.signedAt,
    signerName: order.signerName,
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    reference: lockReference({ view, form, field, role: order.role ?? roleByName(order.field) }),
    reserveBytes,
  });
  changes.set(signatureNum, placeholder.bytes);
  const widget = field.widgets[0];
  const isMerged = widget === undefined || widget.ref.num === field.ref.num;
  let fieldDict = withEntries(field.dict, { V: ref(signatureNum) });
  if (created?.mark != null) {
    for (const [num, value] of created.mark.objects) changes.set(num, value);
    fieldDict = withEntries(fieldDict, { AP: dict({ N: ref(created.mark.root) }) });
  }
  if (order.appearance !== undefined && widget !== undefined) {
    const made = signatureAppearance(order.appearance, { view, form, field, firstNum: signatureNum + 1 });
    for (const [num, value] of made.objects) changes.set(num, value);
    const shown = { AP: dict({ N: ref(made.root) }) };
    if (isMerged) fieldDict = withEntries(fieldDict, shown);
    else changes.set(widget.ref.num, withEntries(widget.dict, shown));
  }
  changes.set(field.ref.num, fieldDict);
  markForm(file, form, changes);
  const appended = appendRevision(file, changes);
  return { pdf: appended.bytes, placeholder, at: appended.valueAt.get(signatureNum) ?? 0 };
}

/** /SigFlags 3: signatures exist, and later saves must append. Documents made here say so from birth. */
function markForm(file: PdfFile, form: AcroForm, changes: Map<number, PdfValue | Buffer>): void {
  if (form.dict.entries.get('SigFlags') === 3) return;
  const marked = withEntries(form.dict, { SigFlags: 3 });
  if (form.ref !== null) changes.set(form.ref.num, marked);
  else {
    const root = file.latest.trailer.entries.get('Root');
    if (typeof root !== 'object' || root?.kind !== 'ref') throw new AppError('signing.unreadable-pdf');
    changes.set(root.num, withEntries(catalogOf(file.latest), { AcroForm: marked }));
  }
}

function roleByName(field: string): SignRole | null {
  if (field === 'leader' || field === 'seal') return field;
  return field.startsWith('leader') ? 'leader' : null;
}
