import { latin1Bytes } from './charset.ts';

/** The bytes of a part, whatever it was put into for the journey (RFC 2045 6). */
export function transferred(body: string, encoding: string): Uint8Array {
  switch (encoding) {
    case 'base64':
      return Buffer.from(body.replaceAll(/[^A-Za-z0-9+/]+/gu, ''), 'base64');
    case 'quoted-printable':
      return latin1Bytes(fromQuotedPrintable(body));
    default:
      return latin1Bytes(body);
  }
}

/** Line by line: what a line ends with in blanks was added on the way, and `=` at its end joins it to the next. */
function fromQuotedPrintable(body: string): string {
  const lines = body.split('\n').map((line) => line.trimEnd());
  return lines
    .map((line, place) => {
      if (line.endsWith('=')) return line.slice(0, -1);
      return place === lines.length - 1 ? line : `${line}\r\n`;
    })
    .join('')
    .replaceAll(/=([0-9a-f]{2})/giu, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
