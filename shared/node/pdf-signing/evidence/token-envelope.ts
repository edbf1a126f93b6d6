import { child, readDer, tag, type DerNode } from '../cms/der.ts';
import { sameBytes } from '../pki/certificate.ts';

/**
 * Whether what nobody signs in a token is as RFC 5652 and RFC 3161 write it: a fresh token is kept for decades and
 * judged by others, so it is taken to the letter or not at all. Throws DerError where parts are missing.
 */
export function isStrictEnvelope(token: Uint8Array): boolean {
  const root = readDer(token);
  const body = child(child(root, 1, 0xa0), 0, tag.sequence);
  const info = child(child(body, body.children.length - 1, tag.set), 0, tag.sequence);
  const digest = child(info, 2, tag.sequence);
  const listed = child(body, 1, tag.set).children;
  const attributesAt = info.children.findIndex((node, i) => i > 2 && node.tag === 0xa0);
  return (
    root.tag === tag.sequence &&
    isDer(root) &&
    isNumber(child(body, 0), 3) &&
    listed.length === 1 &&
    listed.every((one) => isSameAlgorithm(one, digest)) &&
    child(child(body, 2, tag.sequence), 1, 0xa0).children.length === 1 &&
    isNumber(child(info, 0), info.children[1]?.tag === tag.sequence ? 1 : 3) &&
    attributesAt === 3 &&
    isPlainAlgorithm(digest) &&
    (isPlainAlgorithm(child(info, 4, tag.sequence)) || hasParameters(child(info, 4))) &&
    info.children.slice(6).every((node) => node.tag === 0xa1)
  );
}

/** Definite lengths of the fewest bytes, all the way down. */
function isDer(node: DerNode): boolean {
  const { length } = node.content;
  const header = length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x10000 ? 4 : 5;
  return node.whole[1] !== 0x80 && node.whole.length === header + length && node.children.every(isDer);
}

function isNumber(node: DerNode, value: number): boolean {
  return node.tag === tag.integer && node.content.length === 1 && node.content[0] === value;
}

/** The same object identifier; NULL beside it or nothing. */
function isSameAlgorithm(a: DerNode, b: DerNode): boolean {
  return isPlainAlgorithm(a) && sameBytes(child(a, 0).whole, child(b, 0).whole);
}

function isPlainAlgorithm(node: DerNode): boolean {
  const [id, parameters] = node.children;
  if (node.tag !== tag.sequence || id?.tag !== tag.oid || node.children.length > 2) return false;
  return parameters === undefined || isNull(parameters);
}

/** RSA-PSS names its hash and salt in parameters. */
function hasParameters(node: DerNode): boolean {
  return node.children.length === 2 && node.children[1]?.tag === tag.sequence;
}

function isNull(node: DerNode): boolean {
  return node.tag === tag.null && node.content.length === 0;
}
