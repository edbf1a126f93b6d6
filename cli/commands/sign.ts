import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { askOverHttp } from '../../electron/platform/ask-over-http.ts';
import { AppError, instantFrom } from '../../shared/kernel/public.ts';
import { openPkcs12, readCertificate, type SignRole } from '../../shared/node/pdf-signing/public.ts';
import { readTrust } from '../read-trust.ts';
import { sentence } from '../setup/sentences.mjs';
import { levels, signToLevel, type Level } from '../sign-to-level.ts';

const usage =
  'antin sign FILE.pdf --p12 F [--pin-file F] [--role leader|seal|initials|copy] [--tsa URL] [--level B-B|B-T|B-LT|B-LTA] [--trust PEM-or-folder]… -o OUT [--json]\n';
const roles: readonly SignRole[] = ['leader', 'seal', 'initials', 'copy'];

/** `antin sign FILE.pdf --p12 F [--pin-file F] [--role R] [--tsa URL] [--level L] [--trust F]… -o OUT`: signs as one revision after the given bytes. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = parse(args);
  if (parsed === null) {
    process.stderr.write(usage);
    return 64;
  }
  if (parsed.level !== 'B-B' && parsed.tsa === null) {
    process.stderr.write(`${sentence('refusal.signing.level-needs-tsa', { level: parsed.level })}\n`);
    return 64;
  }
  const pdf = read(parsed.file);
  const p12 = read(parsed.p12);
  if (pdf === null || p12 === null) return 66;
  const pin = parsed.pinFile === null ? await askPin() : readPin(parsed.pinFile);
  if (pin === null) return 66;
  const key = openPkcs12(p12, pin);
  const signer = readCertificate(key.certificate).commonName;
  const signed = await signToLevel(
    {
      pdf,
      field: parsed.role,
      key,
      signedAt: instantFrom(Date.now()),
      signerName: signer,
      role: parsed.role,
      createField: true,
    },
    {
      level: parsed.level,
      roots: parsed.trust.flatMap(readTrust),
      service: { url: parsed.tsa ?? '', ask: askOverHttp(), newNonce: () => randomBytes(8) },
    },
  );
  writeFileSync(parsed.out, signed);
  const done = { file: parsed.file, out: parsed.out, field: parsed.role, signer, level: parsed.level };
  process.stdout.write(
    parsed.json ? `${JSON.stringify({ ...done, ok: true })}\n` : `${sentence('sign.done', done)}\n`,
  );
  return 0;
}

type Parsed = Readonly<{
  file: string;
  p12: string;
  pinFile: string | null;
  role: SignRole;
  tsa: string | null;
  level: Level;
  trust: readonly string[];
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
        trust: { type: 'string', multiple: true },
        out: { type: 'string', short: 'o' },
        json: { type: 'boolean' },
      },
    });
    const [file] = positionals;
    const role = roles.find((known) => known === (values.role ?? 'leader'));
    const asked = values.level ?? (values.tsa === undefined ? 'B-B' : 'B-T');
    const level = levels.find((known) => known === asked);
    // A service nobody would ask is a mistake in the command.
    if (level === undefined || (level === 'B-B' && values.tsa !== undefined)) return null;
    if (file === undefined || positionals.length > 1 || role === undefined) return null;
    if (values.p12 === undefined || values.out === undefined) return null;
    return {
      file,
      p12: values.p12,
      pinFile: values['pin-file'] ?? null,
      role,
      tsa: values.tsa ?? null,
      level,
      trust: values.trust ?? [],
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
