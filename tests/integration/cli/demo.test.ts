import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { validatePackage } from '#shared/node/packages/public.ts';
import { corpusPath } from '../../support/corpus.ts';

const antin = resolve(import.meta.dirname, '../../../cli/antin.mjs');
const ResultSchema = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({ name: z.string(), ok: z.boolean(), acts: z.array(z.string()), files: z.array(z.string()) }),
  ),
});

const between = ['send', 'recall', 'refuse', 'replace', 'lose-hub', 'compare'];
const meeting = [
  'meeting.propose',
  'meeting.convene',
  'meeting.papers',
  'meeting.invite',
  'meeting.positions',
  'meeting.attend',
  'meeting.adopt',
  'meeting.vote',
  'meeting.secret',
  'meeting.conclude',
  'meeting.minutes',
  'meeting.task',
];
const closing = [
  'dossier.open',
  'dossier.file',
  ...meeting,
  'dossier.close',
  'archive.handOver',
  'archive.export',
];
const steps = ['receive', 'register', 'return', 'sign', 'deliver', 'verify', ...between, ...closing];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-ngày-mẫu '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function demo(...args: readonly string[]) {
  const asked = promisify(execFile)(process.execPath, [antin, 'demo', '--json', ...args], {
    timeout: 280_000,
  });
  const { stdout } = await asked.catch((error: { stdout: string }) => ({ stdout: error.stdout }));
  return ResultSchema.parse(JSON.parse(stdout));
}

test(
  'a working day of two agencies ends with a paper that outsiders accept, that arrives as it was sealed, and lies in the packages of a file that the archive took',
  { timeout: 300_000 },
  async () => {
    const dir = join(folder, 'ngày một');
    const result = await demo('--dir', dir);
    expect(result.steps.filter((step) => !step.ok)).toEqual([]);
    expect(result.ok).toBe(true);
    const sealed =
      result.steps.flatMap((step) => step.files).find((file) => file.includes('2-co-quan')) ?? '';
    const arrived = result.steps.find(({ name }) => name === 'compare')?.files ?? [];
    expect(arrived).toHaveLength(5);
    expect(readFileSync(arrived[0] ?? '').equals(readFileSync(sealed))).toBe(true);
    const packages = result.steps.at(-1)?.files ?? [];
    expect(packages).toEqual([join(dir, '4-SIP_hoso.zip'), join(dir, '4-AIP_hoso.zip')]);
    for (const zip of packages) {
      expect(await validatePackage(zip)).toEqual([]);
      // The answer lies in it as it was sealed.
      const inside = execFileSync('unzip', ['-p', zip, '*/data/0000002.pdf'], { maxBuffer: 50_000_000 });
      expect(inside.equals(readFileSync(sealed))).toBe(true);
    }
    const roots = result.steps.flatMap((step) => step.files).find((file) => file.endsWith('.pem')) ?? '';
    expect(execFileSync('qpdf', ['--check', sealed], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
    expect(signaturesAccepted(sealed, roots)).toBe(2);
    // Both sides signed the minutes, and both packages have them.
    const minutes = join(dir, '4-bien-ban-giao-nhan.pdf');
    expect(signaturesAccepted(minutes, roots)).toBe(2);
    for (const zip of packages) {
      const inside = execFileSync('unzip', ['-p', zip, '*/documentation/minutes/*'], {
        maxBuffer: 50_000_000,
      });
      expect(inside.equals(readFileSync(minutes))).toBe(true);
    }
    // The secretary and the chair of the meeting; its papers bear the name of whoever took them along.
    expect(signaturesAccepted(join(dir, '5-bien-ban-hop.pdf'), roots)).toBe(2);
    const pack = execFileSync('pdftotext', [join(dir, '5-tai-lieu-hop.pdf'), '-'], { encoding: 'utf8' });
    expect(pack).toContain('Phụ lục kế hoạch (đổi từ bản 1: Bổ sung phụ lục)');
    expect(cmsAccepted(sealed, roots)).toBe(2);
    const fonts = execFileSync('pdffonts', [sealed], { encoding: 'utf8' })
      .split('\n')
      .slice(2)
      .filter(Boolean);
    expect(fonts.filter((line) => !line.includes('LiberationSerif'))).toEqual([]);
  },
);

test('the day takes any folder of real papers', { timeout: 300_000 }, async () => {
  const incoming = join(folder, 'văn bản thật');
  mkdirSync(incoming);
  for (const name of ['congbao_thong-tu-so-28-2026-tt-bkhcn-469700.pdf', 'aip_01.02.002.pdf']) {
    copyFileSync(corpusPath('incoming', name), join(incoming, name));
  }
  const result = await demo('--dir', join(folder, 'ngày hai'), '--in', incoming);
  expect(result.ok).toBe(true);
  expect(
    result.steps.find(({ name }) => name === 'register')?.acts.filter((act) => act === 'incomingRegistered'),
  ).toHaveLength(2);
});

// The soak breaks the others too.
test.each(
  process.env['ANTIN_EVERY_STEP'] === '1' ? steps : ['register', 'sign', 'verify', 'meeting.minutes'],
)('a day whose step "%s" is spoiled does not end well', { timeout: 300_000 }, async (step) => {
  const result = await demo('--dir', join(folder, `hỏng ${step}`), '--break', step);
  expect(result.ok).toBe(false);
  expect(result.steps.at(-1)).toMatchObject({ name: step, ok: false });
});

function signaturesAccepted(pdf: string, root: string): number {
  const nss = mkdtempSync(join(folder, 'nss-'));
  execFileSync('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${nss}`, '-n', 'root', '-t', 'C,C,C', '-i', root]);
  const said = execFileSync('pdfsig', ['-nssdir', `sql:${nss}`, pdf], { encoding: 'utf8' });
  const valid = said.match(/Signature is Valid\./gu)?.length ?? 0;
  const trusted = said.match(/Certificate is Trusted\./gu)?.length ?? 0;
  return Math.min(valid, trusted);
}

function cmsAccepted(pdf: string, root: string): number {
  return cutSignatures(pdf).filter(({ cms, content }) => {
    execFileSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-binary',
        '-cades',
        '-inform',
        'DER',
        '-in',
        cms,
        '-content',
        content,
        '-CAfile',
        root,
        '-purpose',
        'any',
        '-out',
        '/dev/null',
      ],
      { stdio: ['ignore', 'ignore', 'ignore'] },
    );
    return true;
  }).length;
}

function cutSignatures(pdf: string): { cms: string; content: string }[] {
  const bytes = readFileSync(pdf);
  const ranges = [
    ...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/gu),
  ];
  return ranges.map((match, index) => {
    const [from = 0, length = 0, after = 0, rest = 0] = match.slice(1).map(Number);
    const hex = bytes.subarray(from + length + 1, after - 1).toString('latin1');
    const padded = Buffer.from(hex, 'hex');
    const cms = `${pdf}.${index}.der`;
    const content = `${pdf}.${index}.bin`;
    writeFileSync(cms, padded.subarray(0, 4 + padded.readUInt16BE(2)));
    writeFileSync(
      content,
      Buffer.concat([bytes.subarray(from, from + length), bytes.subarray(after, after + rest)]),
    );
    return { cms, content };
  });
}
