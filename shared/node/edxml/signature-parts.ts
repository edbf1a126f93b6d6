import { elementsIn, textIn, type Element } from './element.ts';

/** Parts of a signature stand in its own namespace, whatever that is; another's element of the same name is not one. */
export function childrenNamed(parent: Element, local: string): readonly Element[] {
  return elementsIn(parent).filter((one) => one.local === local && one.uri === parent.uri);
}

/** The one child of that name; null where there is none, or more than one to choose from. */
export function only(parent: Element, local: string): Element | null {
  const [first, ...more] = childrenNamed(parent, local);
  return first === undefined || more.length > 0 ? null : first;
}

export function attributeOf(element: Element, name: string): string | null {
  return element.attributes.find((one) => one.name === name)?.value ?? null;
}

export function algorithmOf(element: Element | null): string | null {
  return element === null ? null : attributeOf(element, 'Algorithm');
}

export function transformsOf(reference: Element): readonly Element[] {
  return childrenNamed(reference, 'Transforms').flatMap((list) => childrenNamed(list, 'Transform'));
}

/** The ways from an element down to those that fit, itself included. */
export function pathsTo(from: Element, fits: (element: Element) => boolean): readonly (readonly Element[])[] {
  const below = elementsIn(from).flatMap((child) => pathsTo(child, fits).map((path) => [from, ...path]));
  return fits(from) ? [[from], ...below] : below;
}

export function base64Of(element: Element | null): Uint8Array | null {
  if (element === null || elementsIn(element).length > 0) return null;
  const text = textIn(element).replaceAll(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : null;
}

const mostCertificates = 20;

/** What is in the key's description, as bytes; nothing says yet that they are certificates. Empty for what is not even base64. */
export function certificatesOf(signature: Element): readonly Uint8Array[] {
  return childrenNamed(signature, 'KeyInfo')
    .flatMap((info) => childrenNamed(info, 'X509Data'))
    .flatMap((list) => childrenNamed(list, 'X509Certificate'))
    .slice(0, mostCertificates)
    .map((one) => base64Of(one) ?? new Uint8Array(0));
}

/** SigningTime of XAdES, or of a signature property: what the signer's own clock said. */
export function claimedTimeOf(signature: Element): string | null {
  const [path] = pathsTo(signature, ({ local }) => local === 'SigningTime');
  const last = path?.at(-1);
  const text = last === undefined ? '' : textIn(last).trim();
  return text === '' || text.length > 40 ? null : text;
}
