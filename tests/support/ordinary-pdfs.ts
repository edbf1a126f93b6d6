import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeset } from '#shared/node/typesetting/public.ts';
import { aDecision, aDraft } from './drafts.ts';
import { fieldedPdf } from './fielded-pdf.ts';
import { signedAt } from './signing-office.ts';

export type OrdinaryPdf = Readonly<{ name: string; read: () => Uint8Array }>;

/** Ways in which other programs write the same page anew; `IN` and `OUT` stand for the files. */
const rewritings: readonly (readonly [name: string, program: string, args: readonly string[]])[] = [
  ['linearised', 'qpdf', ['--linearize', 'IN', 'OUT']],
  ['packed', 'qpdf', ['--object-streams=generate', 'IN', 'OUT']],
  ['unpacked', 'qpdf', ['--object-streams=disable', 'IN', 'OUT']],
  ['packed and linearised', 'qpdf', ['--object-streams=generate', '--linearize', 'IN', 'OUT']],
  ['uncompressed', 'qpdf', ['--stream-data=uncompress', 'IN', 'OUT']],
  ['qdf', 'qpdf', ['--qdf', 'IN', 'OUT']],
  ['with its contents joined', 'qpdf', ['--coalesce-contents', 'IN', 'OUT']],
  ['as 1.4', 'qpdf', ['--force-version=1.4', '--object-streams=disable', 'IN', 'OUT']],
  ['encrypted', 'qpdf', ['--encrypt', '', 'mở', '256', '--', 'IN', 'OUT']],
  ['drawn anew by cairo', 'pdftocairo', ['-pdf', 'IN', 'OUT']],
  ['of two pages', 'pdfunite', ['IN', 'IN', 'OUT']],
  ['its first page', 'pdfseparate', ['-l', '1', 'IN', 'OUT']],
];

/** Pages set here, each as it is and as other programs write it; `drafts` of them. */
export async function generatedPdfs(folder: string, drafts: number): Promise<readonly OrdinaryPdf[]> {
  const found: OrdinaryPdf[] = [];
  const keep = (name: string, path: string): void => {
    found.push({ name, read: () => new Uint8Array(readFileSync(path)) });
  };
  for (let index = 0; index < drafts; index += 1) {
    const source = join(folder, `trang-${index}.pdf`);
    writeFileSync(source, await pageOf(index));
    keep(`page ${index}`, source);
    for (const [way, [name, program, args]] of rewritings.entries()) {
      const out = join(folder, `trang-${index}-${way}.pdf`);
      const given = args.map((arg) => (arg === 'IN' ? source : arg === 'OUT' ? out : arg));
      execFileSync(program, given, { stdio: 'ignore' });
      keep(`page ${index}, ${name}`, out);
    }
  }
  return found;
}

async function pageOf(index: number): Promise<Uint8Array> {
  const kind = index % 4;
  if (kind === 3) {
    return fieldedPdf({ xref: index % 8 === 3 ? 'table' : 'stream', paddingBytes: index * 100 });
  }
  const subject = `việc thứ ${index} trong năm`;
  const draft = kind === 2 ? { ...aDecision(), subject } : aDraft({ subject });
  const fields = kind === 0 ? null : { initials: index % 3 };
  return (await typeset(draft, { frozenAt: signedAt, fields })).pdf;
}
