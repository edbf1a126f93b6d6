export type Parts = Readonly<{ parts: readonly string[]; isWhole: boolean }>;

/**
 * The parts between the lines of a boundary (RFC 2046 5.1): what stands before the first and after the last is not read.
 * Without the closing line the message was cut off. Beyond `most` nothing is looked for.
 */
export function splitParts(body: string, boundary: string, most: number): Parts {
  const mark = `--${boundary}`;
  const parts: string[] = [];
  let begun: number | null = null;
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body.charAt(at - 1) !== '\n') continue;
    const after = at + mark.length;
    const lineEnd = body.indexOf('\n', after);
    const rest = body.slice(after, lineEnd === -1 ? undefined : Math.min(lineEnd, after + 200)).trim();
    if (rest !== '' && rest !== '--') continue;
    if (begun !== null) parts.push(withoutLastBreak(body.slice(begun, at)));
    if (parts.length > most) return { parts, isWhole: true };
    if (rest === '--') return { parts, isWhole: true };
    begun = lineEnd === -1 ? body.length : lineEnd + 1;
  }
  if (begun !== null) parts.push(body.slice(begun));
  return { parts, isWhole: false };
}

/** The line break before a boundary belongs to the boundary. */
function withoutLastBreak(text: string): string {
  if (text.endsWith('\r\n')) return text.slice(0, -2);
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
