import { InstantSchema, type Instant } from '../kernel/public.ts';
import type { LaterChange, SignatureReport } from './contract.ts';

/** How what is known of a signature is put: sentences of the catalogue, and a moment as its readers see it. */
export type Telling = Readonly<{
  words: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  moment: (at: Instant) => string;
}>;

export type ToldSignature = Readonly<{ who: string; when: string; after: string }>;

const knownRoles: readonly (string | null)[] = ['leader', 'seal', 'initials', 'copy', 'timestamp'];

/** Who signed and for which agency, since when it is proven, and what came after: one sentence each, for screen and paper. */
export function tellSignature(
  signature: SignatureReport,
  all: readonly SignatureReport[],
  telling: Telling,
): ToldSignature {
  return {
    who: whoSigned(signature, telling),
    when: sinceWhen(signature, telling),
    after: whatCameAfter(signature, all, telling),
  };
}

/** A moment for reading; what a signer wrote that is none stays as it was written. */
export function tellMoment(text: string | null, { moment }: Telling): string {
  const at = InstantSchema.safeParse(text);
  return at.success ? moment(at.data) : (text ?? '');
}

function whoSigned({ role, signer, certificate }: SignatureReport, { words }: Telling): string {
  const agency = certificate?.organization ?? null;
  const said = words(`signatures.who.${knownRoles.includes(role) ? role : 'other'}`, { signer });
  const isOfAgency = agency !== null && agency !== signer && role !== 'timestamp';
  return isOfAgency ? words('signatures.who.of', { said, agency }) : said;
}

/** A time-stamp proves; the signer's own clock only says. */
function sinceWhen({ role, provenAt, signedAt, timestamp }: SignatureReport, telling: Telling): string {
  const { words } = telling;
  if (role === 'timestamp') return words('signatures.when.stamp', { at: tellMoment(timestamp, telling) });
  if (provenAt !== null) return words('signatures.when.proven', { at: tellMoment(provenAt, telling) });
  if (signedAt === null) return words('signatures.when.unknown');
  return words('signatures.when.claimed', { at: tellMoment(signedAt, telling) });
}

function whatCameAfter(
  { integrity, changesAfter }: SignatureReport,
  all: readonly SignatureReport[],
  telling: Telling,
): string {
  const { words } = telling;
  if (integrity === 'broken') return words('integrity.broken');
  if (changesAfter.length === 0) return words('signatures.after.nothing');
  const said = changesAfter.map((change) => laterChange(change, all, telling));
  return words('signatures.after.list', { changes: [...new Set(said)].join('; ') });
}

function laterChange(
  { kind, field, text }: LaterChange,
  all: readonly SignatureReport[],
  telling: Telling,
): string {
  const { words } = telling;
  if (kind === 'field-filled') {
    const place = field === 'number' || field === 'date' ? field : 'other';
    return words(`signatures.after.filled.${place}`, { field: field ?? '', text: text ?? '' });
  }
  if (kind !== 'signature-added') return words(`signatures.after.${kind}`);
  const signature = all.find((one) => one.field === field);
  if (signature === undefined) return words('signatures.after.signature-added');
  const { role, signer } = signature;
  return role === 'seal' ? words('signatures.after.sealed', { signer }) : whoSigned(signature, telling);
}
