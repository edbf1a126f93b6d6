import { InstantSchema, type Instant } from '#shared/kernel/public.ts';
import {
  type AgencyCa,
  type Certificate,
  type CertificateOrder,
  type IssuedCertificate,
  type Revocation,
  issueAgencyCa,
  issueCertificate,
  issueIssuingLevel,
  readCertificate,
} from '#shared/node/pdf-signing/public.ts';
import { newKeyPair } from '#shared/node/pdf-signing/pki/key-pair.ts';
import { writeCertificate, writeName } from '#shared/node/pdf-signing/pki/write-certificate.ts';

export const validFrom = InstantSchema.parse('2026-01-01T00:00:00.000Z');
export const today = InstantSchema.parse('2026-11-23T01:20:00.000Z');
export const tomorrow = InstantSchema.parse('2026-11-24T01:20:00.000Z');
export const revokedAt = InstantSchema.parse('2026-10-01T02:00:00.000Z');

const organisation = 'UBND tỉnh Đồng Nai';

/** A public-key infrastructure of an agency, with everybody who may sign and several who may not. */
export type OfficePki = Readonly<{
  root: AgencyCa;
  issuing: AgencyCa;
  /** Another root, which nobody here trusts. */
  stranger: AgencyCa;
  leader: IssuedCertificate;
  seal: IssuedCertificate;
  officerOnP256: IssuedCertificate;
  sealOnP384: IssuedCertificate;
  revoked: IssuedCertificate;
  expired: IssuedCertificate;
  notYet: IssuedCertificate;
  responder: IssuedCertificate;
  rootResponder: IssuedCertificate;
  timeStamper: IssuedCertificate;
  /** A responder that may itself be revoked, as its certificate says where. */
  revocableResponder: IssuedCertificate;
  foreign: IssuedCertificate;
  /** A person's certificate that may only issue others, one that a person made alone, and ours under a stranger's root. */
  wrongUse: Uint8Array;
  selfSigned: Uint8Array;
  crossSigned: Uint8Array;
  revocations: readonly Revocation[];
}>;

/** Makes the infrastructure anew; with a base address its certificates name the loopback responder. */
export function officePki(base: string | null = null): OfficePki {
  const services = (level: string) =>
    base === null ? {} : { ocspUrl: `${base}/${level}/ocsp`, crlUrl: `${base}/${level}/list.crl` };
  const root = issueAgencyCa({ agencyName: organisation, validFrom, years: 20 });
  const issuing = issueIssuingLevel({
    root,
    commonName: `${organisation} Issuing`,
    organisation,
    validFrom,
    years: 10,
    services: services('root'),
  });
  const stranger = issueAgencyCa({ agencyName: 'Nơi khác', validFrom, years: 20, keyType: 'p-256' });
  const issue = (commonName: string, change: Partial<CertificateOrder> = {}): IssuedCertificate =>
    issueCertificate({
      ca: issuing,
      commonName,
      organisation,
      role: 'person',
      validFrom,
      years: 3,
      keyType: 'p-256',
      services: services('issuing'),
      ...change,
    });
  const revoked = issue('Phạm Văn Mất Khóa', { keyType: 'rsa-2048' });
  return {
    root,
    issuing,
    stranger,
    leader: issue('Nguyễn Văn Ấn', { keyType: 'rsa-2048', title: 'Chủ tịch' }),
    seal: issue(organisation, { keyType: 'rsa-3072', role: 'seal' }),
    officerOnP256: issue('Trần Thị Tín'),
    sealOnP384: issue('Văn phòng', { keyType: 'p-384', role: 'seal' }),
    revoked,
    expired: issue('Lê Thị Cũ', { validFrom: instant('2020-01-01T00:00:00.000Z') }),
    notYet: issue('Đỗ Văn Mới', { validFrom: instant('2027-01-01T00:00:00.000Z') }),
    responder: issue('OCSP', { role: 'ocsp', services: {} }),
    rootResponder: issue('OCSP gốc', { ca: root, role: 'ocsp', services: {} }),
    timeStamper: issue('TSA', { role: 'time-stamping' }),
    revocableResponder: issue('OCSP 2', { role: 'ocsp' }),
    foreign: issue('OCSP', { ca: stranger, role: 'ocsp', services: {} }),
    ...oddCertificates({ issuing, stranger }),
    revocations: [{ serial: serialOf(revoked), at: revokedAt, reason: 'key-compromise' }],
  };
}

/** Certificates the authority itself would never issue. */
function oddCertificates({
  issuing,
  stranger,
}: Pick<OfficePki, 'issuing' | 'stranger'>): Pick<OfficePki, 'wrongUse' | 'selfSigned' | 'crossSigned'> {
  const { publicKey, privateKey } = newKeyPair('p-256');
  const [ours, theirs] = [certificateOf(issuing), certificateOf(stranger)];
  const plan = {
    serial: Buffer.from('4711', 'hex'),
    notBeforeMs: Date.parse(validFrom),
    notAfterMs: Date.parse(validFrom) + 3 * 365 * 86_400_000,
    issuerName: ours.subjectName,
    issuerPublicKey: ours.publicKey,
    subjectName: writeName([['CN', 'Ngô Văn Lạ']]),
    publicKey,
    isAuthority: false,
    keyUses: ['digitalSignature', 'nonRepudiation'],
  } as const;
  return {
    wrongUse: writeCertificate({ ...plan, keyUses: ['keyCertSign'] }, issuing.privateKey),
    selfSigned: writeCertificate(
      { ...plan, issuerName: plan.subjectName, issuerPublicKey: publicKey },
      privateKey,
    ),
    crossSigned: writeCertificate(
      {
        ...plan,
        issuerName: theirs.subjectName,
        issuerPublicKey: theirs.publicKey,
        subjectName: ours.subjectName,
        publicKey: ours.publicKey,
        isAuthority: true,
        keyUses: ['keyCertSign', 'cRLSign'],
      },
      stranger.privateKey,
    ),
  };
}

export function certificateOf({ certificateDer }: Readonly<{ certificateDer: Uint8Array }>): Certificate {
  return readCertificate(certificateDer);
}

export function serialOf(issued: Readonly<{ certificateDer: Uint8Array }>): string {
  return Buffer.from(certificateOf(issued).serial).toString('hex');
}

/** The certificate and those above it, up to the root. */
export function chainOf(
  pki: OfficePki,
  leaf: Readonly<{ certificateDer: Uint8Array }>,
): readonly Certificate[] {
  return [leaf, pki.issuing, pki.root].map(certificateOf);
}

function instant(text: string): Instant {
  return InstantSchema.parse(text);
}
