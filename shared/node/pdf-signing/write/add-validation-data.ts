import type { Instant } from '#shared/kernel/public.ts';
import { DerError } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { readSignedData } from '../cms/read-cms.ts';
import type { Ask } from '../evidence/ask.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { gatherEvidence, type Gathered } from '../evidence/gather.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import { chainFrom } from '../pki/chain-from.ts';
import { readRoots } from '../pki/build-chain.ts';
import { addDss } from './add-dss.ts';
import { signatureContents, type SignatureContents } from './signature-contents.ts';

export type ValidationOrder = Readonly<{
  pdf: Uint8Array;
  ask: Ask;
  /** Certificates of authorities, DER, for chains that do not come whole. */
  roots: readonly Uint8Array[];
  at: Instant;
  /** Revocation lists at hand, DER, for what nobody answers about. */
  lists?: readonly Uint8Array[];
  /** One field alone; by default every signature and document time-stamp. */
  only?: string;
}>;

export type Validated = Readonly<{
  pdf: Uint8Array;
  found: Gathered['found'];
  /** Certificates nobody answered about; while there are any, the file is not B-LT. */
  missing: Gathered['missing'];
}>;

/** Asks after the certificates of every signature and time-stamp and keeps what proves them in the file (B-LT). */
export async function addValidationData(order: ValidationOrder): Promise<Validated> {
  const roots = readRoots(order.roots);
  const known: (readonly [leaf: Certificate, gathered: Gathered])[] = [];
  const rows: Readonly<{ field: string; evidence: Evidence }>[] = [];
  for (const signature of signatureContents(order.pdf)) {
    if (order.only !== undefined && order.only !== signature.field) continue;
    const own: Gathered[] = [];
    for (const chain of chainsOf(signature, roots)) {
      const [leaf] = chain;
      if (leaf === undefined) continue;
      const before = known.find(([one]) => sameBytes(one.der, leaf.der))?.[1];
      const gathered = before ?? (await gatherEvidence({ ...order, chain }));
      if (before === undefined) known.push([leaf, gathered]);
      own.push(gathered);
    }
    rows.push({ field: signature.field, evidence: joined(own.map(({ evidence }) => evidence)) });
  }
  const pdf = addDss({ pdf: order.pdf, evidence: rows, at: order.at });
  const all = known.map(([, gathered]) => gathered);
  return { pdf, found: all.flatMap(({ found }) => found), missing: all.flatMap(({ missing }) => missing) };
}

/** Whether somebody who should have vouched for a certificate did not; one that names nobody is judged without. */
export function isUnanswered({ missing }: Pick<Validated, 'missing'>): boolean {
  return missing.some(({ reasons }) => reasons.some((reason) => reason !== 'names-no-service'));
}

/** The chain of who signed, and those of who stamped the signature; none of what cannot be read. */
function chainsOf(
  { contents }: SignatureContents,
  roots: readonly Certificate[],
): readonly (readonly Certificate[])[] {
  try {
    const cms = readSignedData(contents);
    const tokens = cms.unsigned.get(oid.signatureTimeStamp)?.children ?? [];
    return [cms, ...tokens.map(({ whole }) => readSignedData(whole))].flatMap(({ signer, certificates }) =>
      signer === null ? [] : [chainFrom(signer, [...certificates, ...roots])],
    );
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

function joined(all: readonly Evidence[]): Evidence {
  return {
    certificates: all.flatMap(({ certificates }) => certificates),
    ocsps: all.flatMap(({ ocsps }) => ocsps),
    crls: all.flatMap(({ crls }) => crls),
  };
}
