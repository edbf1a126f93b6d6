import { createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { AppError } from '#shared/kernel/public.ts';
import { readCertificate, sameBytes, type Certificate } from './certificate.ts';
import { chainFrom } from './chain-from.ts';
import { refuseEndlessWork } from './pkcs12-work.ts';
import { signerKeyFrom, type SignerKey } from './signer-key.ts';

/** Opens a PKCS#12 file (RSA or EC key) with its PIN; the leaf is the certificate that fits the key. */
export function openPkcs12(bytes: Uint8Array, pin: string): SignerKey {
  const { privateKeyDer, certificates } = decodePkcs12(bytes, pin);
  const privateKey = importKey(privateKeyDer);
  const leaf = certificates.find((certificate) => certificate.x509.checkPrivateKey(privateKey));
  if (leaf === undefined) throw new AppError('signing.p12-without-certificate');
  return signerKeyFrom(privateKey, leaf.der, chainAbove(leaf, certificates));
}

/** The PKCS#8 key and the certificates inside a PKCS#12 file. */
export function decodePkcs12(
  bytes: Uint8Array,
  pin: string,
): Readonly<{ privateKeyDer: Buffer; certificates: readonly Certificate[] }> {
  refuseEndlessWork(bytes);
  const file = decrypt(parse(bytes), pin);
  return { privateKeyDer: privateKeyIn(file), certificates: certificatesIn(file) };
}

function parse(bytes: Uint8Array): forge.asn1.Asn1 {
  try {
    return forge.asn1.fromDer(binary(bytes));
  } catch (error) {
    throw new AppError('signing.unreadable-p12', {}, error);
  }
}

function decrypt(asn1: forge.asn1.Asn1, pin: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return decryptStrictly(asn1, pin);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const wrongPin = /invalid password|could not be verified|decrypt/i.test(said);
    throw new AppError(wrongPin ? 'signing.wrong-pin' : 'signing.unreadable-p12', {}, error);
  }
}

function decryptStrictly(asn1: forge.asn1.Asn1, pin: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, pin);
  } catch (error) {
    const bytes = Buffer.from(pin, 'utf8').toString('latin1');
    const isRefused = error instanceof Error && /could not be verified/i.test(error.message);
    if (bytes === pin || isRefused || !Array.isArray(asn1.value)) throw error;
    // The file's check held with the PIN's letters (RFC 7292 B.1); its encryption takes them as UTF-8 (RFC 8018 3).
    return forge.pkcs12.pkcs12FromAsn1({ ...asn1, value: asn1.value.slice(0, 2) }, bytes);
  }
}

function privateKeyIn(file: forge.pkcs12.Pkcs12Pfx): Buffer {
  const { pkcs8ShroudedKeyBag, keyBag } = forge.pki.oids;
  for (const type of [pkcs8ShroudedKeyBag, keyBag]) {
    if (type === undefined) continue;
    for (const bag of file.getBags({ bagType: type })[type] ?? []) {
      // An EC key stays unread by forge, which still hands over its PKCS#8 structure.
      const asn1 =
        bag.key === undefined || bag.key === null
          ? bag.asn1
          : forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key));
      return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
    }
  }
  throw new AppError('signing.p12-without-key');
}

function importKey(der: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw new AppError('signing.unreadable-p12', {}, error);
  }
}

function certificatesIn(file: forge.pkcs12.Pkcs12Pfx): readonly Certificate[] {
  const type = forge.pki.oids['certBag'];
  if (type === undefined) return [];
  return (file.getBags({ bagType: type })[type] ?? []).map((bag) => {
    const asn1 =
      bag.cert === undefined || bag.cert === null ? bag.asn1 : forge.pki.certificateToAsn1(bag.cert);
    return readCertificate(Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1'));
  });
}

/** The issuers found in the file, nearest first, without a self-signed root. */
function chainAbove(leaf: Certificate, all: readonly Certificate[]): readonly Uint8Array[] {
  return chainFrom(leaf, all)
    .slice(1)
    .filter(({ subjectName, issuerName }) => !sameBytes(subjectName, issuerName))
    .map(({ der }) => der);
}

function binary(bytes: Uint8Array): forge.util.ByteStringBuffer {
  return forge.util.createBuffer(Buffer.from(bytes).toString('latin1'), 'raw');
}
