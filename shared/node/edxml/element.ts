import type { ContentFacts } from './base64-content.ts';

export type Attribute = Readonly<{ name: string; prefix: string; local: string; uri: string; value: string }>;

/** A declaration of a namespace is written like an attribute and is none. */
export function isDeclaration({ name, prefix }: Attribute): boolean {
  return name === 'xmlns' || prefix === 'xmlns';
}

/** One element of a message, with everything in it but the contents of attachments. */
export type Element = Readonly<{
  name: string;
  prefix: string;
  local: string;
  uri: string;
  /** Declarations of namespaces among them. */
  attributes: readonly Attribute[];
  children: readonly (Element | string)[];
  line: number;
  /** For an attachment's content: what was read and handed on. */
  content: ContentFacts | null;
}>;

export function elementsIn(element: Element): readonly Element[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The text directly in an element, as it stands. */
export function textIn(element: Element): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}
