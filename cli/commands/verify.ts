import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { InstantSchema, instantFrom, type Instant } from '../../shared/kernel/public.ts';
import type { SignatureReport, VerifyReport } from '../../shared/signing/public.ts';
import { verifyPdf } from '../../shared/node/pdf-signing/public.ts';
import { sentence } from '../setup/sentences.mjs';
import { readTrust } from '../read-trust.ts';

const usage = 'antin verify FILE.pdf… [--trust PEM-or-folder]… [--at INSTANT] [--offline] [--json]\n';
const unreadablePath = 66;

/** `antin verify FILE.pdf… [--trust PEM-or-folder]… [--at INSTANT] [--offline] [--json]`: judges every signature. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = parse(args);
  if (parsed === null) {
    process.stderr.write(usage);
    return 64;
  }
  const question = { trust: parsed.trust.flatMap(readTrust), at: parsed.at };
  const codes = parsed.files.map((file) => {
    const bytes = readFile(file);
    if (bytes === null) return unreadablePath;
    const report = verifyPdf(bytes, question);
    process.stdout.write(parsed.json ? `${JSON.stringify({ file, ...report })}\n` : describe(file, report));
    return exitCodes[report.verdict];
  });
  return await Promise.resolve(worst(codes));
}

/** A file without a signature is a plain no: nothing in it can be relied on. */
const exitCodes: Readonly<Record<VerifyReport['verdict'], number>> = {
  valid: 0,
  invalid: 1,
  unsigned: 1,
  indeterminate: 2,
};

function worst(codes: readonly number[]): number {
  return [unreadablePath, 1, 2].find((code) => codes.includes(code)) ?? 0;
}

type Parsed = Readonly<{ files: readonly string[]; trust: readonly string[]; at: Instant; json: boolean }>;

function parse(args: readonly string[]): Parsed | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string', multiple: true },
        at: { type: 'string' },
        // Nothing is ever asked of the network: a document carries its proof, or the verdict cannot say.
        offline: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    const at = values.at === undefined ? instantFrom(Date.now()) : readInstant(values.at);
    if (positionals.length === 0 || at === null) return null;
    return { files: positionals, trust: values.trust ?? [], at, json: values.json === true };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function readInstant(text: string): Instant | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : InstantSchema.parse(new Date(ms).toISOString());
}

function readFile(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    process.stderr.write(`${sentence('refusal.signing.no-such-file', { file: path })}\n`);
    return null;
  }
}

function describe(file: string, report: VerifyReport): string {
  const lines = [`${file}: ${sentence(`verdict.${report.verdict}`)}`, ...report.reasons.map(reasonLine)];
  return `${[...lines, ...report.signatures.flatMap(signatureLines)].join('\n')}\n`;
}

function signatureLines(signature: SignatureReport): readonly string[] {
  return [
    `  ${signature.field}: ${signature.signer} (${signature.level}) ${signature.signedAt ?? ''}`.trimEnd(),
    `    ${sentence(`verdict.${signature.verdict}`)} · ${sentence(`integrity.${signature.integrity}`)} · ${sentence(`trust.${signature.trust}`)}`,
    ...(signature.provenAt === null ? [] : [`    ${sentence('verify.proven', { at: signature.provenAt })}`]),
    ...(signature.subIndication === null ? [] : [`    ${signature.indication} ${signature.subIndication}`]),
    ...signature.reasons.map((reason) => `  ${reasonLine(reason)}`),
  ];
}

function reasonLine(reason: string): string {
  return `  - ${sentence(`reason.${reason}`)}`;
}
