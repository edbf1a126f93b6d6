/** Bullets and dashes as word processors write them in their symbol fonts, and what they stand for. */
const symbols: Readonly<Record<string, string>> = {
  '\uF02D': '-',
  '\uF0A7': '▪',
  '\uF0B7': '•',
  '\uF0D8': '›',
  '\uF0E0': '→',
  '\uF0FC': '√',
};

/**
 * Text as it can be set: letters composed (half of Vietnam's keyboards once wrote them apart), control signs and
 * halves of letters gone, symbols of word processors as real ones; nothing turns the direction of what follows, as names
 * in a stranger's certificate could. Goes through lists and objects.
 */
export function settable<Value>(value: Value): Value;
export function settable(value: unknown): unknown {
  if (typeof value === 'string') return settableText(value);
  if (Array.isArray(value)) return value.map(settable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, settable(part)]));
}

function settableText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\uF02D\uF0A7\uF0B7\uF0D8\uF0E0\uF0FC]/gu, (sign) => symbols[sign] ?? sign)
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{Cc}\n]|[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFFD-\uFFFF]/gu, '');
}
