import { ExchangeMessageSchema, type ExchangeMessage } from '#shared/exchange/public.ts';
import type { ContentSink } from './base64-content.ts';
import { openDecoding } from './decode-text.ts';
import type { Element } from './element.ts';
import { fault, graveNotes, type Note } from './fault.ts';
import { fieldsOf, neededPart } from './fields.ts';
import { usualLimits, type Limits } from './limits.ts';
import { homeOf, isNamed } from './names.ts';
import { openParser } from './parse-message.ts';
import { readAttachments } from './read-attachments.ts';
import { readDocument } from './read-document.ts';
import { readSignature, type ReadSignature } from './read-signature.ts';
import { readStatus } from './read-status.ts';

export type ReadMessage = Readonly<{
  message: ExchangeMessage;
  notes: readonly Note[];
  /** Nothing is missing of what was sent, nor of what a register needs. */
  isComplete: boolean;
  signature: ReadSignature | null;
}>;

export type ReadOptions = Readonly<{
  limits?: Limits;
  /** Where the bytes of the attachment at this place go; nowhere by default, they are only measured. */
  sinkFor?: (index: number) => ContentSink | null;
}>;

export type MessageReader = Readonly<{ write: (bytes: Uint8Array) => void; end: () => ReadMessage }>;

/** Takes the bytes of a message as they come. Faults are `edxml.<fault>`; odd things are noted and read over. */
export function openMessageReader({
  limits = usualLimits,
  sinkFor = () => null,
}: ReadOptions = {}): MessageReader {
  const notes = new Map<string, Note>();
  const note = (one: Note): void => {
    notes.set(`${one.code} ${one.where}`, one);
  };
  const decoding = openDecoding(note);
  const parser = openParser({ limits, note, sinkFor });
  let size = 0;
  return {
    write: (bytes) => {
      size += bytes.length;
      if (size > limits.mostBytes) {
        throw fault('too-large', { limit: Math.floor(limits.mostBytes / 1024 / 1024) });
      }
      parser.write(decoding.write(bytes));
    },
    end: () => {
      parser.write(decoding.end());
      const parsed = parser.end();
      const message = messageIn(parsed.root, note);
      const all = [...notes.values()];
      return {
        message,
        notes: all,
        isComplete: !all.some(({ code }) => graveNotes.has(code)),
        signature: readSignature(parsed),
      };
    },
  };
}

export function readMessage(bytes: Uint8Array, options: ReadOptions = {}): ReadMessage {
  const reader = openMessageReader(options);
  const piece = 64 * 1024;
  for (let at = 0; at < bytes.length; at += piece) reader.write(bytes.subarray(at, at + piece));
  return reader.end();
}

function messageIn(top: Element, note: (note: Note) => void): ExchangeMessage {
  const isEnvelope = isNamed(top, 'edXMLEnvelope');
  if (homeOf(top) === 'foreign' || !(isEnvelope || isNamed(top, 'edXML'))) {
    throw fault('not-edxml', { name: top.name });
  }
  const root = fieldsOf(top, note);
  const envelope = isEnvelope ? root : neededPart(root, 'edXMLEnvelope');
  const head = neededPart(envelope, 'edXMLHeader');
  const header = neededPart(head, 'MessageHeader');
  const trace = head.group('TraceHeaderList');
  const attachments = readAttachments(root, envelope);
  const message =
    header.text('StatusCode') === null ? readDocument({ header, trace, attachments }) : readStatus(header);
  const checked = ExchangeMessageSchema.safeParse(message);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw fault('bad-value', { path: issue?.path.join('.') ?? '' });
  }
  // The signature is judged apart.
  for (const one of [root, envelope, head]) one.tellUnknown('Signature');
  return checked.data;
}
