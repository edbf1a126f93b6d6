import * as Y from 'yjs';
import { exchangeWithWindow } from '#electron/features/drafting/writing.ts';
import { textOf } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

/** A draft that somebody has before them: what is typed is in it at once, and goes to the desk's room. */
export type Window = { readonly doc: Y.Doc; theirs: Uint8Array | null };
export type Windows = Map<DocumentId, Window>;

/** Every word is of this length, so that nobody writes into the middle of another's. */
export const wordLength = 6;

export function windowAt(one: SimulatedDesk, document: DocumentId, client: () => number): Window {
  const known = one.windows.get(document);
  if (known !== undefined) return known;
  const doc = new Y.Doc();
  doc.clientID = client();
  const opened: Window = { doc, theirs: null };
  one.windows.set(document, opened);
  return opened;
}

/** Whoever was at the draft is so no longer. */
export function closeWindow(one: SimulatedDesk, document: DocumentId): void {
  const known = one.windows.get(document);
  if (known === undefined) return;
  one.windows.delete(document);
  one.room.leave(document, known.doc.clientID);
}

/** Gives the room what was typed and takes what others wrote; false while nothing of the draft is here. */
export function exchange(one: SimulatedDesk, document: DocumentId, window: Window): boolean {
  const { doc, theirs } = window;
  const update = theirs === null ? null : Y.encodeStateAsUpdate(doc, theirs);
  const given = exchangeWithWindow(
    { drafts: one.room, person: one.person.id, isAlone: false },
    {
      documentId: document,
      client: doc.clientID,
      update: update === null ? null : Buffer.from(update).toString('base64'),
      have: Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
    },
  );
  if (given.update !== null) Y.applyUpdate(doc, Buffer.from(given.update, 'base64'));
  window.theirs = Buffer.from(given.have, 'base64');
  if (theirs === null) return exchange(one, document, window);
  return !given.waits;
}

/** Types a word somewhere in the text. */
export function type(doc: Y.Doc, word: string, chance: () => number): void {
  const runs = runsOf(doc);
  const run = runs[Math.floor(chance() * (runs.length + 1))];
  if (run === undefined) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(word)]);
    textOf(doc).push([paragraph]);
    return;
  }
  run.insert(Math.floor(chance() * (run.length / wordLength + 1)) * wordLength, word);
}

/** Takes a word out again; gives it, null where there is none. */
export function strike(doc: Y.Doc, chance: () => number): string | null {
  const runs = runsOf(doc).filter(({ length }) => length > 0);
  const run = runs[Math.floor(chance() * runs.length)];
  if (run === undefined) return null;
  const at = Math.floor((chance() * run.length) / wordLength) * wordLength;
  const word = plainText(run).slice(at, at + wordLength);
  run.delete(at, wordLength);
  return word;
}

/** The words of a draft in their order. */
export function wordsOf(doc: Y.Doc | null): readonly string[] {
  if (doc === null) return [];
  return runsOf(doc).flatMap((run) => plainText(run).match(/.{6}/gu) ?? []);
}

function runsOf(doc: Y.Doc): readonly Y.XmlText[] {
  return textOf(doc)
    .toArray()
    .flatMap((paragraph) => (paragraph instanceof Y.XmlElement ? paragraph.toArray() : []))
    .filter((child) => child instanceof Y.XmlText);
}

function plainText(run: Y.XmlText): string {
  return (run.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
}
