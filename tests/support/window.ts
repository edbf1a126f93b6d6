import * as Y from 'yjs';
import type { CoreClient } from '#electron/host/core.ts';
import { fieldsOf, fromEditor, readDraft, textOf, writeFields } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';

const fromCore = Symbol('from the core');

/** Somebody's open draft without a screen: it speaks with the core as the window does. */
export class DraftWindow {
  readonly doc = new Y.Doc();
  readonly #client: CoreClient;
  readonly #documentId: DocumentId;
  #theirs: Uint8Array | null = null;
  last: Awaited<ReturnType<CoreClient['drafting']['exchange']>> | null = null;

  constructor(client: CoreClient, documentId: DocumentId) {
    this.#client = client;
    this.#documentId = documentId;
  }

  async exchange(): Promise<void> {
    const update = this.#theirs === null ? null : Y.encodeStateAsUpdate(this.doc, this.#theirs);
    const given = await this.#client.drafting.exchange({
      documentId: this.#documentId,
      client: this.doc.clientID,
      cursor: null,
      update: update === null ? null : Buffer.from(update).toString('base64'),
      have: Buffer.from(Y.encodeStateVector(this.doc)).toString('base64'),
    });
    if (given.update !== null) Y.applyUpdate(this.doc, Buffer.from(given.update, 'base64'), fromCore);
    const isFirst = this.#theirs === null;
    this.#theirs = Buffer.from(given.have, 'base64');
    this.last = given;
    if (isFirst) await this.exchange();
  }

  /** Adds a paragraph at the end, on this machine. */
  async write(sentence: string): Promise<void> {
    await this.exchange();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(sentence)]);
    textOf(this.doc).push([paragraph]);
    await this.exchange();
  }

  async say(fields: Readonly<Record<string, unknown>>): Promise<void> {
    await this.exchange();
    writeFields(this.doc, fields);
    await this.exchange();
  }

  async text(): Promise<string> {
    await this.exchange();
    return this.written();
  }

  written(): string {
    return fromEditor(readDraft(this.doc).body)
      .map((block) => ('runs' in block ? block.runs.map(({ text }) => text).join('') : ''))
      .join('\n');
  }

  field(name: string): unknown {
    return fieldsOf(this.doc).get(name);
  }
}
