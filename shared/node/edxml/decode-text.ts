import { fault, type Note } from './fault.ts';

/** Bytes in, text out: whatever stands before the message is passed over, and its declared encoding believed. */
export type TextDecoding = Readonly<{ write: (bytes: Uint8Array) => string; end: () => string }>;

type Decoder = InstanceType<typeof TextDecoder>;

/** So far in must a message begin; transports leave lengths, blanks or marks before it. */
const window = 4096;
/** Longer than any declaration. */
const declarationBytes = 256;

export function openDecoding(note: (note: Note) => void): TextDecoding {
  let decoder: Decoder | null = null;
  let label = 'utf-8';
  let held = Buffer.alloc(0);

  function decode(bytes: Uint8Array, isLast: boolean): string {
    try {
      return (decoder ??= openDecoder(label)).decode(bytes, { stream: !isLast });
    } catch (error) {
      throw error instanceof TypeError ? fault('bad-encoding', { encoding: label }) : error;
    }
  }

  function begin(isLast: boolean): string {
    const found = findBeginning(held);
    if (found === null) throw fault('not-xml');
    if (!isBlank(held.subarray(0, found.at))) note({ code: 'junk-before', where: `0–${found.at}` });
    const message = held.subarray(found.at);
    const declared = declaredEncoding(message);
    // What was written through a 16-bit string and saved as bytes still says so.
    if (found.encoding === null && declared !== null && /^utf-?16|^ucs-?2|^iso-10646-ucs-2/i.test(declared)) {
      note({ code: 'not-utf16', where: declared });
      label = 'utf-8';
    } else label = found.encoding ?? declared ?? 'utf-8';
    decoder = openDecoder(label);
    held = Buffer.alloc(0);
    return decode(message, isLast);
  }

  return {
    write: (bytes) => {
      if (decoder !== null) return decode(bytes, false);
      held = Buffer.concat([held, bytes]);
      return held.length < window + declarationBytes ? '' : begin(false);
    },
    end: () => (decoder === null ? begin(true) : decode(new Uint8Array(0), true)),
  };
}

type Beginning = Readonly<{ at: number; encoding: string | null }>;

const declaration = Buffer.from('<?xml', 'latin1');
const wideDeclaration = Buffer.from('<?xml', 'utf16le');
/** With the high byte first: the same bytes, one place earlier. */
const bigEndian = Buffer.from('<?xml', 'utf16le').swap16();

/** Where the declaration stands, else the first element; the wide encodings are known by their bytes. */
function findBeginning(bytes: Buffer): Beginning | null {
  const head = bytes.subarray(0, window);
  const plain = head.indexOf(declaration);
  if (plain >= 0) return { at: plain, encoding: null };
  const high = head.indexOf(bigEndian);
  if (high >= 0 && (high % 2 === 0 || !head.includes(wideDeclaration))) {
    return { at: high, encoding: 'utf-16be' };
  }
  const low = head.indexOf(wideDeclaration);
  if (low >= 0) return { at: low, encoding: 'utf-16le' };
  const at = head.indexOf('<');
  if (at < 0) return null;
  if (bytes[at + 1] === 0) return { at, encoding: 'utf-16le' };
  if (at > 0 && bytes[at - 1] === 0) return { at: at - 1, encoding: 'utf-16be' };
  return { at, encoding: null };
}

function declaredEncoding(message: Buffer): string | null {
  const text = message.subarray(0, declarationBytes).toString('latin1');
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["'](?<name>[\w.:-]+)["']/.exec(text)?.groups?.['name'] ?? null;
}

function openDecoder(label: string): Decoder {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    throw fault('unknown-encoding', { encoding: label });
  }
}

/** Blanks and byte order marks are no junk. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => [0, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff].includes(byte));
}
