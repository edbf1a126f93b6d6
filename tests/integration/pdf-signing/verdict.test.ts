import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema, type Instant } from '#shared/kernel/public.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import {
  addDocumentTimestamp,
  addValidationData,
  issueCrl,
  issueIssuingLevel,
  renewTimestamp,
  signField,
  verifyPdf,
  type Evidence,
  type IssuedCertificate,
  type SignerKey,
  type TimestampService,
} from '#shared/node/pdf-signing/public.ts';
import { child, readDer, tag, type DerNode } from '#shared/node/pdf-signing/cms/der.ts';
import { noEvidence } from '#shared/node/pdf-signing/evidence/evidence.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import {
  revokedAt,
  serialOf,
  today,
  tomorrow,
  validFrom,
  type OfficePki,
} from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import { stamperFor, timeStampers, type Stamper } from '../../support/pki/time-stampers.ts';
import { signedZones } from '../../support/signed-zones.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';

let responder: LoopbackResponder;
let pki: OfficePki;
const running: Tsa[] = [];

beforeAll(async () => {
  responder = await startResponder();
  pki = responder.pki;
});
afterAll(() => Promise.all([responder.close(), ...running.map((tsa) => tsa.close())]));

const aMinuteLater = instant('2026-11-23T01:21:00.000Z');
const inTwoMonths = instant('2027-01-23T00:00:00.000Z');
const inFourYears = instant('2030-11-23T00:00:00.000Z');
const beforeRevocation = instant('2026-09-01T02:00:00.000Z');

function instant(text: string): Instant {
  return InstantSchema.parse(text);
}

function stamperOf({ certificateDer, privateKey, key }: IssuedCertificate): Stamper {
  return { certificateDer, privateKey, chain: key.chain };
}

async function service(at: Instant, signer: Stamper = stamperOf(pki.timeStamper)): Promise<TimestampService> {
  const tsa = await startTsa({ stampers: timeStampers(pki.issuing), signer, now: () => at });
  running.push(tsa);
  return { url: tsa.url, ask: askLoopback, newNonce: () => randomBytes(8) };
}

type Signing = Readonly<{ key: SignerKey; at?: Instant; stamp?: TimestampService }>;

function signed({ key, at = today, stamp }: Signing): Promise<Uint8Array> {
  const order = { pdf: fieldedPdf(), field: 'leader', key, signedAt: at, signerName: 'Ấn' };
  return signField(stamp === undefined ? order : { ...order, timestamp: stamp });
}

async function proven(pdf: Uint8Array, at: Instant = today): Promise<Uint8Array> {
  return (await addValidationData({ pdf, ask: askLoopback, roots: [pki.root.certificateDer], at })).pdf;
}

async function archived(pdf: Uint8Array, at: Instant = today): Promise<Uint8Array> {
  return addDocumentTimestamp({ pdf, service: await service(at), at });
}

type Asked = Readonly<{ at?: Instant; trust?: readonly Uint8Array[]; evidence?: Evidence }>;

function leaderOf(pdf: Uint8Array, asked: Asked = {}): SignatureReport | undefined {
  const { at = today, trust = [pki.root.certificateDer], evidence = noEvidence } = asked;
  return verifyPdf(pdf, { trust, at, evidence }).signatures.find(({ field }) => field === 'leader');
}

/** The office's own lists, as it would have them at hand. */
function lists(at: Instant = today, until: Instant = tomorrow): Evidence {
  const crls = [pki.root, pki.issuing].map((ca) =>
    issueCrl({
      ca,
      number: 1,
      at,
      nextUpdate: until,
      revoked: ca === pki.issuing ? pki.revocations : [],
    }),
  );
  return { ...noEvidence, crls };
}

