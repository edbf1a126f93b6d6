import type { Words } from './words.ts';

/** The sentence of whatever went wrong: an expected failure by its code, anything else by a general sentence. */
export function sentenceOf(error: unknown, words: Words): string {
  const code = textIn(error, 'code');
  if (code === null || !/^[\w-]+\.[\w.-]+$/.test(code)) return words('ui.failed');
  const key = `refusal.${code}`;
  const sentence = words(key, paramsIn(error));
  return sentence === key ? words('ui.failed') : sentence;
}

function textIn(error: unknown, name: string): string | null {
  if (typeof error !== 'object' || error === null || !(name in error)) return null;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : null;
}

function paramsIn(error: unknown): Readonly<Record<string, string | number>> {
  if (typeof error !== 'object' || error === null) return {};
  const params: unknown = Reflect.get(error, 'params') ?? Reflect.get(error, 'data');
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
}
