import type { Element } from './element.ts';

export const messageNamespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** The namespace as given, or one of another edition of QCVN 102. */
const editions = /^https?:\/\/www\.mic\.gov\.vn\/TBT\/QCVN_102_\d{4}\/?$/i;

export type Home = 'message' | 'other-edition' | 'none' | 'foreign';

/** Whose element it is; one without a namespace is the message's where it has the message's name. */
export function homeOf({ uri }: Element): Home {
  if (uri === messageNamespace) return 'message';
  if (uri === '' || uri.startsWith('urn:undeclared:')) return 'none';
  return editions.test(uri) ? 'other-edition' : 'foreign';
}

/** Names without regard to capitals; “Business” is spelt with four s in the standard and with three by some. */
export function nameOf(local: string): string {
  return local.toLowerCase().replace(/^business/, 'bussiness');
}

export function isNamed({ local }: Element, name: string): boolean {
  return nameOf(local) === nameOf(name);
}

/** `path` ends with the element itself. */
export function isContent(element: Element, path: readonly Element[]): boolean {
  const [list, attachment] = path.slice(-3);
  return (
    path.length >= 3 &&
    isNamed(element, 'ContentTransferEncoded') &&
    attachment !== undefined &&
    isNamed(attachment, 'Attachment') &&
    list !== undefined &&
    isNamed(list, 'AttachmentEncoded')
  );
}

/** A signature over the message stands in its header, or beside it; anywhere else it is a part like another. */
export function isSignature(element: Element, ancestors: readonly Element[]): boolean {
  if (element.local !== 'Signature') return false;
  if (element.uri !== signatureNamespace && homeOf(element) === 'foreign') return false;
  const names = ancestors.map(({ local }) => nameOf(local)).join('/');
  return (
    /^edxml(?:\/edxmlenvelope(?:\/edxmlheader)?)?$/.test(names) ||
    /^edxmlenvelope(?:\/edxmlheader)?$/.test(names)
  );
}
