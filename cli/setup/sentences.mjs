import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project-node.mjs';

const language = process.env['ANTIN_LANG'] === 'en' ? 'en' : 'vi';

/** @type {Map<string, string> | null} */
let catalogue = null;

/**
 * The sentence of one key of `resources/text`, in Vietnamese unless ANTIN_LANG is `en`; null when there is none.
 * @param {string} key
 * @param {Readonly<Record<string, string | number>>} [params]
 * @returns {string | null}
 */
export function findSentence(key, params = {}) {
  catalogue ??= readCatalogue(language);
  const text = catalogue.get(key);
  if (text === undefined) return null;
  return text.replaceAll(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name) => String(params[name] ?? whole));
}

/**
 * Like `findSentence`, but a missing key shows itself instead of nothing.
 * @param {string} key
 * @param {Readonly<Record<string, string | number>>} [params]
 */
export function sentence(key, params = {}) {
  return findSentence(key, params) ?? key;
}

/**
 * All files of one language, merged.
 * @param {string} folder
 * @returns {Map<string, string>}
 */
function readCatalogue(folder) {
  const place = join(root, 'resources', 'text', folder);
  /** @type {Map<string, string>} */
  const merged = new Map();
  if (!existsSync(place)) return merged;
  for (const file of readdirSync(place)) {
    if (!file.endsWith('.json')) continue;
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(place, file), 'utf8')))) {
      merged.set(key, text);
    }
  }
  return merged;
}
