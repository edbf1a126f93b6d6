import { SaxesParser, type SaxesTagNS } from 'saxes';
import { openBase64, type ContentSink } from './base64-content.ts';
import { openCanonical, scopeWithin, type Scope } from './canonical.ts';
import { openContentRun, type ContentRun } from './content-run.ts';
import type { Attribute, Element } from './element.ts';
import { fault, type Note } from './fault.ts';
import type { Limits } from './limits.ts';
import { isContent, isSignature, messageNamespace, signatureNamespace } from './names.ts';
import { openDigest, type RunningDigest } from './running-digest.ts';
import { digestChoiceOf } from './read-signature.ts';

/** A signature as it stands, with what its place in the message means for its canonical form. */
export type PlacedSignature = Readonly<{ element: Element; scope: Scope; inherited: readonly Attribute[] }>;

export type ParsedMessage = Readonly<{
  root: Element;
  signatures: readonly PlacedSignature[];
  /** Of the whole message but its first signature; null where that could not be taken in one reading. */
  digest: Buffer | null;
  hasUndeclaredPrefix: boolean;
}>;

export type MessageParser = Readonly<{ write: (text: string) => void; end: () => ParsedMessage }>;

type Order = Readonly<{
  limits: Limits;
  note: (note: Note) => void;
  sinkFor: (index: number) => ContentSink | null;
}>;

type Growing = { -readonly [Key in keyof Element]: Element[Key] } & { children: (Element | string)[] };

