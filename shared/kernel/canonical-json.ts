/** A value that JSON can say exactly. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * RFC 8785 canonical JSON: keys in UTF-16 order, ECMAScript numbers, no white space; `undefined` members are left out.
 * Every decision is said this way several times over, so it makes no lists on the way.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('RFC 8785 has no NaN and no infinity');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`Not JSON: ${typeof value}`);
  return Array.isArray(value) ? listOf(value) : membersOf(value);
}

function listOf(values: readonly unknown[]): string {
  let text = '';
  for (const value of values) text += (text === '' ? '' : ',') + canonicalJson(value);
  return `[${text}]`;
}

function membersOf(value: object): string {
  let text = '';
  // Without an order given, texts are sorted by their UTF-16 units, as 3.2.3 wants.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

// Nothing to escape (3.2.2.2), and no half of a pair that would have to be.
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}
