import { randomBytes } from 'node:crypto';
import type { Instant } from '#shared/kernel/public.ts';
import { DerError } from '../cms/der.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import type { Ask } from './ask.ts';
import { checkCrl, type CrlFault } from './check-crl.ts';
import { checkOcsp, type OcspFault } from './check-ocsp.ts';
import { readCrl, statusInCrl } from './crl.ts';
import type { Evidence } from './evidence.ts';
import { writeOcspRequest } from './ocsp-request.ts';
import type { RevocationStatus } from './revocation.ts';

/** Why there is no answer about a certificate, one reason for each place asked in vain. */
export type MissingReason =
  | OcspFault
  | CrlFault
  | 'issuer-missing'
  | 'names-no-service'
  | 'ocsp-unreachable'
  | 'ocsp-unknown-certificate'
  | 'ocsp-responder-unproven'
  | 'crl-unreachable'
  | 'crl-malformed'
  | 'crl-of-other-certificates';

export type Gathered = Readonly<{
  /** Only what was checked; the certificates of the chain and of delegated responders with it. */
  evidence: Evidence;
  found: readonly Readonly<{
    certificate: Certificate;
    from: 'ocsp' | 'crl';
    answer: Exclude<RevocationStatus, { status: 'unknown' }>;
  }>[];
  missing: readonly Readonly<{ certificate: Certificate; reasons: readonly MissingReason[] }>[];
}>;

export type GatherOrder = Readonly<{
  /** The signer first, each followed by its issuer, the root last. */
  chain: readonly Certificate[];
  ask: Ask;
  at: Instant;
  /** Revocation lists at hand, DER, for what nobody answers about. */
  lists?: readonly Uint8Array[];
}>;

type Answer = Exclude<RevocationStatus, { status: 'unknown' }>;
type Proof = Readonly<{ from: 'ocsp' | 'crl'; der: Uint8Array; answer: Answer; also: readonly Proof[] }> &
  Readonly<{ responder: Certificate | null }>;
type Pair = Readonly<{ certificate: Certificate; issuer: Certificate }>;

const maxPlaces = 4;

/** Asks after every certificate of a chain but its root, OCSP first and lists where that fails, and keeps what holds. */
export async function gatherEvidence(order: GatherOrder): Promise<Gathered> {
  const found: Gathered['found'][number][] = [];
  const missing: Gathered['missing'][number][] = [];
  const proofs: Proof[] = [];
  for (const [i, certificate] of order.chain.entries()) {
    if (isRoot(certificate)) continue;
    const issuer = order.chain[i + 1];
    if (issuer === undefined) {
      missing.push({ certificate, reasons: ['issuer-missing'] });
      continue;
    }
    const reasons: MissingReason[] = [];
    const proof =
      (await proveByOcsp({ certificate, issuer }, order, reasons)) ??
      (await proveByCrl({ certificate, issuer }, order, reasons));
    if (proof === null) {
      missing.push({ certificate, reasons: reasons.length === 0 ? ['names-no-service'] : reasons });
    } else {
      proofs.push(proof, ...proof.also);
      found.push({ certificate, from: proof.from, answer: proof.answer });
    }
  }
  const responders = proofs.flatMap(({ responder }) => (responder === null ? [] : [responder.der]));
  const of = (from: Proof['from']): readonly Uint8Array[] =>
    proofs.filter((proof) => proof.from === from).map(({ der }) => der);
  return {
    evidence: {
      certificates: distinct([...order.chain.map(({ der }) => der), ...responders]),
      ocsps: distinct(of('ocsp')),
      crls: distinct(of('crl')),
    },
    found,
    missing,
  };
}

async function proveByOcsp(pair: Pair, order: GatherOrder, reasons: MissingReason[]): Promise<Proof | null> {
  for (const url of pair.certificate.ocspUrls.slice(0, maxPlaces)) {
    // RFC 9654 2.1: 32 random bytes.
    const question = { ...pair, nonce: randomBytes(32) };
    const body = writeOcspRequest(question);
    const type = 'application/ocsp';
    const reply = await quietly(order.ask, {
      url,
      contentType: `${type}-request`,
      accept: `${type}-response`,
      body,
    });
    if (reply === null) {
      reasons.push('ocsp-unreachable');
      continue;
    }
    const verdict = checkOcsp(reply, { ...question, at: order.at });
    if (verdict.fault !== null) reasons.push(verdict.fault);
    else if (verdict.answer.status === 'unknown') reasons.push('ocsp-unknown-certificate');
    else {
      const own = { from: 'ocsp', der: reply, answer: verdict.answer, responder: verdict.responder } as const;
      if (!verdict.responderRevocable) return { ...own, also: [] };
      // The delegate may itself be revoked: its issuer's list must clear it, or its word counts for nothing.
      const also = await proveByCrl({ certificate: verdict.responder, issuer: pair.issuer }, order, []);
      if (also?.answer.status === 'good') return { ...own, also: [also] };
      reasons.push('ocsp-responder-unproven');
    }
  }
  return null;
}

async function proveByCrl(
  { certificate, issuer }: Pair,
  order: GatherOrder,
  reasons: MissingReason[],
): Promise<Proof | null> {
  for (const url of certificate.crlUrls.slice(0, maxPlaces)) {
    const der = await quietly(order.ask, {
      url,
      contentType: '',
      accept: 'application/pkix-crl',
      body: new Uint8Array(),
    });
    if (der === null) {
      reasons.push('crl-unreachable');
      continue;
    }
    const answer = judgeCrl(der, { certificate, issuer }, order.at);
    if (typeof answer !== 'string') return { from: 'crl', der, answer, also: [], responder: null };
    reasons.push(answer);
  }
  return proveByListAtHand({ certificate, issuer }, order, reasons);
}

function proveByListAtHand(
  pair: Pair,
  { lists = [], at }: GatherOrder,
  reasons: MissingReason[],
): Proof | null {
  for (const der of lists) {
    const answer = judgeCrl(der, pair, at);
    if (typeof answer !== 'string') return { from: 'crl', der, answer, also: [], responder: null };
    // Lists of other authorities are no answer, and no fault either.
    if (answer !== 'crl-of-another-issuer') reasons.push(answer);
  }
  return null;
}

function judgeCrl(der: Uint8Array, { certificate, issuer }: Pair, at: Instant): Answer | MissingReason {
  try {
    const crl = readCrl(der);
    const fault = checkCrl(crl, { issuer, at });
    if (fault !== null) return fault;
    const answer = statusInCrl(crl, certificate);
    return answer.status === 'unknown' ? 'crl-of-other-certificates' : answer;
  } catch (error) {
    if (error instanceof DerError) return 'crl-malformed';
    throw error;
  }
}

/** Whatever goes wrong on the way, nobody answered. */
async function quietly(ask: Ask, request: Parameters<Ask>[0]): Promise<Uint8Array | null> {
  try {
    return await ask(request);
  } catch {
    return null;
  }
}

function isRoot({ subjectName, issuerName }: Certificate): boolean {
  return sameBytes(subjectName, issuerName);
}

function distinct(all: readonly Uint8Array[]): readonly Uint8Array[] {
  return all.filter((one, i) => all.findIndex((other) => sameBytes(one, other)) === i);
}
