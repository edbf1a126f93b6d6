/** Text with an empty box where the legal font has no sign; goes through lists and objects. */
export function boxed<Value>(value: Value, undrawn: readonly string[]): Value;
export function boxed(value: unknown, undrawn: readonly string[]): unknown {
  if (typeof value === 'string') {
    return undrawn.reduce((text, sign) => text.replaceAll(sign, '□'), value.normalize('NFC'));
  }
  if (Array.isArray(value)) return value.map((part: unknown) => boxed(part, undrawn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, boxed(part, undrawn)]));
}