describe('a signature whose certificate may be revoked', () => {
  test('cannot be judged without an answer, and is valid with one from the file, without any network', async () => {
    const plain = await signed({ key: pki.leader.key });
    expect(leaderOf(plain)).toMatchObject({
      verdict: 'indeterminate',
      trust: 'unknown',
      level: 'B-B',
      reasons: ['no-revocation-data'],
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
    });
    const stamped = await signed({ key: pki.leader.key, stamp: await service(today) });
    const full = await proven(stamped);
    expect(leaderOf(full)).toMatchObject({
      verdict: 'valid',
      level: 'B-LT',
      provenAt: today,
      reasons: [],
      indication: 'TOTAL-PASSED',
      changesAfter: [{ kind: 'validation-data-added' }],
    });
    expect(leaderOf(await archived(full))).toMatchObject({ verdict: 'valid', level: 'B-LTA', reasons: [] });
  });

  test('is judged by the lists the office has, as long as they are the newest', async () => {
    const plain = await signed({ key: pki.leader.key });
    expect(leaderOf(plain, { evidence: lists() })).toMatchObject({ verdict: 'valid', level: 'B-B' });
    const old = lists(validFrom, instant('2026-01-03T00:00:00.000Z'));
    expect(leaderOf(plain, { evidence: old })).toMatchObject({ reasons: ['no-revocation-data'] });
    const tooNew = lists(tomorrow, inTwoMonths);
    expect(leaderOf(plain, { evidence: tooNew })).toMatchObject({ reasons: ['no-revocation-data'] });
  });

  test('stays valid months later by what it carries, and not by what it does not', async () => {
    const stamp = await service(today);
    const full = await proven(await signed({ key: pki.leader.key, stamp }));
    expect(leaderOf(full, { at: inTwoMonths })).toMatchObject({ verdict: 'valid', provenAt: today });
    const unstamped = await proven(await signed({ key: pki.leader.key }));
    expect(leaderOf(unstamped, { at: inTwoMonths })).toMatchObject({
      verdict: 'indeterminate',
      provenAt: null,
      reasons: ['no-revocation-data'],
    });
  });
});

describe('a certificate that was revoked', () => {
  test('makes what it signed afterwards invalid, and leaves open what nobody can date', async () => {
    const later = await signed({ key: pki.revoked.key });
    expect(leaderOf(later, { evidence: lists() })).toMatchObject({
      verdict: 'invalid',
      trust: 'revoked',
      subIndication: 'REVOKED',
    });
    const claimedBefore = await signed({ key: pki.revoked.key, at: beforeRevocation });
    expect(leaderOf(claimedBefore, { evidence: lists() })).toMatchObject({
      verdict: 'indeterminate',
      trust: 'revoked',
      subIndication: 'REVOKED_NO_POE',
    });
  });

  test('leaves valid what was time-stamped before', async () => {
    const stamp = await service(beforeRevocation);
    const before = await signed({ key: pki.revoked.key, at: beforeRevocation, stamp });
    expect(leaderOf(before, { evidence: lists() })).toMatchObject({
      verdict: 'valid',
      provenAt: beforeRevocation,
      reasons: [],
    });
    const after = await signed({ key: pki.revoked.key, stamp: await service(today) });
    expect(leaderOf(after, { evidence: lists() })).toMatchObject({
      verdict: 'invalid',
      trust: 'revoked',
      reasons: ['revoked'],
    });
  });

  test('is not believed of a list that another authority made', async () => {
    const foreign = issueCrl({
      ca: pki.stranger,
      number: 1,
      at: today,
      nextUpdate: tomorrow,
      revoked: [{ serial: serialOf(pki.leader), at: revokedAt, reason: 'key-compromise' }],
    });
    const plain = await signed({ key: pki.leader.key });
    const { crls } = lists();
    expect(leaderOf(plain, { evidence: { ...noEvidence, crls: [foreign, ...crls] } })?.verdict).toBe('valid');
  });
});

