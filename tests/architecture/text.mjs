// `npm run text`: both languages say everything, every refusal has its sentence, and no screen holds words of its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
/** @type {string[]} */
const faults = [];

const vietnamese = readLanguage('vi');
const english = readLanguage('en');
compare(vietnamese, english, 'en');
compare(english, vietnamese, 'vi');

const asking = new Set(['t', 'words', 'say', 'sentence', 'findSentence']);
const shownAttributes = new Set(['aria-label', 'title', 'placeholder', 'label', 'alt', 'description']);
const vietnameseLetter = /[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]/i;
let read = 0;

for (const place of ['shared', 'electron', 'server', 'renderer', 'cli']) {
  for (const file of sourcesIn(join(folder, place))) check(file);
}
if (read === 0) faults.push('no source was read: the check is blind');

for (const fault of faults) console.error(fault);
console.log(`${vietnamese.size} sentences in two languages, ${read} sources, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

/**
 * @param {string} language
 * @returns {Map<string, string>}
 */
function readLanguage(language) {
  const place = join(folder, 'resources/text', language);
  const sentences = new Map();
  for (const file of readdirSync(place).filter((name) => name.endsWith('.json'))) {
    for (const [key, sentence] of Object.entries(JSON.parse(readFileSync(join(place, file), 'utf8')))) {
      if (sentences.has(key)) faults.push(`${language}/${file}: “${key}” is there twice`);
      if (typeof sentence !== 'string' || sentence.trim() === '') {
        faults.push(`${language}/${file}: “${key}” is empty`);
      }
      sentences.set(key, String(sentence));
    }
  }
  return sentences;
}

/**
 * @param {ReadonlyMap<string, string>} whole
 * @param {ReadonlyMap<string, string>} other
 * @param {string} language the language of `other`
 */
function compare(whole, other, language) {
  for (const [key, sentence] of whole) {
    const twin = other.get(key);
    if (twin === undefined) {
      // English has singular forms that Vietnamese does not.
      if (!other.has(key.replace(/_(one|other)$/, ''))) faults.push(`${language}: “${key}” is missing`);
    } else if (blanks(twin) !== blanks(sentence)) {
      if (language === 'en') {
        faults.push(`“${key}” names other values: ${blanks(sentence)} / ${blanks(twin)}`);
      }
    }
  }
}

/** @param {string} sentence */
function blanks(sentence) {
  return [...new Set(sentence.match(/\{\{[^}]*\}\}/g) ?? [])].sort().join(' ');
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function sourcesIn(place) {
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const path = join(place, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

/** @param {string} path */
function check(path) {
  read += 1;
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  // Elsewhere Vietnamese words are what the office reads and writes: names in a letter, marks on a page.
  const speaksToPeople = path.endsWith('.tsx') || relative(folder, path).startsWith(join('cli', 'commands'));
  visit(source);

  /** @param {ts.Node} node */
  function visit(node) {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
      const name = node.expression.text;
      const [first] = node.arguments ?? [];
      if (first !== undefined && (name === 'refuse' || name === 'AppError')) {
        for (const code of literalsIn(first)) need(`refusal.${code.text}`, code);
      }
      if (first !== undefined && asking.has(name)) for (const key of literalsIn(first)) need(key.text, key);
    }
    if (speaksToPeople) checkWords(node);
    ts.forEachChild(node, visit);
  }

  /**
   * @param {string} key
   * @param {ts.Node} at
   */
  function need(key, at) {
    if (vietnamese.has(key) || vietnamese.has(`${key}_other`)) return;
    faults.push(`${where(at)}: “${key}” has no sentence`);
  }

  /** @param {ts.Node} node */
  function checkWords(node) {
    const words = wordsOf(node);
    if (words === null) return;
    const attribute = ts.isJsxAttribute(node.parent) ? node.parent.name.getText() : null;
    const shown = ts.isJsxText(node) || (attribute !== null && shownAttributes.has(attribute));
    if (vietnameseLetter.test(words) || (shown && /\p{L}{2}/u.test(words))) {
      faults.push(`${where(node)}: “${words.trim()}” belongs in resources/text`);
    }
  }

  /** @param {ts.Node} node */
  function where(node) {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    return `${relative(folder, path)}:${line + 1}`;
  }
}

/**
 * @param {ts.Node} node
 * @returns {string | null}
 */
function wordsOf(node) {
  if (ts.isJsxText(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) return node.text;
  if (ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text;
  return null;
}

/**
 * The literals an argument can be: itself, or either side of a choice.
 * @param {ts.Expression} argument
 * @returns {readonly ts.StringLiteralLike[]}
 */
function literalsIn(argument) {
  if (ts.isStringLiteralLike(argument)) return [argument];
  if (ts.isConditionalExpression(argument)) {
    return [...literalsIn(argument.whenTrue), ...literalsIn(argument.whenFalse)];
  }
  return ts.isParenthesizedExpression(argument) ? literalsIn(argument.expression) : [];
}
