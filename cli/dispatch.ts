import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../shared/kernel/public.ts';
import { findSentence, sentence } from './setup/sentences.mjs';

/** Exit codes that scripts rely on. */
export const exitCode = { done: 0, refused: 1, usage: 64, ourFault: 70 } as const;

type Command = Readonly<{ run: (args: readonly string[]) => Promise<number> }>;

const commands = [
  'demo',
  'verify',
  'sign',
  'typeset',
  'check',
  'extract',
  'edxml',
  'archive',
  'serve',
  'audit',
  'backup',
  'restore',
  'simulate',
  'bench',
] as const;

/** Runs `antin <command> …` and gives its exit code; whatever goes wrong ends in one sentence on stderr. */
export async function dispatch(args: readonly string[]): Promise<number> {
  stopQuietlyWhenNobodyReads();
  const [name, ...rest] = args;
  const asksHelp = args.some((arg) => arg === '--help' || arg === '-h');
  if (name === undefined || asksHelp || name === 'help') {
    process.stdout.write(help());
    return name === undefined ? exitCode.usage : exitCode.done;
  }
  if (!commands.some((known) => known === name)) {
    return complain(sentence('cli.unknown-command', { name }), exitCode.usage);
  }
  if (!isBuilt(name)) return complain(sentence('cli.not-built', { name }), exitCode.usage);
  try {
    const command: unknown = await import(pathToFileURL(fileOf(name)).href);
    if (!isCommand(command)) throw new TypeError(`cli/commands/${name}.ts does not export run()`);
    return await command.run(rest);
  } catch (error) {
    return explain(error);
  }
}

function fileOf(name: string): string {
  return join(import.meta.dirname, 'commands', `${name}.ts`);
}

function isBuilt(name: string): boolean {
  return existsSync(fileOf(name));
}

function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
}

function help(): string {
  const built = commands
    .filter(isBuilt)
    .map((name) => `  ${name.padEnd(10)} ${sentence(`cli.command.${name}`)}`);
  return [sentence('cli.usage'), '', ...built, '', sentence('cli.usage-more'), ''].join('\n');
}

function explain(error: unknown): number {
  if (process.env['ANTIN_DEBUG'] === '1') console.error(error);
  if (error instanceof AppError) {
    const known = findSentence(`refusal.${error.code}`, error.params);
    if (known !== null) return complain(known, exitCode.refused);
  }
  const what = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  if (isWrongUse(error)) return complain(sentence('cli.wrong-arguments', { what }), exitCode.usage);
  return complain(sentence('cli.unexpected', { what }), exitCode.ourFault);
}

/** Node's own reader of arguments throws on an option it was not told about. */
function isWrongUse(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

/** `antin … | head` closes our stdout early; that is the reader's choice and no fault. */
function stopQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done);
    throw error;
  });
}
