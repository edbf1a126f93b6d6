import { DerError, child, readDer, readOid, tag, type DerNode } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';

export type Extensions = ReadonlyMap<string, DerNode>;

/**
 * Reads Extensions strictly: none twice, and none critical that is not understood. Throws DerError.
 * A nonce is bytes and nothing else: RFC 2560 did not say how they stand, and responders still write them bare.
 */
export function readExtensions(block: DerNode | undefined, understood: ReadonlySet<string>): Extensions {
  const found = new Map<string, DerNode>();
  for (const extension of block?.children ?? []) {
    if (extension.tag !== tag.sequence || extension.children.length > 3) {
      throw new DerError('a malformed extension');
    }
    const id = readOid(child(extension, 0, tag.oid));
    const says = extension.children.length === 3 ? child(extension, 1, tag.boolean) : null;
    const octets = child(extension, extension.children.length - 1, tag.octetString);
    if (found.has(id)) throw new DerError('an extension given twice');
    if (says !== null && says.content[0] !== 0 && !understood.has(id)) {
      throw new DerError('an unknown critical extension');
    }
    found.set(
      id,
      id === oid.ocspNonce && !isOctetString(octets.content) ? octets : readWhole(octets.content),
    );
  }
  return found;
}

/** Reads one element that fills the bytes exactly. */
export function readWhole(bytes: Uint8Array): DerNode {
  const node = readDer(bytes);
  if (node.whole.length !== bytes.length) throw new DerError('bytes after the end');
  return node;
}

function isOctetString(bytes: Uint8Array): boolean {
  return bytes[0] === tag.octetString && bytes[1] === bytes.length - 2;
}
