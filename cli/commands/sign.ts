import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { AppError, instantFrom } from '../../shared/kernel/public.ts';
import {
  openPkcs12,
  readCertificate,
  signField,
  type SignRole,
} from '../../shared/node/pdf-signing/public.ts';
import { sentence } from '../setup/sentences.mjs';

const usage =
  'antin sign FILE.pdf --p12 F [--pin-file F] [--role leader|seal|initials|copy] [--level B-B] -o OUT [--json]\n';
const roles: readonly SignRole[] = ['leader', 'seal', 'initials', 'copy'];

/** `antin sign FILE.pdf --p12 F [--pin-file F] [--role R] -o OUT`: signs as one revision after the given bytes. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = parse(args);
  if (parsed === null) {
    process.stderr.write(usage);
    return 64;
  }
  if (parsed.level !== 'B-B' || parsed.tsa !== null) {
    process.stderr.write(`${sentence('refusal.signing.level-not-built')}\n`);
    return 64;
  }
  const pdf = read(parsed.file);
  const p12 = read(parsed.p12);
  if (pdf === null || p12 === null) return 66;
  const pin = parsed.pinFile === null ? await askPin() : readPin(parsed.pinFile);
  if (pin === null) return 66;
  const key = openPkcs12(p12, pin);
  const signer = readCertificate(key.certificate).commonName;
  const signed = await signField({
    pdf,
    field: parsed.role,
    key,
    signedAt: instantFrom(Date.now()),
    signerName: signer,
    role: parsed.role,
    createField: true,
  });
  writeFileSync(parsed.out, signed);
  const done = { file: parsed.file, out: parsed.out, field: parsed.role, signer };
  process.stdout.write(
    parsed.json
      ? `${JSON.stringify({ ...done, level: 'B-B', ok: true })}\n`
      : `${sentence('sign.done', done)}\n`,
  );
  return 0;
}

type Parsed = Readonly<{
  file: string;
  p12: string;
  pinFile: string | null;
  role: SignRole;
  tsa: string | null;
  level: string;
  out: string;
  json: boolean;
}>;

function parse(args: readonly string[]): Parsed | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        p12: { type: 'string' },
        'pin-file': { type: 'string' },
        role: { type: 'string' },
        tsa: { type: 'string' },
        level: { type: 'string' },
        out: { type: 'string', short: 'o' },
        json: { type: 'boolean' },
      },
    });
    const [file] = positionals;
    const role = roles.find((known) => known === (values.role ?? 'leader'));
    if (file === undefined || positionals.length > 1 || role === undefined) return null;
    if (values.p12 === undefined || values.out === undefined) return null;
    return {
      file,
      p12: values.p12,
      pinFile: values['pin-file'] ?? null,
      role,
      tsa: values.tsa ?? null,
      level: values.level ?? 'B-B',
      out: values.out,
      json: values.json === true,
    };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function read(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    process.stderr.write(`${sentence('refusal.signing.no-such-file', { file: path })}\n`);
    return null;
  }
}

function readPin(path: string): string | null {
  const bytes = read(path);
  return bytes === null
    ? null
    : Buffer.from(bytes)
        .toString('utf8')
        .replace(/\r?\n$/u, '');
}

async function askPin(): Promise<string> {
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await ask.question(sentence('sign.ask-pin'));
  } catch (error) {
    throw new AppError('signing.wrong-pin', {}, error);
  } finally {
    ask.close();
  }
}
