import { createHash } from 'node:crypto';
import { canonicalOf, scopeWithin, type CanonicalMode } from './canonical.ts';
import type { Attribute, Element } from './element.ts';
import { signatureNamespace } from './names.ts';
import type { DigestChoice, DigestName } from './running-digest.ts';
import type { ParsedMessage, PlacedSignature } from './parse-message.ts';
import {
  algorithmOf,
  attributeOf,
  base64Of,
  certificatesOf,
  childrenNamed,
  claimedTimeOf,
  only,
  pathsTo,
  transformsOf,
} from './signature-parts.ts';

export type SignatureMethod = Readonly<{ key: 'rsa' | 'ec'; digest: DigestName }>;

/** Why nothing can be said of a signature whose digest may even be right: `reason.<code>`. */
const signatureGaps = [
  'signature-malformed',
  'several-signatures',
  'signature-namespace',
  'signs-only-a-part',
  'unsupported-transform',
  'unsupported-algorithm',
  'undeclared-prefix',
  'signature-after-content',
  'signer-certificate-missing',
] as const;
export type SignatureGap = (typeof signatureGaps)[number];

/** A signature as read, before anybody is asked whether its certificate is believed. */
export type ReadSignature = Readonly<{
  gaps: readonly SignatureGap[];
  /** Null where it could not be compared. */
  isDigestRight: boolean | null;
  /** The canonical bytes the signature's value is over. */
  signedInfo: string | null;
  method: SignatureMethod | null;
  isWeak: boolean;
  value: Uint8Array | null;
  certificates: readonly Uint8Array[];
  /** By the signer's own clock. */
  claimedAt: string | null;
}>;

const transforms: ReadonlyMap<string, CanonicalMode> = new Map([
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'inclusive'],
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'exclusive'],
  // So written in the axis's own samples.
  ['http://www.w3.org/TR/xml-exc-c14n#', 'exclusive'],
]);
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const digests: ReadonlyMap<string, DigestName> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);
/** No others: a keyed hash would let anybody sign with the public key, and “none” needs no key at all. */
const methods: ReadonlyMap<string, SignatureMethod> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { key: 'rsa', digest: 'sha1' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', { key: 'rsa', digest: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { key: 'rsa', digest: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { key: 'rsa', digest: 'sha512' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { key: 'ec', digest: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { key: 'ec', digest: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', { key: 'ec', digest: 'sha512' }],
]);

/** How the message has to be digested to compare it with this signature; null where it cannot be. */
export function digestChoiceOf(signature: Element): DigestChoice | null {
  const reference = referencesOf(signature)?.whole ?? null;
  return reference === null ? null : choiceOf(reference);
}

export function readSignature(parsed: ParsedMessage): ReadSignature | null {
  const [first] = parsed.signatures;
  if (first === undefined) return null;
  const { element } = first;
  const references = referencesOf(element);
  const choice = digestChoiceOf(element);
  const parts = (references?.parts ?? []).map((part) => isPartRight(part, first));
  const { method, signedInfo } = signedWith(first);
  const certificates = certificatesOf(element);
  return {
    gaps: gapsOf({
      parsed,
      element,
      references,
      choice,
      parts,
      isReadable: method !== null && signedInfo !== null,
    }),
    isDigestRight: parts.includes(false) ? false : isWholeRight(references?.whole ?? null, parsed),
    signedInfo,
    method,
    isWeak: method?.digest === 'sha1' || choice?.digest === 'sha1',
    value: base64Of(only(element, 'SignatureValue')),
    certificates,
    claimedAt: claimedTimeOf(element),
  };
}

type Facts = Readonly<{
  parsed: ParsedMessage;
  element: Element;
  references: References | null;
  choice: DigestChoice | null;
  parts: readonly (boolean | null)[];
  isReadable: boolean;
}>;

function gapsOf({ parsed, element, references, choice, parts, isReadable }: Facts): readonly SignatureGap[] {
  const hasWhole = references !== null && references.whole !== null;
  const gaps: Readonly<Record<SignatureGap, boolean>> = {
    'several-signatures': parsed.signatures.length > 1,
    'signature-namespace': element.uri !== signatureNamespace,
    'undeclared-prefix': parsed.hasUndeclaredPrefix,
    'signature-malformed': references === null,
    'signs-only-a-part': (references !== null && !hasWhole) || parts.includes(null),
    'unsupported-transform': hasWhole && choice === null,
    'signature-after-content': choice !== null && parsed.digest === null,
    'unsupported-algorithm': only(element, 'SignedInfo') !== null && !isReadable,
    'signer-certificate-missing': certificatesOf(element).length === 0,
  };
  return signatureGaps.filter((gap) => gaps[gap]);
}

