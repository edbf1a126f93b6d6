import { AppError } from '../../shared/kernel/public.ts';
import { extractFile, type ExtractedFile } from '../../shared/node/pdf-text/public.ts';
import { findSentence, sentence } from '../setup/sentences.mjs';

const exits = { done: 0, cannotSay: 2, usage: 64, unreadable: 66 } as const;

/** `antin extract FILE… [--json]`: what each received file says of itself. */
export async function run(args: readonly string[]): Promise<number> {
  const { files, json, wrong } = parse(args);
  if (wrong || files.length === 0) {
    process.stderr.write(`${sentence('extract.usage')}\n`);
    return exits.usage;
  }
  let worst: number = exits.done;
  for (const file of files) worst = Math.max(worst, await extractOne(file, json));
  return worst;
}

function parse(args: readonly string[]) {
  const end = args.indexOf('--');
  const options = (end < 0 ? args : args.slice(0, end)).filter((arg) => arg.startsWith('-'));
  const files = args.filter(
    (arg, index) => arg !== '--' && (!arg.startsWith('-') || (end >= 0 && index > end)),
  );
  return { files, json: options.includes('--json'), wrong: options.some((option) => option !== '--json') };
}

async function extractOne(file: string, json: boolean): Promise<number> {
  try {
    const found = await extractFile(file);
    process.stdout.write(json ? `${JSON.stringify({ file, ...found })}\n` : human(file, found));
    if (found.hasScript) process.stderr.write(`${sentence('refusal.intake.script', { name: file })}\n`);
    return exits.done;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (json) process.stdout.write(`${JSON.stringify({ file, error: error.code })}\n`);
    process.stderr.write(`${findSentence(`refusal.${error.code}`, error.params) ?? error.code}\n`);
    return error.code === 'intake.unreadable' ? exits.unreadable : exits.cannotSay;
  }
}

function human(file: string, found: ExtractedFile): string {
  const none = sentence('extract.none');
  const { name, post } = found.signer;
  const signer = [name, post].filter((part) => part !== null).join(', ');
  const rows = [
    ['notation', found.notation ?? found.symbol],
    ['issuedOn', found.issuedOn?.split('-').toReversed().join('/')],
    ['issuer', found.issuer],
    ['superior', found.superior],
    ['kind', found.kind],
    ['subject', found.subject],
    ['signer', signer === '' ? null : signer],
    ['urgency', found.urgency === null ? null : sentence(`extract.urgency.${found.urgency}`)],
    ['recipients', found.recipients.length === 0 ? null : found.recipients.join('; ')],
    ['pages', String(found.pages)],
  ] as const;
  const lines = rows.map(([field, value]) => `  ${sentence(`extract.field.${field}`)}: ${value ?? none}`);
  const secret = found.secrecy === null ? [] : [`  ${sentence('extract.secret')}`];
  return `${[file, ...lines, ...secret].join('\n')}\n`;
}
