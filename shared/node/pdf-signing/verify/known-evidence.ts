import { readCrl, type Crl } from '../evidence/crl.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { readOcspReply, type OcspReply } from '../evidence/ocsp.ts';
import type { Budget } from '../pdf/budget.ts';
import type { RevocationStatus } from '../evidence/revocation.ts';
import { catalogOf, type PdfView } from '../pdf/document.ts';
import { decodeStream } from '../pdf/filters.ts';
import { PdfError, isArray, isDict, isStream, type PdfValue } from '../pdf/values.ts';
import { readCertificate, type Certificate } from '../pki/certificate.ts';

/** What is at hand to prove that certificates were good, parsed once; who made it is judged where it is used. */
export type KnownEvidence = Readonly<{
  certificates: readonly Certificate[];
  ocsps: readonly OcspReply[];
  crls: readonly Crl[];
  /** What checking it all may cost: replies and lists come from the file too. */
  budget: Budget;
  /** What was believed of a certificate, by its fingerprint and its issuer's: nothing is checked twice. */
  believed: Map<string, readonly Said[]>;
}>;

/** What somebody with the right to said of one certificate. */
export type Said = Readonly<{
  answer: Exclude<RevocationStatus, { status: 'unknown' }>;
  thisUpdateMs: number;
  untilMs: number;
  madeMs: number;
}>;

/** More than any real document carries; a hostile one ends here. */
const maxOfAKind = 200;
const maxBytes = 32 * 1024 * 1024;

/** What cannot be read proves nothing and is left out. */
export function readEvidence({ certificates, ocsps, crls }: Evidence, budget: Budget): KnownEvidence {
  return {
    budget,
    believed: new Map(),
    certificates: certificates.flatMap((der) => readQuietly(der, readCertificate)),
    ocsps: ocsps.flatMap((der) => readQuietly(der, readOcspReply).filter((one) => typeof one !== 'string')),
    crls: crls.flatMap((der) => readQuietly(der, readCrl)),
  };
}

export function joinEvidence(one: KnownEvidence, other: KnownEvidence): KnownEvidence {
  return {
    budget: one.budget,
    believed: new Map(),
    certificates: [...one.certificates, ...other.certificates],
    ocsps: [...one.ocsps, ...other.ocsps],
    crls: [...one.crls, ...other.crls],
  };
}

/** The validation data a file carries in this view (EN 319 142-1 5.4.2.2), or null where it carries none. */
export function evidenceIn(view: PdfView, budget: Budget): KnownEvidence | null {
  const dss = view.resolve(catalogOf(view).entries.get('DSS'));
  if (!isDict(dss)) return null;
  let left = maxBytes;
  const streams = (key: string): readonly Uint8Array[] => {
    const list = view.resolve(dss.entries.get(key));
    return (isArray(list) ? list.items.slice(0, maxOfAKind) : []).flatMap((item) => {
      const bytes = left > 0 ? bytesOf(view.resolve(item), left) : null;
      left -= bytes?.length ?? 0;
      return bytes === null ? [] : [bytes];
    });
  };
  const found = { certificates: streams('Certs'), ocsps: streams('OCSPs'), crls: streams('CRLs') };
  budget.spend(100 * (found.certificates.length + found.ocsps.length + found.crls.length));
  return readEvidence(found, budget);
}

function bytesOf(value: PdfValue, limit: number): Uint8Array | null {
  if (!isStream(value)) return null;
  try {
    return decodeStream(value, limit);
  } catch (error) {
    if (error instanceof PdfError) return null;
    throw error;
  }
}

function readQuietly<Read>(der: Uint8Array, read: (der: Uint8Array) => Read): readonly Read[] {
  try {
    return [read(der)];
  } catch {
    // Ours or the platform's, whatever is wrong with it: it proves nothing.
    return [];
  }
}
