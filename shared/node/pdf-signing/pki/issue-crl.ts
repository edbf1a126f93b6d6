import { DerError, der, derSmallInteger, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import type { Instant } from '#shared/kernel/public.ts';
import { revocationReasons, type RevocationReason } from '../evidence/revocation.ts';
import type { AgencyCa } from './agency-ca.ts';
import { readCertificate } from './certificate.ts';
import { algorithmOf, signDer } from './sign-der.ts';
import { extension, keyId, time } from './write-certificate.ts';

/** One certificate an authority has taken back; the list of these is all an authority must keep. */
export type Revocation = Readonly<{
  /** The serial number's bytes in lower-case hex, as they stand in the certificate. */
  serial: string;
  at: Instant;
  reason: RevocationReason;
}>;

export type CrlOrder = Readonly<{
  ca: AgencyCa;
  revoked: readonly Revocation[];
  /** Rises with every list of this authority (RFC 5280 5.2.3). */
  number: number;
  at: Instant;
  nextUpdate: Instant;
}>;

/** Signs the authority's complete revocation list (RFC 5280, version 2) and gives its DER. */
export function issueCrl(order: CrlOrder): Uint8Array {
  const issuer = readCertificate(order.ca.certificateDer);
  const algorithm = algorithmOf(order.ca.privateKey);
  const entries = order.revoked.map(entryOf);
  const tbs = der(
    tag.sequence,
    derSmallInteger(1),
    algorithm,
    issuer.subjectName,
    time(Date.parse(order.at)),
    time(Date.parse(order.nextUpdate)),
    // RFC 5280 5.1.2.6: with nothing revoked the list is absent, not empty.
    ...(entries.length === 0 ? [] : [der(tag.sequence, Buffer.concat(entries))]),
    der(
      0xa0,
      der(
        tag.sequence,
        extension(oid.authorityKeyIdentifier, false, der(tag.sequence, der(0x80, keyId(issuer.publicKey)))),
        extension(oid.crlNumber, false, der(tag.integer, unsigned(order.number))),
      ),
    ),
  );
  return der(tag.sequence, tbs, algorithm, signDer(tbs, order.ca.privateKey));
}

function entryOf({ serial, at, reason }: Revocation): Uint8Array {
  if (!/^([0-9a-f]{2}){1,21}$/.test(serial)) throw new DerError('not a serial number');
  const code = revocationReasons[reason];
  // RFC 5280 5.3.1: an unspecified reason is left unsaid.
  const said =
    code === 0
      ? []
      : [der(tag.sequence, extension(oid.crlReason, false, der(tag.enumerated, Uint8Array.of(code))))];
  return der(tag.sequence, der(tag.integer, Buffer.from(serial, 'hex')), time(Date.parse(at)), ...said);
}

function unsigned(value: number): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even, 'hex');
}
