import * as Y from 'yjs';
import { AppError } from '../../kernel/public.ts';

/** Two sides of a draft tell each other what they have; `update` null asks only. */
export type TextAsked = Readonly<{ update: Uint8Array | null; have: Uint8Array }>;
/** What the asker lacks, and what this side has. */
export type TextAnswered = Readonly<{ update: Uint8Array; have: Uint8Array }>;

/** A draft this long is no office's paper any more. */
const mostBytes = 16 * 1024 * 1024;

/** The draft out of its pieces, in whatever order they came; an empty one out of none. */
export function docOf(pieces: readonly Uint8Array[]): Y.Doc {
  // A name of its own takes longer to draw than all the rest, and is for documents within documents.
  const doc = new Y.Doc({ guid: '' });
  for (const piece of pieces) Y.applyUpdate(doc, piece);
  return doc;
}

/**
 * Takes somebody's words in; gives what of them was new, null where nothing was. What builds on words that are not here
 * yet is new to nobody: whoever has them sees it by `have`, and sends both. `drafting.malformed` for what is no update.
 */
export function takeUpdate(doc: Y.Doc, update: Uint8Array): Uint8Array | null {
  const fresh: Uint8Array[] = [];
  const note = (made: Uint8Array): void => {
    fresh.push(made);
  };
  doc.on('update', note);
  try {
    Y.applyUpdate(doc, update, 'exchange');
  } catch (cause) {
    throw new AppError('drafting.malformed', {}, cause);
  } finally {
    doc.off('update', note);
  }
  if (fresh.length === 0) return null;
  if (Y.encodeStateAsUpdate(doc).length > mostBytes) throw new AppError('drafting.too-long');
  return Y.mergeUpdates(fresh);
}

/** What whoever has `have` lacks; `drafting.malformed` where it says nothing. */
export function answerTo(doc: Y.Doc, have: Uint8Array): TextAnswered {
  try {
    return { update: Y.encodeStateAsUpdate(doc, have), have: Y.encodeStateVector(doc) };
  } catch (cause) {
    throw new AppError('drafting.malformed', {}, cause);
  }
}

/** Whether the other side, which has `theirs`, lacks words of ours. */
export function lacksOurs(doc: Y.Doc, theirs: Uint8Array): boolean {
  const known = Y.decodeStateVector(theirs);
  return [...Y.decodeStateVector(Y.encodeStateVector(doc))].some(
    ([client, clock]) => (known.get(client) ?? 0) < clock,
  );
}
