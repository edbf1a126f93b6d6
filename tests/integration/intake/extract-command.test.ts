import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../cli/commands/extract.ts';
import { corpusPath } from '#tests/support/corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-extract-'));
const paper = corpusPath('incoming', 'tvpl_100_2001_nd_cp_7379.pdf');
let out = '';
let err = '';

beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('antin extract', () => {
  it('prints one JSON value a line, each naming its file', async () => {
    expect(await run([paper, paper, '--json'])).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      file: paper,
      number: '100',
      symbol: '2001/NĐ-CP',
      issuedOn: '2001-12-26',
      signer: { name: 'Phan Văn Khải', post: 'TM. Chính phủ - Thủ tướng', authority: 'TM.' },
      superior: null,
      method: 'text',
    });
    expect(err).toBe('');
  });

  it('prints the fields in Vietnamese for people', async () => {
    expect(await run([paper])).toBe(0);
    expect(out).toContain('Số và ký hiệu: 100/2001/NĐ-CP');
    expect(out).toContain('Ngày văn bản: 26/12/2001');
  });

  it('cannot say anything of a file that is no PDF, and still reads the next', async () => {
    const text = join(folder, 'thu.pdf');
    writeFileSync(text, 'Kính gửi');
    expect(await run([text, paper, '--json'])).toBe(2);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(out).toContain('"error":"intake.not-pdf"');
    expect(err).toContain('không phải là PDF');
  });

  it('answers 66 for a path that cannot be read and 64 for wrong usage', async () => {
    expect(await run([join(folder, 'khong-co.pdf')])).toBe(66);
    expect(await run([])).toBe(64);
    expect(await run([paper, '--xml'])).toBe(64);
  });
});
