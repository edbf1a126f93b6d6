import { isDeclaration, type Attribute, type Element } from './element.ts';

/** Canonical XML 1.0 and Exclusive Canonical XML 1.0, without comments: the two that samples of the axis name. */
export type CanonicalMode = 'inclusive' | 'exclusive';

export type StartTag = Readonly<{ name: string; prefix: string; attributes: readonly Attribute[] }>;

export type Canonical = Readonly<{
  start: (tag: StartTag) => void;
  end: (name: string) => void;
  text: (text: string) => void;
  instruction: (target: string, body: string) => void;
}>;

/** Prefix to namespace; the default one under the empty prefix. */
export type Scope = ReadonlyMap<string, string>;

type Level = Readonly<{ scope: Scope; written: Scope }>;

/** Writes what it is told in canonical form, as it is told: the message is never held whole. */
export function openCanonical(
  mode: CanonicalMode,
  write: (text: string) => void,
  outer: Scope = new Map(),
): Canonical {
  const levels: Level[] = [{ scope: outer, written: new Map() }];
  let hasRoot = false;

  function writeDeclarations({ prefix, attributes }: StartTag): void {
    const above = levels.at(-1) ?? { scope: outer, written: new Map() };
    const scope = scopeWithin(above.scope, attributes);
    const wanted = mode === 'inclusive' ? new Set(['', ...scope.keys()]) : prefixesUsed(prefix, attributes);
    const fresh = [...wanted]
      .filter((one) => one !== 'xml' && (scope.get(one) ?? '') !== (above.written.get(one) ?? ''))
      .sort(byCodePoint);
    for (const one of fresh) {
      write(` xmlns${one === '' ? '' : `:${one}`}="${attributeText(scope.get(one) ?? '')}"`);
    }
    const written = new Map(above.written);
    for (const one of fresh) written.set(one, scope.get(one) ?? '');
    levels.push({ scope, written });
  }

  return {
    start: (tag) => {
      hasRoot = true;
      write(`<${tag.name}`);
      writeDeclarations(tag);
      const own = tag.attributes.filter((one) => !isDeclaration(one));
      for (const { name, value } of own.toSorted(byNamespaceAndName)) {
        write(` ${name}="${attributeText(value)}"`);
      }
      write('>');
    },
    end: (name) => {
      levels.pop();
      write(`</${name}>`);
    },
    text: (text) => {
      // Blanks around the root are no part of the document.
      if (levels.length > 1) write(characterData(text));
    },
    instruction: (target, body) => {
      const inside = body === '' ? `<?${target}?>` : `<?${target} ${body}?>`;
      if (levels.length > 1) write(inside);
      else write(hasRoot ? `\n${inside}` : `${inside}\n`);
    },
  };
}

/** The canonical form of a part that was kept; `outer` and `inherited` are what its ancestors declare and say. */
export function canonicalOf(
  element: Element,
  mode: CanonicalMode,
  around: Readonly<{ scope: Scope; inherited: readonly Attribute[] }>,
): string {
  const pieces: string[] = [];
  const canonical = openCanonical(mode, (text) => pieces.push(text), around.scope);
  const visit = (one: Element, attributes: readonly Attribute[]): void => {
    canonical.start({ ...one, attributes });
    for (const child of one.children) {
      if (typeof child === 'string') canonical.text(child);
      else visit(child, child.attributes);
    }
    canonical.end(one.name);
  };
  const has = (name: string): boolean => element.attributes.some((one) => one.name === name);
  // xml:lang and its like come along from above (Canonical XML 1.0, 2.4), not so in the exclusive form.
  const inherited = mode === 'inclusive' ? around.inherited.filter(({ name }) => !has(name)) : [];
  visit(element, [...inherited, ...element.attributes]);
  return pieces.join('');
}

/** What is in scope inside a tag. */
export function scopeWithin(outer: Scope, attributes: readonly Attribute[]): Scope {
  const declared = attributes.filter(isDeclaration);
  if (declared.length === 0) return outer;
  const scope = new Map(outer);
  for (const { name, local, value } of declared) scope.set(name === 'xmlns' ? '' : local, value);
  return scope;
}

function prefixesUsed(prefix: string, attributes: readonly Attribute[]): ReadonlySet<string> {
  const used = attributes
    .filter((one) => one.prefix !== 'xmlns' && one.prefix !== '')
    .map((one) => one.prefix);
  return new Set([prefix, ...used]);
}

function byNamespaceAndName(one: Attribute, other: Attribute): number {
  return byCodePoint(one.uri, other.uri) || byCodePoint(one.local, other.local);
}

/** UTF-8 sorts as code points do; 16-bit units do not. */
function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function characterData(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (found) => escapes[found] ?? found);
}

function attributeText(text: string): string {
  return text.replaceAll(/[&<"\t\n\r]/g, (found) => escapes[found] ?? found);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
