import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { askOverHttp } from '../../shared/node/http/public.ts';
import {
  AppError,
  instantFrom,
  proofLevels,
  type Instant,
  type ProofLevel,
} from '../../shared/kernel/public.ts';
import {
  markedField,
  openPkcs12,
  readCertificate,
  signToLevel,
  type SignRole,
  type TextMark,
  type Validated,
} from '../../shared/node/pdf-signing/public.ts';
import { markFont } from '../../shared/node/typesetting/public.ts';
import { markOf } from '../../shared/signing/public.ts';
import { readTrust } from '../read-trust.ts';
import { sentence } from '../setup/sentences.mjs';

const usage =
  'antin sign FILE.pdf --p12 F [--pin-file F] [--role leader|seal|initials|copy] [--mark TEXT] [--tsa URL] [--level B-B|B-T|B-LT|B-LTA] [--trust PEM-or-folder]… -o OUT [--json]\n';
const roles: readonly SignRole[] = ['leader', 'seal', 'initials', 'copy'];

/**
 * `antin sign FILE.pdf --p12 F [--pin-file F] [--role R] [--mark TEXT] [--tsa URL] [--level L] [--trust F]… -o OUT`: signs
 * as one revision after the given bytes; a mark shows its text and the time at the top right of page 1 (NĐ 30 PL1 II).
 */
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
  const signedAt = instantFrom(Date.now());
  const shown = parsed.mark === null ? null : showMark(pdf, parsed.mark, { role: parsed.role, signedAt });
  const field = shown?.field ?? parsed.role;
  const order = { pdf, field, key, signedAt, signerName: signer, role: parsed.role };
  const raised = await signToLevel(
    shown === null ? { ...order, createField: true } : { ...order, mark: shown.mark },
    {
      level: parsed.level,
      roots: parsed.trust.flatMap(readTrust),
      service: { url: parsed.tsa ?? '', ask: askOverHttp(), newNonce: () => randomBytes(8) },
    },
  );
  refuseUnproven(raised);
  writeFileSync(parsed.out, raised.pdf);
  const done = { file: parsed.file, out: parsed.out, field, signer, level: parsed.level };
  process.stdout.write(
    parsed.json ? `${JSON.stringify({ ...done, ok: true })}\n` : `${sentence('sign.done', done)}\n`,
  );
  return 0;
}

/** The same mark, in a field of its own, as the office makes it. */
function showMark(
  pdf: Uint8Array,
  words: string,
  { role, signedAt }: Readonly<{ role: SignRole; signedAt: Instant }>,
): Readonly<{ field: string; mark: TextMark }> {
  const text = markOf([words], signedAt);
  return { field: markedField(pdf, role), mark: { text, font: markFont(text) } };
}

/** To the level that was asked for, or not at all: what cannot be proven is not called proven. */
function refuseUnproven({ found, missing }: Validated): void {
  const revoked = found.find(({ answer }) => answer.status === 'revoked');
  if (revoked !== undefined) {
    throw new AppError('signing.proven-revoked', { name: revoked.certificate.commonName });
  }
  const [first] = missing;
  if (first === undefined) return;
  const why = first.reasons.map((reason) => sentence(`reason.${reason}`)).join(' ');
  throw new AppError('signing.proof-missing', { name: first.certificate.commonName, why });
}

type Parsed = Readonly<{
  file: string;
  p12: string;
  pinFile: string | null;
  role: SignRole;
  mark: string | null;
  tsa: string | null;
  level: ProofLevel;
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
        mark: { type: 'string' },
        tsa: { type: 'string' },
        level: { type: 'string' },
        trust: { type: 'string', multiple: true },
        out: { type: 'string', short: 'o' },
        json: { type: 'boolean' },
      },
    });
    const [file] = positionals;
    const role = roles.find((known) => known === (values.role ?? 'leader'));
    const level = levelOf(values);
    if (level === null || file === undefined || positionals.length > 1 || role === undefined) return null;
    if (values.p12 === undefined || values.out === undefined) return null;
    return {
      file,
      p12: values.p12,
      pinFile: values['pin-file'] ?? null,
      role,
      mark: values.mark ?? null,
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

function levelOf({ level: said, tsa }: Readonly<{ level?: string; tsa?: string }>): ProofLevel | null {
  const asked = said ?? (tsa === undefined ? 'B-B' : 'B-T');
  const level = proofLevels.find((known) => known === asked) ?? null;
  // A service nobody would ask is a mistake in the command.
  return level === 'B-B' && tsa !== undefined ? null : level;
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
