import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/kernel/public.ts';
import { whyNotSend } from '../../shared/exchange/public.ts';
import { connectionNamed, writeMessage } from '../../shared/node/edxml/public.ts';
import { findSentence, sentence } from '../setup/sentences.mjs';
import { textIn } from '../read-text.ts';
import { readDraft, type DraftMessage } from './draft.ts';

const exits = { done: 0, no: 1, usage: 64, unreadable: 66 } as const;

/** `antin edxml write MESSAGE.json [--files DIR] [--connection ID] -o OUT [--json]`: a message from its description. */
export async function writeEdxml(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      files: { type: 'string' },
      connection: { type: 'string' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    },
  });
  const [path] = positionals;
  const { output } = values;
  if (path === undefined || positionals.length > 1 || output === undefined) {
    process.stderr.write(`${sentence('edxml.usage')}\n`);
    return exits.usage;
  }
  const text = textIn(path);
  if (text === null) {
    return complain(sentence('refusal.edxml.no-such-file', { file: path }), exits.unreadable);
  }
  const connection = connectionNamed(values.connection ?? null);
  const draft = await readDraft(text, values.files ?? dirname(path));
  if ('kind' in draft) {
    return draft.kind === 'no-file'
      ? complain(sentence('refusal.edxml.no-such-file', { file: draft.file }), exits.unreadable)
      : complain(sentence('edxml.wrong-description', { path, ...draft }), exits.no);
  }
  const refusals = whyNotSend(draft.message, connection);
  for (const { code, params } of refusals) {
    process.stderr.write(`${findSentence(`refusal.${code}`, params) ?? code}\n`);
  }
  if (refusals.length > 0) return exits.no;
  const size = writeWhole(draft, connection, output);
  if (size === null) return complain(sentence('edxml.unwritable', { path: output }), exits.unreadable);
  const said =
    values.json === true
      ? JSON.stringify({ file: output, size })
      : sentence('edxml.done', { file: output, size });
  process.stdout.write(`${said}\n`);
  return exits.done;
}

/** Under another name until it is whole; the size, or null where it cannot be written there. */
function writeWhole(
  { message, files }: DraftMessage,
  connection: Parameters<typeof writeMessage>[1],
  output: string,
): number | null {
  const aside = `${output}.part`;
  try {
    const file = openSync(aside, 'w');
    let size = 0;
    try {
      for (const piece of writeMessage(message, connection, (_, index) => piecesOf(files[index] ?? ''))) {
        for (let written = 0; written < piece.length;) written += writeSync(file, piece, written);
        size += piece.length;
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, output);
    return size;
  } catch (error) {
    rmSync(aside, { force: true });
    if (error instanceof AppError) throw error;
    return null;
  }
}

function* piecesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const piece = new Uint8Array(255 * 1024);
      const length = readSync(file, piece);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}
