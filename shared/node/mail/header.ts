import { decodeBytes, decodeWords, latin1Bytes } from './charset.ts';

/** The fields at the head of a message or a part, by name in small letters; the first of each counts. */
export type Header = ReadonlyMap<string, string>;

const longestHeader = 262_144;

export type HeaderAndBody = Readonly<{ header: Header; body: string }>;

/** Takes fields and content apart; both as one letter per byte. */
export function splitHeader(text: string): HeaderAndBody {
  if (/^\r?\n/u.test(text)) return { header: new Map(), body: text.replace(/^\r?\n/u, '') };
  const end = /\r?\n\r?\n/u.exec(text.slice(0, longestHeader));
  const block = end === null ? text.slice(0, longestHeader) : text.slice(0, end.index);
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  return { header: fieldsOf(block), body };
}

/** What a field says in words: encoded words and raw letters decoded, control characters gone. */
export function wordsIn(header: Header, name: string): string {
  return cleaned(decodeWords(header.get(name) ?? ''));
}

export type Value = Readonly<{ value: string; parameters: ReadonlyMap<string, string> }>;

/** A field of the form `value; name=value` (RFC 2045 5.1), with names continued and encoded as RFC 2231 has it. */
export function valueOf(header: Header, name: string): Value {
  const [value = '', ...rest] = piecesOf(header.get(name) ?? '');
  const parameters = new Map<string, string>();
  const sections = new Map<string, Map<number, Readonly<{ text: string; isEncoded: boolean }>>>();
  for (const piece of rest) {
    const written = /^\s*([^\s=*]{1,60})(?:\*(\d{1,3}))?(\*)?\s*=([\s\S]*)$/u.exec(piece);
    if (written === null) continue;
    const [, label = '', place, star, text = ''] = written;
    const key = label.toLowerCase();
    if (place === undefined && star === undefined) {
      if (!parameters.has(key)) parameters.set(key, cleaned(decodeWords(unquoted(text))));
      continue;
    }
    const known = sections.get(key) ?? new Map<number, Readonly<{ text: string; isEncoded: boolean }>>();
    known.set(Number(place ?? 0), { text: unquoted(text), isEncoded: star !== undefined });
    sections.set(key, known);
  }
  for (const [key, known] of sections) {
    const ordered = [...known].toSorted(([one], [other]) => one - other).map(([, section]) => section);
    parameters.set(key, cleaned(continued(ordered)));
  }
  return { value: value.trim().toLowerCase(), parameters };
}

/** RFC 2231: the first section names the letters' encoding, and each encoded one has its bytes in hexadecimal. */
function continued(sections: readonly Readonly<{ text: string; isEncoded: boolean }>[]): string {
  const [first] = sections;
  const named = first?.isEncoded === true ? /^([^']{0,60})'[^']{0,60}'/u.exec(first.text) : null;
  const bytes = sections.map(({ text, isEncoded }, place) => {
    const own = place === 0 && named !== null ? text.slice(named[0].length) : text;
    return isEncoded ? percentDecoded(own) : own;
  });
  return decodeBytes(latin1Bytes(bytes.join('')), named?.[1] ?? '');
}

function percentDecoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/giu, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function fieldsOf(block: string): Header {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const at = line.indexOf(':');
    const name = line.slice(0, Math.max(0, at)).trimEnd().toLowerCase();
    if (/^[!-9;-~]{1,100}$/u.test(name) && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  return fields;
}

/** Split at semicolons that stand in no quotation and no comment. */
function piecesOf(text: string): string[] {
  const pieces = [''];
  let isQuoted = false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const escaped = letter === '\\' && (isQuoted || depth > 0) ? text.charAt(++at) : '';
    if (letter === '"' && depth === 0) isQuoted = !isQuoted;
    if (!isQuoted && letter === '(') depth += 1;
    if (letter === ';' && !isQuoted && depth === 0) pieces.push('');
    else if (depth === 0) pieces[pieces.length - 1] += letter + escaped;
    if (!isQuoted && letter === ')' && depth > 0) depth -= 1;
  }
  return pieces;
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"')) return trimmed;
  return trimmed
    .slice(1, trimmed.endsWith('"') && trimmed.length > 1 ? -1 : undefined)
    .replaceAll(/\\(.)/gu, '$1');
}

function cleaned(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