function signedWith(placed: PlacedSignature): Pick<ReadSignature, 'method' | 'signedInfo'> {
  const info = only(placed.element, 'SignedInfo');
  if (info === null) return { method: null, signedInfo: null };
  const mode = modeOf(only(info, 'CanonicalizationMethod'));
  return {
    method: methods.get(algorithmOf(only(info, 'SignatureMethod')) ?? '') ?? null,
    signedInfo: mode === null ? null : canonicalAt([placed.element, info], mode, placed),
  };
}

type References = Readonly<{ whole: Element | null; parts: readonly Element[] }>;

/** The one reference to the whole message, and those into the signature itself; null where there is no list of them. */
function referencesOf(signature: Element): References | null {
  const info = only(signature, 'SignedInfo');
  const all = info === null ? [] : childrenNamed(info, 'Reference');
  const whole = all.filter((one) => attributeOf(one, 'URI') === '');
  if (all.length === 0 || whole.length > 1) return null;
  return { whole: whole[0] ?? null, parts: all.filter((one) => one !== whole[0]) };
}

function choiceOf(reference: Element): DigestChoice | null {
  const [first, second, ...more] = transformsOf(reference);
  const digest = digests.get(algorithmOf(only(reference, 'DigestMethod')) ?? '');
  // Without the first the signature would sign itself; anything but these could leave parts of the message out.
  if (first === undefined || algorithmOf(first) !== enveloped || more.length > 0 || digest === undefined) {
    return null;
  }
  const mode = second === undefined ? 'inclusive' : modeOf(second);
  return mode === null ? null : { mode, digest };
}

/** Without a namespace for every prefix there is no canonical form to compare. */
function isWholeRight(
  reference: Element | null,
  { digest, hasUndeclaredPrefix }: ParsedMessage,
): boolean | null {
  if (reference === null || digest === null || hasUndeclaredPrefix) return null;
  return digest.equals(base64Of(only(reference, 'DigestValue')) ?? new Uint8Array(0));
}

/** What stands inside the signature (signed properties of XAdES): never read for the message, but it has to be right. */
function isPartRight(reference: Element, placed: PlacedSignature): boolean | null {
  const id = /^#(?<id>.+)$/.exec(attributeOf(reference, 'URI') ?? '')?.groups?.['id'];
  const found = id === undefined ? [] : pathsTo(placed.element, (one) => attributeOf(one, 'Id') === id);
  const [path] = found;
  const [transform, ...more] = transformsOf(reference);
  const mode = transform === undefined ? 'inclusive' : modeOf(transform);
  const digest = digests.get(algorithmOf(only(reference, 'DigestMethod')) ?? '');
  if (path === undefined || found.length > 1 || mode === null || more.length > 0 || digest === undefined) {
    return null;
  }
  const said = base64Of(only(reference, 'DigestValue'));
  const taken = createHash(digest)
    .update(canonicalAt(path, mode, placed), 'utf8')
    .digest();
  return said !== null && taken.equals(said);
}

/** `path` leads from the signature to the part. */
function canonicalAt(
  path: readonly Element[],
  mode: CanonicalMode,
  { scope, inherited }: PlacedSignature,
): string {
  const above = path.slice(0, -1);
  const part = path.at(-1);
  if (part === undefined) return '';
  const nearest = new Map<string, Attribute>(inherited.map((one) => [one.name, one]));
  for (const { attributes } of above) {
    for (const one of attributes) if (one.prefix === 'xml') nearest.set(one.name, one);
  }
  return canonicalOf(part, mode, {
    scope: above.reduce((outer, { attributes }) => scopeWithin(outer, attributes), scope),
    inherited: [...nearest.values()],
  });
}

/** A list of prefixes to keep would change the form; no sender here is known to give one. */
function modeOf(transform: Element | null): CanonicalMode | null {
  if (transform === null || transform.children.some((child) => typeof child !== 'string')) return null;
  return transforms.get(algorithmOf(transform) ?? '') ?? null;
}
