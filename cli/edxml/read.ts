import { closeSync, openSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { registerFieldsOf, type Connection } from '../../shared/exchange/public.ts';
import { AppError, InstantSchema, instantFrom, type Instant } from '../../shared/kernel/public.ts';
import {
  connectionNamed,
  judgeMessageSignature,
  nameOfKind,
  openMessageReader,
  type MessageSignatureReport,
  type ReadMessage,
} from '../../shared/node/edxml/public.ts';
import { noEvidence } from '../../shared/node/pdf-signing/public.ts';
import { readTrust } from '../read-trust.ts';
import { findSentence, sentence } from '../setup/sentences.mjs';
import { describeMessage } from './describe.ts';
import { keepIn, type KeptFile, type Keeping } from './keep-attachments.ts';

const exits = { done: 0, no: 1, cannotSay: 2, usage: 64, unreadable: 66 } as const;

/**
 * `antin edxml read FILE [--to DIR] [--trust PEM-or-folder]… [--at INSTANT] [--connection ID] [--json]`: what a message
 * says, its attachments into a folder, and what its signature is worth. The exit code speaks of the reading; with
 * `--trust` of the signature as well.
 */
export function readEdxml(args: readonly string[]): number {
  const parsed = parse(args);
  if (parsed === null) {
    process.stderr.write(`${sentence('edxml.usage')}\n`);
    return exits.usage;
  }
  const source = openFile(parsed.file);
  if (source === null) {
    process.stderr.write(`${sentence('refusal.edxml.no-such-file', { file: parsed.file })}\n`);
    return exits.unreadable;
  }
  const keeping = parsed.to === null ? null : folderFor(parsed.to);
  if (keeping === 'unwritable') {
    closeSync(source);
    process.stderr.write(`${sentence('refusal.edxml.no-such-folder', { folder: parsed.to ?? '' })}\n`);
    return exits.unreadable;
  }
  try {
    const read = readAll(source, keeping);
    const kept = keeping?.keep(
      read.message.kind === 'document' ? read.message.attachments.map(({ name }) => name) : [],
    );
    return tell(parsed, read, kept ?? []);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (parsed.json) {
      process.stdout.write(`${JSON.stringify({ file: parsed.file, error: error.code, ...error.params })}\n`);
    }
    process.stderr.write(`${findSentence(`refusal.${error.code}`, error.params) ?? error.code}\n`);
    return exits.no;
  } finally {
    closeSync(source);
    keeping?.drop();
  }
}

type Parsed = Readonly<{
  file: string;
  to: string | null;
  /** Null where nobody asked what the signature is worth. */
  trust: readonly string[] | null;
  at: Instant;
  connection: Connection;
  json: boolean;
}>;

function parse(args: readonly string[]): Parsed | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      trust: { type: 'string', multiple: true },
      at: { type: 'string' },
      connection: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  const atMs = values.at === undefined ? Date.now() : Date.parse(values.at);
  if (file === undefined || positionals.length > 1 || Number.isNaN(atMs)) return null;
  return {
    file,
    to: values.to ?? null,
    trust: values.trust ?? null,
    at: InstantSchema.parse(instantFrom(atMs)),
    connection: connectionNamed(values.connection ?? null),
    json: values.json === true,
  };
}

function openFile(path: string): number | null {
  try {
    const file = openSync(path, 'r');
    readSync(file, new Uint8Array(1), 0, 1, 0);
    return file;
  } catch {
    return null;
  }
}

function folderFor(path: string): Keeping | 'unwritable' {
  try {
    return keepIn(path);
  } catch {
    return 'unwritable';
  }
}

function readAll(source: number, keeping: Keeping | null): ReadMessage {
  const reader = openMessageReader(keeping === null ? {} : { sinkFor: keeping.sinkFor });
  const piece = new Uint8Array(256 * 1024);
  for (;;) {
    const length = readSync(source, piece);
    if (length === 0) return reader.end();
    reader.write(piece.subarray(0, length));
  }
}

function tell(parsed: Parsed, read: ReadMessage, kept: readonly KeptFile[]): number {
  const roots = (parsed.trust ?? []).flatMap(readTrust);
  const signature = judgeMessageSignature(read.signature, {
    trust: roots,
    evidence: noEvidence,
    at: parsed.at,
  });
  const { message, notes, isComplete } = read;
  const register =
    message.kind === 'document' ? registerFieldsOf(message, parsed.connection, nameOfKind) : null;
  const said = { file: parsed.file, complete: isComplete, message, register, signature, notes, kept };
  process.stdout.write(parsed.json ? `${JSON.stringify(said)}\n` : describeMessage(said));
  // Whoever reads only what is printed for programs still hears of it.
  if (signature.verdict === 'invalid') process.stderr.write(`${sentence('edxml.signature-broken')}\n`);
  if (!isComplete) return exits.no;
  return parsed.trust === null ? exits.done : exitOf(signature);
}

function exitOf({ verdict }: MessageSignatureReport): number {
  if (verdict === 'valid') return exits.done;
  return verdict === 'indeterminate' ? exits.cannotSay : exits.no;
}
