import * as Y from 'yjs';
import { canonicalJson } from '../kernel/public.ts';
import { EditorNodeSchema, type EditorNode } from './from-editor.ts';
import type { WorkingDraft } from './working-draft.ts';

/**
 * A draft as several people write it at once (Yjs): its fields in a map, one value each; its text and each appendix as the
 * editor's own nodes. Merging it in any order, with anything twice, gives the same draft.
 */
export const textOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('text');
export const fieldsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('fields');
export const appendicesOf = (doc: Y.Doc): Y.Array<Y.Map<unknown>> => doc.getArray('appendices');

/** The text of an appendix, written where it is read for the first time by whoever adds it. */
export function appendixText(appendix: Y.Map<unknown>): Y.XmlFragment {
  const text = appendix.get('text');
  if (!(text instanceof Y.XmlFragment)) throw new Error('An appendix has a text');
  return text;
}

/** Puts a draft into a document: only what differs is written, so that nobody's words are touched for nothing. */
function writeDraft(doc: Y.Doc, draft: WorkingDraft): void {
  const before = readDraft(doc);
  const { body, appendices, ...fields } = draft;
  doc.transact(() => {
    writeFields(doc, fields);
    if (!isSame(before.body, plain(body))) writeText(textOf(doc), body);
    if (isSame(before.appendices ?? [], plain(appendices ?? []))) return;
    const known = appendicesOf(doc);
    known.delete(0, known.length);
    for (const { title, body: text } of appendices ?? []) addAppendix(doc, title, text);
  });
}

/** Sets fields that differ; one that is no longer said goes. */
export function writeFields(doc: Y.Doc, fields: Readonly<Record<string, unknown>>): void {
  const map = fieldsOf(doc);
  doc.transact(() => {
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) map.delete(name);
      else if (!isSame(map.get(name), value)) map.set(name, plain(value));
    }
  });
}

export function addAppendix(doc: Y.Doc, title: string, body: unknown): void {
  const appendix = new Y.Map<unknown>();
  const text = new Y.XmlFragment();
  appendix.set('title', title);
  appendix.set('text', text);
  appendicesOf(doc).push([appendix]);
  writeText(text, body);
}

/** The draft as it stands; whoever needs it whole checks it by its schema. */
export function readDraft(
  doc: Y.Doc,
): Readonly<{ body: unknown; appendices?: unknown[] }> & Readonly<Record<string, unknown>> {
  const appendices = appendicesOf(doc)
    .toArray()
    .map((one) => ({ title: one.get('title'), body: readText(appendixText(one)) }));
  const whole = { ...fieldsOf(doc).toJSON(), body: readText(textOf(doc)) };
  return appendices.length === 0 ? whole : { ...whole, appendices };
}

/** What somebody who has nothing says they have (Yjs state vector). */
export const nothingKnown = 'AA==';

/**
 * The words that turn what is known of a draft (an update, empty where nothing is) into this whole one; written as
 * somebody new, or as whoever is said.
 */
export function rewrittenTo(draft: WorkingDraft, known: Uint8Array | null, client?: number): Uint8Array {
  const doc = new Y.Doc();
  if (client !== undefined) doc.clientID = client;
  if (known !== null) Y.applyUpdate(doc, known);
  const before = Y.encodeStateVector(doc);
  writeDraft(doc, draft);
  return Y.encodeStateAsUpdate(doc, before);
}

function writeText(fragment: Y.XmlFragment, body: unknown): void {
  fragment.delete(0, fragment.length);
  const read = EditorNodeSchema.safeParse(body);
  fragment.insert(0, inside(read.success ? (read.data.content ?? []) : []));
}

// The shape in which the editor's own binding keeps its nodes: a run of text is one XmlText, marks its attributes.
function inside(nodes: readonly EditorNode[]): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = [];
  let runs: EditorNode[] = [];
  const close = (): void => {
    if (runs.length > 0) made.push(textNode(runs));
    runs = [];
  };
  for (const node of nodes) {
    if (node.type === 'text') runs.push(node);
    else {
      close();
      made.push(element(node));
    }
  }
  close();
  return made;
}

function textNode(runs: readonly EditorNode[]): Y.XmlText {
  const text = new Y.XmlText();
  const delta = runs.map(({ text: insert = '', marks = [] }) => ({
    insert,
    attributes: Object.fromEntries(marks.map(({ type }) => [type, {}])),
  }));
  text.applyDelta(delta);
  return text;
}

function element({ type, attrs = {}, content = [] }: EditorNode): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, string>>(type);
  for (const [name, value] of Object.entries(attrs)) {
    // Numbers stay numbers, as the editor's binding keeps them.
    if (value !== null && value !== undefined) made.setAttribute(name, value as string);
  }
  made.insert(0, inside(content));
  return made;
}

function readText(fragment: Y.XmlFragment): EditorNode {
  return { type: 'doc', content: contentOf(fragment) };
}

function contentOf(parent: Y.XmlFragment): EditorNode[] {
  return parent.toArray().flatMap((child): EditorNode[] => {
    if (child instanceof Y.XmlText) return runsOf(child);
    if (!(child instanceof Y.XmlElement)) return [];
    const attrs: Record<string, unknown> = child.getAttributes();
    const content = contentOf(child);
    return [
      {
        type: child.nodeName,
        ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
        ...(content.length === 0 ? {} : { content }),
      },
    ];
  });
}

type Piece = Readonly<{ insert?: unknown; attributes?: Readonly<Record<string, unknown>> }>;

function runsOf(text: Y.XmlText): EditorNode[] {
  return (text.toDelta() as Piece[]).flatMap(({ insert, attributes = {} }): EditorNode[] => {
    if (typeof insert !== 'string') return [];
    const marks = Object.keys(attributes).map((type) => ({ type }));
    return [{ type: 'text', text: insert, ...(marks.length === 0 ? {} : { marks }) }];
  });
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function isSame(one: unknown, other: unknown): boolean {
  // Inside something, so that nothing said is not the same as said to be nothing.
  return canonicalJson([plain({ one })]) === canonicalJson([plain({ one: other })]);
}
