import type { SignatureReport, VerifyReport } from '#shared/signing/public.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { openPdf } from '#shared/node/pdf-signing/pdf/document.ts';
import { readForm } from '#shared/node/pdf-signing/pdf/fields.ts';
import { isArray, isDict } from '#shared/node/pdf-signing/pdf/values.ts';
import { essenceOf, type Essence } from './essence.ts';
import { isMeant, meaningOf, meaningsOf, type Meaning } from './meaning.ts';
import { anatomyOf, type Anatomy } from './mutate-pdf.ts';
import type { PdfSubject } from './subjects.ts';

/** A sound document, and all a changed one is held against. */
export type SoundPdf = Readonly<{
  subject: PdfSubject;
  anatomy: Anatomy;
  zones: readonly Zone[];
  /** The meaning of each of its states. */
  meanings: readonly Meaning[];
  /** What was ever signed in it, sound or not. */
  essences: ReadonlySet<string>;
}>;

type Zone = Readonly<{
  gap: readonly [start: number, end: number];
  end: number;
  report: SignatureReport;
  essence: Essence | null;
}>;

export function soundPdf(subject: PdfSubject): SoundPdf {
  const bytes = Buffer.from(subject.bytes);
  const anatomy = anatomyOf(bytes);
  // Cut back to an earlier state, a file says what it said then, though it says something else now.
  const states = [...new Set([...anatomy.ends, bytes.length])].map((end) => bytes.subarray(0, end));
  const zones = states.flatMap((state) => zonesOf(state, subject));
  const meanings = states.flatMap((state) => quietly(() => meaningsOf(state)) ?? []);
  const essences = anatomy.gaps.map((gap) => essenceOf(hexAt(bytes, gap))?.signed ?? '');
  return { subject, anatomy, zones, meanings, essences: new Set(essences) };
}

function zonesOf(bytes: Buffer, subject: PdfSubject): readonly Zone[] {
  return judge(bytes, subject)
    .signatures.filter(isSound)
    .map((report) => {
      const [start, next, end] = rangeOf(bytes, report.field);
      return { gap: [start, next], end, report, essence: essenceOf(hexAt(bytes, [start, next])) };
    });
}

function rangeOf(bytes: Uint8Array, name: string): readonly [number, number, number] {
  const view = openPdf(bytes).latest;
  const signature = view.resolve(readForm(view)?.fields.get(name)?.value);
  const range = isDict(signature) ? signature.entries.get('ByteRange') : null;
  const [, start = 0, next = 0, rest = 0] = isArray(range) ? range.items.map(Number) : [];
  return [start, next, next + rest];
}

export function judge(bytes: Uint8Array, { trust, at }: PdfSubject): VerifyReport {
  return verifyPdf(bytes, { trust, at: InstantSchema.parse(at) });
}

/**
 * What is wrong with the verdict on a changed document; null when nothing is. A signature may be called unharmed only
 * when (1) the bytes from the first to the last it covers are those of one of the documents the change was made from,
 * apart from its own gap, and there the signed attributes, the signature and the certificate are the same; or, where
 * nobody is trusted, when those bytes are what somebody signed there, though the document around it was broken;
 * (2) what is reported of it is the same or less; and (3) where all are unharmed, what the file means now is what one
 * of those documents meant after one of its revisions. So a change of a signed byte, a foreign revision, another page
 * can never be called unharmed; zeros, letter case and unsigned attributes in the gap, and validation data after all
 * signatures, may change.
 */
export function faultOf(bytes: Buffer, report: VerifyReport, sources: readonly SoundPdf[]): string | null {
  const sound = report.signatures.filter(isSound);
  if (report.verdict === 'valid' && sound.length !== report.signatures.length) {
    return 'valid without being sound';
  }
  let isRepaired = false;
  for (const one of sound) {
    const isKnown = sources.some((source) => isZoneOf(source, bytes, one));
    if (!isKnown && (one.verdict === 'valid' || !isSignedAsItIs(bytes, one, sources))) {
      return `${one.field} is ${one.integrity} over other bytes`;
    }
    isRepaired ||= !isKnown;
  }
  // While another signature of the file is called broken, nobody takes the file for unharmed.
  if (sound.length === 0 || sound.length !== report.signatures.length) return null;
  // Nothing follows what was just held against the signed bytes; or what follows was never readable before.
  if (isRepaired || sound.some(({ coversWholeFile }) => coversWholeFile)) return null;
  const meaning = quietly(() => meaningOf(openPdf(bytes).latest));
  const before = sources.flatMap(({ meanings }) => meanings);
  if (meaning === null || !isMeant(meaning, before)) {
    return `${sound.map(({ field }) => field).join(', ')} sound though the file means something else`;
  }
  return null;
}

function isZoneOf({ anatomy, zones }: SoundPdf, bytes: Buffer, one: SignatureReport): boolean {
  return zones.some(
    (zone) =>
      zone.report.field === one.field &&
      isSameZone(bytes, anatomy.bytes, zone, one.verdict === 'valid') &&
      saysNoMore(one, zone.report),
  );
}

/** The zone hashes to what the owner of the key signed in one of the sources: nobody could have made that up. */
function isSignedAsItIs(
  bytes: Buffer,
  { signedBytes }: SignatureReport,
  sources: readonly SoundPdf[],
): boolean {
  return anatomyOf(bytes).gaps.some((gap) => {
    const essence = essenceOf(hexAt(bytes, gap));
    if (essence === null || !sources.some(({ essences }) => essences.has(essence.signed))) return false;
    const pieces = [bytes.subarray(0, gap[0]), bytes.subarray(gap[1], signedBytes ?? 0)];
    return essence.isOver(pieces);
  });
}

function isSound({ integrity, verdict }: SignatureReport): boolean {
  return integrity !== 'broken' || verdict === 'valid';
}

function isSameZone(bytes: Buffer, sound: Buffer, zone: Zone, isTrusted: boolean): boolean {
  const { gap, end, essence } = zone;
  const [start, next] = gap;
  if (bytes.length < end || !bytes.subarray(0, start).equals(sound.subarray(0, start))) return false;
  if (!bytes.subarray(next, end).equals(sound.subarray(next, end))) return false;
  if (bytes.subarray(start, next).equals(sound.subarray(start, next))) return true;
  const now = essenceOf(hexAt(bytes, gap));
  if (now === null || now.signed !== essence?.signed) return false;
  return !isTrusted || now.certificate === essence.certificate;
}

function hexAt(bytes: Buffer, [start, next]: readonly [number, number]): Buffer {
  return Buffer.from(bytes.toString('latin1', start + 1, next - 1), 'hex');
}

function saysNoMore(now: SignatureReport, before: SignatureReport): boolean {
  const isSame = now.signer === before.signer && now.signedAt === before.signedAt && now.role === before.role;
  const isProven = now.timestamp === null || now.timestamp === before.timestamp;
  return isSame && isProven && (now.verdict !== 'valid' || before.verdict === 'valid');
}

function quietly<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch {
    // A file that this stricter walk does not end on is held against the byte rules alone.
    return null;
  }
}
