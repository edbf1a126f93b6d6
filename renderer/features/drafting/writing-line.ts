import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  WorkingDraftSchema,
  appendicesOf,
  fieldsOf,
  readDraft,
  type Writer,
} from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';

type Exchanged = Awaited<ReturnType<typeof core.drafting.exchange>>;

/** How safe the writing is: on this machine, at the server too, about to be kept, or not kept for a reason. */
export type Safety =
  Readonly<{ state: 'kept' | 'recorded' | 'changed' }> | Readonly<{ state: 'failed'; error: unknown }>;

/** What is shown of a draft besides its text, which the editor shows by itself. */
export type LineState = Readonly<{
  /** Its words are here; before, nothing is to be written. */
  isReady: boolean;
  /** They make a draft that can be written on. */
  isWhole: boolean;
  /** They are on another machine and have not come yet. */
  waits: boolean;
  /** Words written too late for what was submitted wait for a decision. */
  late: boolean;
  safety: Safety;
  others: readonly Writer[];
  fields: Readonly<Record<string, unknown>>;
  titles: readonly string[];
}>;

/** Somebody else changed a field after it was changed here. */
export type Overwritten = Readonly<{ field: string; before: unknown }>;

const gatherMs = 200;
const againMs = 3000;
const fromCore = Symbol('from the core');

/**
 * The line between a window and the core for one draft: what is written here goes in, what others write comes out, and
 * everybody sees where the others are. No key waits for it.
 */
export class WritingLine {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly #documentId: DocumentId;
  readonly #listeners = new Set<() => void>();
  #over = new AbortController();
  #onOverwritten: (what: Overwritten) => void = () => undefined;
  readonly #changedHere = new Set<string>();
  #state: LineState;
  #theirs: Uint8Array | null = null;
  #isDirty = false;
  #hasMoved = false;
  #running: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(documentId: DocumentId) {
    this.#documentId = documentId;
    this.#state = {
      isReady: false,
      isWhole: false,
      waits: false,
      late: false,
      safety: { state: 'kept' },
      others: [],
      fields: {},
      titles: [],
    };
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === fromCore) return;
      this.#isDirty = true;
      if (this.#state.safety.state !== 'failed') this.#put({ safety: { state: 'changed' } });
      this.#soon();
    });
    this.awareness.on('change', (_change: unknown, origin: unknown) => {
      if (origin === fromCore) return;
      this.#hasMoved = true;
      this.#soon();
    });
    fieldsOf(this.doc).observe((event) => {
      for (const [field, { oldValue }] of event.changes.keys) {
        if (event.transaction.origin !== fromCore) this.#changedHere.add(field);
        else if (this.#changedHere.delete(field)) this.#onOverwritten({ field, before: oldValue });
      }
      this.#put({ fields: fieldsOf(this.doc).toJSON() });
    });
    appendicesOf(this.doc).observeDeep(() => {
      this.#put({ titles: appendicesOf(this.doc).map((one) => titleOf(one)) });
    });
  }

  /** Begins to listen; what is given ends it, once everything written is kept. */
  readonly open = (onOverwritten: (what: Overwritten) => void): (() => void) => {
    this.#onOverwritten = onOverwritten;
    const over = new AbortController();
    this.#over = over;
    void this.#listen(over.signal);
    return () => {
      void this.flush().finally(() => {
        over.abort();
        this.awareness.destroy();
      });
    };
  };

  readonly state = (): LineState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Keeps what is not kept yet; false when that was refused. */
  readonly flush = async (): Promise<boolean> => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#running !== null) await this.#running;
    return this.#isDirty ? this.#exchange() : this.#state.safety.state !== 'failed';
  };

  /** What stands already is no news: a key pressed in the text draws nothing around it anew. */
  #put(part: Partial<LineState>): void {
    const next = { ...this.#state, ...part };
    // An error says nothing of itself as text, and each is told.
    if (part.safety?.state !== 'failed' && JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #soon(ms = gatherMs): void {
    if (this.#over.signal.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#exchange();
    }, ms);
  }

  /** One at a time: what is written meanwhile goes with the next. */
  #exchange(): Promise<boolean> {
    this.#running ??= this.#ask().finally(() => {
      this.#running = null;
      if (this.#isDirty || this.#hasMoved) {
        this.#soon(this.#state.safety.state === 'failed' ? againMs : gatherMs);
      }
    });
    return this.#running;
  }

  async #ask(): Promise<boolean> {
    const isDirty = this.#isDirty;
    this.#isDirty = false;
    this.#hasMoved = false;
    const cursor: unknown = this.awareness.getLocalState()?.['cursor'] ?? null;
    const update = isDirty && this.#theirs !== null ? Y.encodeStateAsUpdate(this.doc, this.#theirs) : null;
    try {
      const given = await core.drafting.exchange({
        documentId: this.#documentId,
        client: this.doc.clientID,
        cursor,
        update: update?.toBase64() ?? null,
        have: Y.encodeStateVector(this.doc).toBase64(),
      });
      this.#take(given);
      // What was written before it was known what the core has goes now.
      if (isDirty && update === null) this.#isDirty = true;
      if (!this.#isDirty) {
        this.#put({ safety: { state: given.kept === 'recorded' ? 'recorded' : 'kept' } });
      }
      return true;
    } catch (error) {
      this.#isDirty ||= isDirty;
      if (!this.#over.signal.aborted) this.#put({ safety: { state: 'failed', error } });
      return false;
    }
  }

  #take({ update, have, others, waits, late }: Exchanged): void {
    if (update !== null) Y.applyUpdate(this.doc, Uint8Array.fromBase64(update), fromCore);
    this.#theirs = Uint8Array.fromBase64(have);
    this.#seat(others);
    const isWhole = this.#state.isWhole || WorkingDraftSchema.safeParse(readDraft(this.doc)).success;
    this.#put({ isReady: true, isWhole, waits, late, others });
  }

  /** Shows the others' places in the text. */
  #seat(others: readonly Writer[]): void {
    const states: Map<number, Record<string, unknown>> = this.awareness.getStates();
    const own = this.doc.clientID;
    const gone = [...states.keys()].filter(
      (client) => client !== own && !others.some((one) => one.client === client),
    );
    for (const client of gone) states.delete(client);
    for (const { client, person, cursor } of others) states.set(client, { user: { person }, cursor });
    const updated = others.map(({ client }) => client);
    if (gone.length + updated.length === 0) return;
    this.awareness.emit('change', [{ added: [], updated, removed: gone }, fromCore]);
  }

  /** Looks whenever somebody else wrote, came or went; being listened to is what keeps this window at the draft. */
  async #listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const asked = { documentId: this.#documentId, client: this.doc.clientID };
        const moves = await core.drafting.follow(asked, { signal });
        await this.#exchange();
        for (let next = await moves.next(); next.done !== true; next = await moves.next()) {
          await this.#exchange();
        }
      } catch (error) {
        if (!signal.aborted && !this.#state.isReady) this.#put({ safety: { state: 'failed', error } });
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}

function titleOf(appendix: Y.Map<unknown>): string {
  const title = appendix.get('title');
  return typeof title === 'string' ? title : '';
}
