import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import { signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { PdfError } from '#shared/node/pdf-signing/pdf/values.ts';
import { signedAt, type SigningOffice } from './signing-office.ts';

/** What became of a file: signed twice without a fault, refused with a reason that has a sentence, or harmed. */
export type Outcome = Readonly<
  | { kind: 'signed'; unread: boolean }
  | { kind: 'refused'; code: string; detail: string }
  | { kind: 'fault'; what: string }
>;

type Judging = Readonly<{
  office: SigningOffice;
  /** Where the programs of others find the file; `name` is its own there. */
  folder: string;
  name: string;
}>;

/** Signs a file as its leader and then as its agency, and has everybody look at what came of it. */
export async function signTwice(original: Uint8Array, judging: Judging): Promise<Outcome> {
  let once: Uint8Array;
  let twice: Uint8Array;
  try {
    const { office } = judging;
    const order = { signedAt, signerName: 'Nguyễn Văn Ấn', createField: true } as const;
    once = await signField({ ...order, pdf: original, field: 'leader', key: office.leader.key });
    twice = await signField({ ...order, pdf: once, field: 'seal', key: office.seal.key });
  } catch (error) {
    return refusalIn(error);
  }
  const what =
    ownFault({ original, once, twice }, judging.office) ?? (await faultToOthers(original, twice, judging));
  if (what === 'unread') return { kind: 'signed', unread: true };
  return what === null ? { kind: 'signed', unread: false } : { kind: 'fault', what };
}

function refusalIn(error: unknown): Outcome {
  if (!(error instanceof AppError)) return { kind: 'fault', what: `not a refusal: ${String(error)}` };
  const { cause } = error;
  return {
    kind: 'refused',
    code: error.code,
    detail: cause instanceof PdfError ? `${cause.reason} ${cause.message}` : '',
  };
}

type Signed = Readonly<{ original: Uint8Array; once: Uint8Array; twice: Uint8Array }>;

function ownFault({ original, once, twice }: Signed, office: SigningOffice): string | null {
  if (!isPrefix(original, once) || !isPrefix(once, twice)) return 'the original bytes have moved';
  const report = verifyPdf(twice, { trust: [office.ca.certificateDer], at: signedAt });
  const own = report.signatures.filter(({ field }) => field === 'leader' || field === 'seal');
  const said = own.map(({ field, integrity, trust }) => `${field} ${integrity} ${trust}`).join(', ');
  return said === 'leader allowed-changes trusted, seal intact trusted'
    ? null
    : `we say: ${said} ${report.reasons.join()}`;
}

function isPrefix(before: Uint8Array, after: Uint8Array): boolean {
  return Buffer.from(before.buffer, before.byteOffset, before.length).equals(
    after.subarray(0, before.length),
  );
}

/** Faults that qpdf finds now and did not before, and signatures that pdfsig does not call valid. */
async function faultToOthers(
  original: Uint8Array,
  twice: Uint8Array,
  { folder, name }: Judging,
): Promise<string | null> {
  const path = join(folder, `${name}.pdf`);
  writeFileSync(path, twice);
  const after = await qpdfFaults(path);
  const said = await run('pdfsig', ['-nocert', path]);
  if (after.length > 0) {
    writeFileSync(path, original);
    const before = new Set(await qpdfFaults(path));
    const fresh = after.filter((line) => !before.has(line));
    if (fresh.length > 0) return `qpdf says: ${fresh.slice(0, 3).join('; ')}`;
  }
  const count = said.out.split('Signature #').length - 1;
  if (count < 2) return 'unread';
  const valid = validFields(said.out);
  return valid.has('leader') && valid.has('seal') ? null : `pdfsig says: ${[...valid].join(', ')}`;
}

function validFields(said: string): ReadonlySet<string> {
  const parts = said.split('Signature #').slice(1);
  const valid = parts.filter((part) => part.includes('Signature is Valid'));
  return new Set(valid.map((part) => /Signature Field Name: (.*)/.exec(part)?.[1] ?? ''));
}

async function qpdfFaults(path: string): Promise<readonly string[]> {
  const { code, out } = await run('qpdf', ['--check', path]);
  if (code === 0) return [];
  return out
    .replaceAll(path, '')
    .split('\n')
    .filter((line) => /WARNING|ERROR|error/.test(line));
}

function run(program: string, args: readonly string[]): Promise<Readonly<{ code: number; out: string }>> {
  const limits = { timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((settle) => {
    execFile(program, args, limits, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      settle({ code, out: `${stdout}\n${stderr}` });
    });
  });
}
