import type { Instant } from '#shared/kernel/public.ts';
import { askTimestamp, type TimestampService } from '../evidence/timestamp.ts';
import { child, der, derOid, readDer, tag } from './der.ts';
import { oid } from './oids.ts';

/**
 * Has the signature value of a fresh CMS stamped and puts the token beside it, unsigned (CAdES-T, EN 319 122-1 5.3).
 * The CMS is one written here, with one signer and nothing unsigned yet.
 */
export async function timestampSignature(
  cms: Uint8Array,
  service: TimestampService,
  at: Instant,
): Promise<Uint8Array> {
  const root = readDer(cms);
  const body = child(child(root, 1, 0xa0), 0, tag.sequence);
  const info = child(child(body, body.children.length - 1, tag.set), 0, tag.sequence);
  const signature = child(info, info.children.length - 1, tag.octetString);
  const token = await askTimestamp([signature.content], service, at);
  const attribute = der(tag.sequence, derOid(oid.signatureTimeStamp), der(tag.set, token));
  const grown = der(tag.sequence, ...info.children.map(({ whole }) => whole), der(0xa1, attribute));
  const others = body.children.slice(0, -1).map(({ whole }) => whole);
  const signedData = der(tag.sequence, ...others, der(tag.set, grown));
  return der(tag.sequence, derOid(oid.signedData), der(0xa0, signedData));
}
