import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPath } from '../../support/corpus.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { signingOffice } from '../../support/signing-office.ts';

const antin = resolve(import.meta.dirname, '../../../cli/antin.mjs');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin ký số '));
  const office = signingOffice();
  writeFileSync(join(folder, 'gốc.der'), office.ca.certificateDer);
  writeFileSync(join(folder, 'lãnh đạo.p12'), office.leader.p12('123456'));
  writeFileSync(join(folder, 'pin'), '123456\n');
  writeFileSync(join(folder, 'sai'), '000000\n');
  writeFileSync(join(folder, 'văn bản.pdf'), fieldedPdf());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): Readonly<{ code: number | null; out: string; err: string }> {
  const { status, stdout, stderr } = spawnSync(process.execPath, [antin, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

const signing = ['sign', 'văn bản.pdf', '--p12', 'lãnh đạo.p12', '-o', 'đã ký.pdf'] as const;

describe('the command line of signatures', () => {
  test('signs a file and finds it valid for its root', () => {
    expect(run(...signing, '--pin-file', 'pin').code).toBe(0);
    const verified = run('verify', 'đã ký.pdf', '--trust', 'gốc.der', '--json');
    expect([verified.code, JSON.parse(verified.out).file, JSON.parse(verified.out).verdict]).toEqual([
      0,
      'đã ký.pdf',
      'valid',
    ]);
    expect(run('verify', 'đã ký.pdf').code).toBe(2);
  });

  test('takes all the roots of a folder, and says that a certificate ran out later', () => {
    run(...signing, '--pin-file', 'pin');
    expect(run('verify', 'đã ký.pdf', '--trust', folder).code).toBe(0);
    const later = run('verify', 'đã ký.pdf', '--trust', 'gốc.der', '--at', '2030-01-01T00:00:00Z', '--json');
    expect([later.code, JSON.parse(later.out).signatures[0].trust]).toEqual([2, 'expired']);
  });

  test('prints one value a line for several files and leaves with the worst of them', () => {
    const several = run('verify', 'văn bản.pdf', 'pin', '--json');
    expect(
      several.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).verdict),
    ).toEqual(['unsigned', 'indeterminate']);
    expect(several.code).toBe(1);
  });

  test('says in a sentence what is wrong: PIN, path, usage, a level without a service', () => {
    const wrongPin = run(...signing, '--pin-file', 'sai');
    expect([wrongPin.code, wrongPin.err.includes('PIN')]).toEqual([1, true]);
    expect(run('verify', 'không có.pdf').code).toBe(66);
    expect(run('sign', 'văn bản.pdf').code).toBe(64);
    expect(run('verify').code).toBe(64);
    expect(run(...signing, '--pin-file', 'pin', '--level', 'B-LTA').code).toBe(64);
    for (const { err } of [wrongPin, run('verify', 'không có.pdf')]) expect(err).not.toContain(' at ');
  });

  test('signs a received file that has no fields of its own', () => {
    const received = corpusPath('signatures', 'dss', 'validation', 'pdf-signed-original.pdf');
    const args = ['--p12', 'lãnh đạo.p12', '--pin-file', 'pin', '--role', 'copy', '-o', 'sao y.pdf'];
    expect(run('sign', received, ...args).code).toBe(0);
    const { signatures } = JSON.parse(run('verify', 'sao y.pdf', '--trust', 'gốc.der', '--json').out);
    expect(signatures.map((one: { integrity: string }) => one.integrity)).toEqual([
      'allowed-changes',
      'intact',
    ]);
  });

  test('shows a text mark with the time at the top right, in a field of its own', () => {
    const args = ['--p12', 'lãnh đạo.p12', '--pin-file', 'pin', '--role', 'copy', '-o', 'có dấu.pdf'];
    const made = run('sign', 'văn bản.pdf', ...args, '--mark', 'Sao y; Sở Khoa học và Công nghệ', '--json');
    expect([made.code, JSON.parse(made.out).field]).toEqual([0, 'copy']);
    const shown = spawnSync('pdftotext', ['-raw', 'có dấu.pdf', '-'], {
      cwd: folder,
      encoding: 'utf8',
    }).stdout;
    expect(shown).toMatch(/Sao y; Sở Khoa học và Công nghệ; \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \+07:00/u);
    const { signatures } = JSON.parse(run('verify', 'có dấu.pdf', '--trust', 'gốc.der', '--json').out);
    expect(signatures).toMatchObject([{ field: 'copy', role: 'copy', verdict: 'valid' }]);
    expect(run('sign', 'có dấu.pdf', ...args, '--mark', 'Sao y').code).toBe(1);
  });
});
