/** Text as one letter per byte, and back. */
export function latin1Bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Bytes as the letters they are said to be; as UTF-8 where that fits, else as Vietnamese Windows wrote. */
export function decodeBytes(bytes: Uint8Array, charset: string): string {
  const named = decoderFor(charset);
  if (named !== null) return named.decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1258').decode(bytes);
  }
}

const encodedWord = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,30})?\?([bq])\?([^?]*)\?=/giu;

/** RFC 2047, with the words of one encoding joined before they are read: some programmes cut inside a letter. */
export function decodeWords(text: string): string {
  let said = '';
  let end = 0;
  let held: { charset: string; bytes: Uint8Array } | null = null;
  const tell = (): void => {
    if (held !== null) said += decodeBytes(held.bytes, held.charset);
    held = null;
  };
  for (const word of text.matchAll(encodedWord)) {
    const [all, charset = '', kind = '', content = ''] = word;
    const between = text.slice(end, word.index);
    const bytes = kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : fromQ(content);
    if (held !== null && between.trim() === '' && sameCharset(held.charset, charset)) {
      held.bytes = Buffer.concat([held.bytes, bytes]);
    } else {
      const follows = held !== null && between.trim() === '';
      tell();
      if (!follows) said += raw(between);
      held = { charset, bytes };
    }
    end = word.index + all.length;
  }
  tell();
  return said + raw(text.slice(end));
}

function sameCharset(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Letters that stand unencoded where none may: UTF-8 nowadays (RFC 6532). */
function raw(text: string): string {
  return /[\u0080-\u00ff]/u.test(text) ? decodeBytes(latin1Bytes(text), '') : text;
}

function fromQ(text: string): Uint8Array {
  const plain = text.replaceAll('_', ' ');
  return latin1Bytes(
    plain.replaceAll(/=([0-9a-f]{2})/giu, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  );
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> | null {
  if (charset === '') return null;
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}
