import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { InstantSchema } from '#shared/kernel/public.ts';
import {
  issueCertificate,
  readCertificate,
  renewCertificate,
  type AgencyCa,
  type CertificateOrder,
  type IssuedCertificate,
} from '#shared/node/pdf-signing/public.ts';
import { child, der, readDer, readOid, tag, type DerNode } from '#shared/node/pdf-signing/cms/der.ts';
import { oid } from '#shared/node/pdf-signing/cms/oids.ts';
import { newKeyPair, type KeyPair } from '#shared/node/pdf-signing/pki/key-pair.ts';
import { algorithmOf, signDer } from '#shared/node/pdf-signing/pki/sign-der.ts';
import { writeCertificate, writeName } from '#shared/node/pdf-signing/pki/write-certificate.ts';

export type Stamper = Readonly<{
  certificateDer: Uint8Array;
  privateKey: KeyObject;
  /** The authorities that travel with a token. */
  chain: readonly Uint8Array[];
}>;

/** Time-stampers of one authority: two sound ones, and those nobody may believe. */
export type TimeStampers = Readonly<{
  onRsa: Stamper;
  onP256: Stamper;
  /** Another certificate for the key of `onRsa`. */
  sameKey: Stamper;
  /** A person's certificate. */
  wrongUse: Stamper;
  useNotCritical: Stamper;
  twoUses: Stamper;
  expired: Stamper;
  /** RSA with 1024 bits. */
  weakKey: Stamper;
}>;

const validFrom = InstantSchema.parse('2026-01-01T00:00:00.000Z');
const longAgo = InstantSchema.parse('2020-01-01T00:00:00.000Z');

export function timeStampers(ca: AgencyCa): TimeStampers {
  const issue = (commonName: string, change: Partial<CertificateOrder> = {}): IssuedCertificate =>
    issueCertificate({
      ca,
      commonName,
      organisation: 'Cục Chứng thực số',
      role: 'time-stamping',
      validFrom,
      years: 5,
      keyType: 'p-256',
      ...change,
    });
  const onRsa = issue('TSA 1', { keyType: 'rsa-2048' });
  const { certificateDer, privateKey: key } = onRsa;
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return {
    onRsa: stamper(onRsa),
    onP256: stamper(issue('TSA 2')),
    sameKey: stamper(renewCertificate({ ca, certificateDer, key, validFrom, years: 5 })),
    wrongUse: stamper(issue('Người', { role: 'person' })),
    useNotCritical: withoutCriticalUse(stamper(issue('TSA 3')), ca),
    twoUses: odd(ca, newKeyPair('p-256'), ['timeStamping', 'ocspSigning']),
    expired: stamper(issue('TSA cũ', { validFrom: longAgo, years: 3 })),
    weakKey: odd(ca, weak, ['timeStamping']),
  };
}

/** A time-stamper whose certificate runs for as long as a test wants. */
export function stamperFor(ca: AgencyCa, order: Pick<CertificateOrder, 'years' | 'keyType'>): Stamper {
  const organisation = 'Cục Chứng thực số';
  const role = 'time-stamping';
  return stamper(issueCertificate({ ca, commonName: 'TSA', organisation, role, validFrom, ...order }));
}

function stamper({ certificateDer, privateKey, key }: IssuedCertificate): Stamper {
  return { certificateDer, privateKey, chain: key.chain };
}

/** A certificate the authority itself would not issue. */
function odd(
  ca: AgencyCa,
  { publicKey, privateKey }: KeyPair,
  extendedUses: readonly ('timeStamping' | 'ocspSigning')[],
): Stamper {
  const issuer = readCertificate(ca.certificateDer);
  const certificateDer = writeCertificate(
    {
      serial: Buffer.from('4712', 'hex'),
      issuerName: issuer.subjectName,
      issuerPublicKey: issuer.publicKey,
      subjectName: writeName([['CN', 'TSA lạ']]),
      notBeforeMs: Date.parse(validFrom),
      notAfterMs: Date.parse(validFrom) + 3 * 365 * 86_400_000,
      publicKey,
      isAuthority: false,
      keyUses: ['digitalSignature'],
      extendedUses,
    },
    ca.privateKey,
  );
  return { certificateDer, privateKey, chain: [] };
}

/** The same certificate, signed again, whose use is not critical. */
function withoutCriticalUse(from: Stamper, ca: AgencyCa): Stamper {
  const tbs = child(readDer(from.certificateDer), 0, tag.sequence);
  const changed = der(
    tag.sequence,
    ...tbs.children.map((part) => (part.tag === 0xa3 ? eased(part) : part.whole)),
  );
  const { privateKey } = ca;
  const certificateDer = der(tag.sequence, changed, algorithmOf(privateKey), signDer(changed, privateKey));
  return { ...from, certificateDer };
}

function eased(block: DerNode): Uint8Array {
  const extensions = child(block, 0, tag.sequence).children.map((one) => {
    if (readOid(child(one, 0, tag.oid)) !== oid.extendedKeyUsage) return one.whole;
    const kept = one.children.filter((node) => node.tag !== tag.boolean);
    return der(tag.sequence, ...kept.map((node) => node.whole));
  });
  return der(0xa3, der(tag.sequence, ...extensions));
}