describe('a certificate that is out of its time or of its place', () => {
  test('counts for the moment the signature is proven for, and not for today', async () => {
    const stamp = await service(today);
    const full = await proven(await signed({ key: pki.leader.key, stamp }));
    const years = await archived(full, today);
    const own = { ...lists(inFourYears, instant('2030-12-23T00:00:00.000Z')) };
    // The time-stamper has run out by then; nobody renewed what it stamped.
    expect(leaderOf(years, { at: inFourYears, evidence: own })).toMatchObject({
      verdict: 'indeterminate',
      trust: 'expired',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
      provenAt: null,
    });
  });

  test('stays proven when the stamp is renewed in time', async () => {
    // Its own authority is the root, of which nobody need ask.
    const lasting = stamperFor(pki.root, { years: 9, keyType: 'p-256' });
    const full = await archived(
      await proven(await signed({ key: pki.leader.key, stamp: await service(today) })),
    );
    const { pdf } = await renewTimestamp({
      pdf: full,
      service: await service(inTwoMonths, lasting),
      roots: [pki.root.certificateDer],
      at: inTwoMonths,
    });
    expect(leaderOf(pdf, { at: inFourYears })).toMatchObject({
      verdict: 'valid',
      level: 'B-LTA',
      provenAt: today,
      reasons: [],
    });
  });

  test('is not trusted when nobody known here made it', async () => {
    const plain = await signed({ key: pki.leader.key });
    expect(leaderOf(plain, { trust: [pki.stranger.certificateDer] })).toMatchObject({
      verdict: 'indeterminate',
      trust: 'untrusted',
      reasons: ['no-path-to-trust'],
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
    expect(leaderOf(plain, { trust: [] })).toMatchObject({ trust: 'unknown', reasons: ['no-trust-roots'] });
  });
});

describe('authorities that vouch for each other', () => {
  test('are followed to the one that is trusted, whichever way it lies', async () => {
    const plain = await signed({ key: pki.leader.key });
    const evidence = { ...lists(), certificates: [pki.crossSigned] };
    expect(leaderOf(plain, { evidence, trust: [pki.root.certificateDer] })?.verdict).toBe('valid');
    expect(leaderOf(plain, { evidence, trust: [pki.stranger.certificateDer] })?.verdict).toBe('valid');
    expect(leaderOf(plain, { evidence: lists(), trust: [pki.stranger.certificateDer] })?.trust).toBe(
      'untrusted',
    );
  });

  test('are not followed in circles, nor for ever', async () => {
    const plain = await signed({ key: pki.leader.key });
    const many = Array.from({ length: 40 }, (_, i) =>
      issueIssuingLevel({
        root: pki.stranger,
        commonName: `${i}`,
        organisation: 'Vòng',
        validFrom,
        years: 5,
        services: {},
      }),
    ).map(({ certificateDer }) => certificateDer);
    const evidence = { ...lists(), certificates: [pki.crossSigned, ...many, pki.issuing.certificateDer] };
    expect(leaderOf(plain, { evidence, trust: [many[0] ?? new Uint8Array()] })?.reasons).toEqual([
      'no-path-to-trust',
    ]);
  });
});

describe('a time-stamp that nobody should believe', () => {
  test('proves nothing when its service is not trusted, and says so', async () => {
    const foreign = stamperFor(pki.stranger, { years: 5, keyType: 'p-256' });
    const pdf = await signed({ key: pki.leader.key, stamp: await service(today, foreign) });
    expect(leaderOf(pdf, { evidence: lists() })).toMatchObject({
      verdict: 'valid',
      timestamp: today,
      timestampBy: 'TSA',
      provenAt: null,
      reasons: ['timestamp-not-trusted'],
    });
    expect(
      leaderOf(pdf, { evidence: lists(inFourYears, instant('2030-12-23T00:00:00.000Z')), at: inFourYears }),
    ).toMatchObject({
      verdict: 'indeterminate',
      trust: 'expired',
    });
  });

  test('proves nothing without knowing whether its service was revoked', async () => {
    const pdf = await signed({ key: pki.leader.key, stamp: await service(today) });
    expect(leaderOf(pdf)?.reasons).toEqual(['no-revocation-data', 'timestamp-no-revocation-data']);
    expect(leaderOf(pdf)?.provenAt).toBeNull();
  });

  test('proves nothing any more once its service lost the key, unless somebody stamped it before', async () => {
    const stamp = await service(today);
    const full = await proven(await signed({ key: pki.leader.key, stamp }));
    const lost = {
      ...noEvidence,
      crls: [
        issueCrl({
          ca: pki.issuing,
          number: 9,
          at: inTwoMonths,
          nextUpdate: instant('2027-02-23T00:00:00.000Z'),
          revoked: [{ serial: serialOf(pki.timeStamper), at: tomorrow, reason: 'key-compromise' }],
        }),
      ],
    };
    expect(leaderOf(full, { at: inTwoMonths, evidence: lost })?.reasons).toContain('timestamp-revoked');
    const other = stamperFor(pki.root, { years: 9, keyType: 'p-256' });
    const kept = await addDocumentTimestamp({ pdf: full, service: await service(today, other), at: today });
    expect(leaderOf(kept, { at: inTwoMonths, evidence: lost })).toMatchObject({
      verdict: 'valid',
      provenAt: today,
    });
    const retired = lost.crls.map(() =>
      issueCrl({
        ca: pki.issuing,
        number: 9,
        at: inTwoMonths,
        nextUpdate: instant('2027-02-23T00:00:00.000Z'),
        revoked: [{ serial: serialOf(pki.timeStamper), at: tomorrow, reason: 'superseded' }],
      }),
    );
    expect(leaderOf(full, { at: inTwoMonths, evidence: { ...noEvidence, crls: retired } })).toMatchObject({
      verdict: 'valid',
      provenAt: today,
    });
  });

  test('is not taken from another signature', async () => {
    // The exchange is to fit exactly; a token's number may take a byte less.
    const stamp = await service(today, timeStampers(pki.issuing).onRsa);
    const one = await signed({ key: pki.leader.key, stamp });
    const next = (): Promise<Uint8Array> => signed({ key: pki.leader.key, at: aMinuteLater, stamp });
    let other = await next();
    while (cmsOf(one).whole.length !== cmsOf(other).whole.length) other = await next();
    const swapped = withTokenOf(one, other);
    expect(leaderOf(one, { evidence: lists() })).toMatchObject({ verdict: 'valid', provenAt: today });
    expect(leaderOf(swapped, { evidence: lists() })).toMatchObject({
      verdict: 'indeterminate',
      timestamp: null,
      provenAt: null,
      reasons: ['timestamp-broken'],
    });
  });
});

/** The same file, its signature's time-stamp exchanged for another signature's. */
function withTokenOf(pdf: Uint8Array, donor: Uint8Array): Uint8Array {
  const [own, theirs] = [cmsOf(pdf), cmsOf(donor)];
  const copy = Buffer.from(pdf);
  const hex = Buffer.from(own.whole).toString('hex');
  const at = copy.indexOf(hex);
  const [mine, token] = [own, theirs].map(unsignedOf);
  const grown = Buffer.from(own.whole).toString('hex').replace(hexOf(mine), hexOf(token));
  copy.write(grown, at, 'latin1');
  return copy;
}

function cmsOf(pdf: Uint8Array): DerNode {
  return readDer(signedZones(pdf)[0]?.contents ?? new Uint8Array());
}

function unsignedOf(cms: DerNode): DerNode | undefined {
  const infos = child(child(cms, 1, 0xa0), 0, tag.sequence).children.at(-1);
  return infos?.children[0]?.children.find((node) => node.tag === 0xa1);
}

function hexOf(node: DerNode | undefined): string {
  return Buffer.from(node?.whole ?? []).toString('hex');
}