/** Reads a message once, from its first character to its last; what is digested for the signature is what is read. */
export function openParser({ limits, note, sinkFor }: Order): MessageParser {
  const undeclared = new Set<string>();
  const parser = new SaxesParser({ xmlns: true, resolvePrefix });
  const digest: RunningDigest = openDigest();
  const forms = (['inclusive', 'exclusive'] as const).map((mode) => ({
    mode,
    canonical: openCanonical(mode, (text) => digest.write(mode, text)),
  }));
  const open: Growing[] = [];
  const scopes: Scope[] = [new Map()];
  const signatures: PlacedSignature[] = [];
  let root: Element | null = null;
  /** How deep the first signature stands while it is read; nothing in it is part of what it signs. */
  let signedOutFrom: number | null = null;
  let run: ContentRun | null = null;
  let isMarkupInRun = false;
  let contents = 0;
  let contentLines = 0;
  const counted = { elements: 0, tokenChars: 0, headerChars: 0, attachmentBytes: 0 };

  parser.on('error', (error) => {
    throw faultOf(error.message, where());
  });
  parser.on('xmldecl', ({ version }) => {
    if (version !== undefined && version !== '1.0') throw fault('xml-version', { version });
  });
  parser.on('doctype', () => {
    throw fault('doctype', where());
  });
  parser.on('opentag', (tag) => {
    counted.tokenChars = 0;
    counted.elements += 1;
    if (counted.elements > limits.mostElements) throw fault('too-many-parts', { limit: limits.mostElements });
    if (open.length >= limits.mostDepth) throw fault('too-deep', { limit: limits.mostDepth, ...where() });
    if (run !== null) throw fault('unexpected-part', { name: tag.name, ...where() });
    openElement(tag);
  });
  parser.on('closetag', ({ name }) => {
    counted.tokenChars = 0;
    closeElement(name);
  });
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('comment', () => {
    counted.tokenChars = 0;
    isMarkupInRun = false;
  });
  parser.on('processinginstruction', ({ target, body }) => {
    counted.tokenChars = 0;
    isMarkupInRun = false;
    if (signedOutFrom === null) for (const { canonical } of forms) canonical.instruction(target, body);
  });

  function where(): Readonly<{ line: number; column: number }> {
    return { line: lineNow(), column: parser.column };
  }

  function lineNow(): number {
    return parser.line + contentLines;
  }

  /** Real messages use `edXML:` and `xlink:` without a declaration; a prefix nobody declared is told and given a home. */
  function resolvePrefix(prefix: string): string {
    if (prefix === '') return '';
    if (!undeclared.has(prefix)) note({ code: 'undeclared-prefix', where: prefix });
    undeclared.add(prefix);
    if (/^edxml$/i.test(prefix)) return messageNamespace;
    if (/^(?:ds|dsig)$/i.test(prefix)) return signatureNamespace;
    return `urn:undeclared:${prefix}`;
  }

  function openElement(tag: SaxesTagNS): void {
    const attributes = Object.values(tag.attributes).map(
      ({ name, prefix, local, uri, value }): Attribute => ({ name, prefix, local, uri, value }),
    );
    const { name, prefix, local, uri } = tag;
    const element: Growing = {
      name,
      prefix,
      local,
      uri,
      attributes,
      children: [],
      line: lineNow(),
      content: null,
    };
    const scope = scopes.at(-1) ?? new Map();
    if (isSignature(element, open)) {
      signatures.push({ element, scope, inherited: inheritedBy(open) });
      if (signatures.length === 1) signedOutFrom = open.length;
    }
    open.at(-1)?.children.push(element);
    open.push(element);
    scopes.push(scopeWithin(scope, attributes));
    if (signedOutFrom === null) for (const { canonical } of forms) canonical.start(element);
    if (isContent(element, open)) openContent();
  }

  function openContent(): void {
    if (signatures.length === 0) digest.giveUp();
    const decode = openBase64({
      sink: sinkFor(contents),
      take: (bytes) => {
        counted.attachmentBytes += bytes;
        if (counted.attachmentBytes > limits.mostAttachmentBytes) {
          throw fault('too-large', { limit: Math.floor(limits.mostAttachmentBytes / 1024 / 1024) });
        }
      },
      line: lineNow,
    });
    contents += 1;
    isMarkupInRun = false;
    run = openContentRun({
      decode,
      text: (text) => {
        digestText(text);
      },
      lines: (count) => {
        contentLines += count;
      },
      line: lineNow,
    });
  }

  function closeElement(name: string): void {
    const element = open.pop();
    scopes.pop();
    if (element === undefined) return;
    if (run !== null && isContent(element, [...open, element])) {
      element.content = run.end();
      run = null;
    }
    if (signedOutFrom === null) for (const { canonical } of forms) canonical.end(name);
    if (signedOutFrom === open.length) {
      signedOutFrom = null;
      const [first] = signatures;
      const choice = first === undefined ? null : digestChoiceOf(first.element);
      if (choice === null) digest.giveUp();
      else digest.choose(choice);
    }
    if (open.length === 0) root = element;
  }

  function takeText(text: string): void {
    counted.tokenChars = 0;
    open.at(-1)?.children.push(text);
    digestText(text);
  }

  function digestText(text: string): void {
    if (signedOutFrom !== null) return;
    for (const { mode, canonical } of forms) if (digest.takes(mode)) canonical.text(text);
  }

  /** A tag at a time, so that the content after its opening tag never reaches the parser. */
  function takeMarkup(text: string): string {
    const end = text.indexOf('>') + 1;
    const piece = end === 0 ? text : text.slice(0, end);
    counted.tokenChars += piece.length;
    counted.headerChars += piece.length;
    if (counted.tokenChars > limits.mostTokenChars || counted.headerChars > limits.mostHeaderChars) {
      throw fault('too-long', where());
    }
    parser.write(piece);
    return text.slice(piece.length);
  }

  return {
    write: (text) => {
      let rest = text;
      while (rest !== '') {
        const content: ContentRun | null = run;
        if (content === null || isMarkupInRun) {
          rest = takeMarkup(rest);
          continue;
        }
        rest = content.take(rest);
        isMarkupInRun = rest !== '';
      }
    },
    end: () => {
      if (run !== null) throw fault('truncated', { line: lineNow() });
      parser.close();
      if (root === null) throw fault('truncated', { line: lineNow() });
      return { root, signatures, digest: digest.value(), hasUndeclaredPrefix: undeclared.size > 0 };
    },
  };
}

/** xml:lang and its like, the nearest of each. */
function inheritedBy(ancestors: readonly Element[]): readonly Attribute[] {
  const nearest = new Map<string, Attribute>();
  for (const { attributes } of ancestors) {
    for (const one of attributes) if (one.prefix === 'xml') nearest.set(one.name, one);
  }
  return [...nearest.values()];
}

function faultOf(message: string, at: Readonly<{ line: number; column: number }>): Error {
  const what = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  if (/undefined entity/.test(what)) return fault('entity', at);
  if (/unclosed tag|unexpected end|must contain a root/.test(what)) {
    return fault('truncated', { line: at.line });
  }
  return fault('not-well-formed', { ...at, what });
}
