import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatch } from '#cli/dispatch.ts';
import { corpusPath } from '../../support/corpus.ts';
import { aDocumentMessage, attachmentOf, paper, written } from '../../support/edxml/messages.ts';
import { signXml, xmlSigner } from '../../support/edxml/signed.ts';
import { signingOffice } from '../../support/signing-office.ts';

const antin = resolve(import.meta.dirname, '../../../cli/antin.mjs');
const home = process.cwd();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin liên thông '));
  const office = signingOffice();
  writeFileSync(join(folder, 'gốc.der'), office.ca.certificateDer);
  const xml = written(aDocumentMessage()).toString('utf8');
  writeFileSync(join(folder, 'đã ký.edxml'), signXml(xml, xmlSigner(office)));
  writeFileSync(join(folder, 'chưa ký.edxml'), xml);
  writeFileSync(join(folder, 'cụt.edxml'), xml.slice(0, -60));
  writeFileSync(join(folder, 'văn bản.pdf'), paper);
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

type Answer = Readonly<{ code: number | null; out: string; err: string }>;

/** The command in this process, as its program calls it; a process of its own for each call would take a minute. */
async function run(...args: readonly string[]): Promise<Answer> {
  const said = { out: '', err: '' };
  const out = process.stdout.write.bind(process.stdout);
  const err = process.stderr.write.bind(process.stderr);
  process.stdout.write = (text: string | Uint8Array): boolean => {
    said.out += String(text);
    return true;
  };
  process.stderr.write = (text: string | Uint8Array): boolean => {
    said.err += String(text);
    return true;
  };
  try {
    const code = await dispatch(['edxml', ...args]);
    return { code, ...said };
  } finally {
    process.stdout.write = out;
    process.stderr.write = err;
  }
}

describe('reading messages on the command line', () => {
  test('tells what a message says, to people and to programs, and gives its files as they were', async () => {
    const sample = corpusPath('edxml', 'edoc_revocation.edxml');
    const told = await run('read', sample, '--to', 'tệp đến');
    expect([told.code, told.out.split('\n')[0]]).toEqual([0, `${sample}: Thu hồi văn bản`]);
    expect(readdirSync(join(folder, 'tệp đến'))).toEqual(['1896_QD-TTg_m_294779.doc']);
    expect(readFileSync(join(folder, 'tệp đến', '1896_QD-TTg_m_294779.doc'))).toHaveLength(270_823);
    const { code, out } = await run('read', sample, '--json');
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        file: sample,
        complete: true,
        message: { kind: 'document', business: { kind: 'revocation' }, number: '7816' },
        register: {
          number: '7816',
          symbol: 'VPCP-TTĐT',
          issuer: 'Văn phòng Chính phủ',
          kind: 'Công văn',
          urgency: 'normal',
        },
        signature: { verdict: 'invalid' },
      },
    ]);
  });

  test('says what a signature is worth when it is told whom to believe', async () => {
    expect((await run('read', 'đã ký.edxml')).code).toBe(0);
    expect(
      (await run('read', 'đã ký.edxml', '--trust', 'gốc.der', '--at', '2026-11-23T00:00:00Z')).code,
    ).toBe(0);
    expect(
      (await run('read', 'đã ký.edxml', '--trust', 'gốc.der', '--at', '2036-11-23T00:00:00Z')).code,
    ).toBe(2);
    expect((await run('read', 'chưa ký.edxml', '--trust', 'gốc.der')).code).toBe(1);
    expect((await run('read', corpusPath('edxml', 'edoc_new.edxml'), '--trust', 'gốc.der')).code).toBe(1);
  });

  test('leaves no file behind of a message that is not whole', async () => {
    const { code, out, err } = await run('read', 'cụt.edxml', '--to', 'không gì', '--json');
    expect([code, JSON.parse(out).error, err.includes('bị cụt')]).toEqual([1, 'edxml.truncated', true]);
    expect(readdirSync(join(folder, 'không gì'))).toEqual([]);
  });

  test('writes nothing outside the folder, over anything or twice under one name', async () => {
    const names = [
      '../../../thoát.pdf',
      '/etc/passwd',
      'C:\\Windows\\x.pdf',
      'CON.pdf',
      'a.pdf',
      'A.PDF',
      'ａ.pdf',
      '.ẩn',
      'x\u202efdp.exe',
      '..',
      'có.pdf',
      'nối.pdf',
    ];
    const attachments = names.map((name, index) => attachmentOf(paper, { name, contentId: `cid:${index}` }));
    const hostile = written(
      aDocumentMessage({ attachments }),
      names.map(() => paper),
    );
    writeFileSync(join(folder, 'hiểm.edxml'), hostile);
    mkdirSync(join(folder, 'vào'));
    writeFileSync(join(folder, 'vào', 'có.pdf'), 'đã có');
    symlinkSync(join(folder, 'ngoài.pdf'), join(folder, 'vào', 'nối.pdf'));
    const { code, out } = await run('read', 'hiểm.edxml', '--to', 'vào', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).kept.map(({ as }: { as: string }) => as)).toEqual([
      '_.._.._thoát.pdf',
      '_etc_passwd',
      'C__Windows_x.pdf',
      '_CON.pdf',
      'a.pdf',
      'A (2).PDF',
      'ａ (3).pdf',
      'ẩn',
      'x_fdp.exe',
      'tep-10',
      'có (2).pdf',
      'nối (2).pdf',
    ]);
    expect(readFileSync(join(folder, 'vào', 'có.pdf'), 'utf8')).toBe('đã có');
    expect(readdirSync(folder)).not.toContain('ngoài.pdf');
    expect(readdirSync(folder)).not.toContain('thoát.pdf');
    expect(readdirSync(join(folder, 'vào')).filter((name) => name.startsWith('.antin'))).toEqual([]);
  });

  test('is what the program itself does', () => {
    const sample = corpusPath('edxml', 'status_inbox__01.edxml');
    const { status, stdout } = spawnSync(process.execPath, [antin, 'edxml', 'read', sample], {
      encoding: 'utf8',
    });
    expect([status, stdout.split('\n')[0]]).toEqual([0, `${sample}: Đã đến`]);
  });

  test('answers wrong use and lost paths with their codes', async () => {
    expect((await run()).code).toBe(64);
    expect((await run('read')).code).toBe(64);
    expect((await run('read', 'a', '--nothing')).code).toBe(64);
    expect((await run('read', 'đã ký.edxml', '--at', 'hôm qua')).code).toBe(64);
    expect((await run('read', 'không có.edxml')).code).toBe(66);
    expect((await run('read', '.')).code).toBe(66);
    expect((await run('read', 'đã ký.edxml', '--to', 'gốc.der')).code).toBe(66);
    expect((await run('read', 'đã ký.edxml', '--connection', 'không có')).code).toBe(1);
    const { err } = await run('read', 'không có.edxml');
    expect(err).not.toContain(' at ');
  });
});

describe('writing messages on the command line', () => {
  const description = {
    kind: 'document',
    business: { kind: 'new' },
    from: { code: '000.00.00.H19', name: 'Sở Khoa học và Công nghệ' },
    to: [{ code: 'H19.64.33', name: 'UBND xã An Phú' }],
    documentId: '000.00.00.H19,2026/11/23,15/SKHCN-VP',
    number: '15',
    symbol: 'SKHCN-VP',
    place: 'Đồng Nai',
    issuedOn: '2026-11-23',
    type: { code: '1', detail: '0', name: 'Công văn' },
    subject: 'V/v kết nối',
    signer: { name: 'Nguyễn Văn Minh' },
    attachments: [{ file: 'văn bản.pdf' }],
  };
  const describeAs = (given: object): void => {
    writeFileSync(join(folder, 'mô tả.json'), JSON.stringify({ ...description, ...given }));
  };

  test('makes a message of a description and files, the same bytes each time, and reads it back', async () => {
    describeAs({});
    expect((await run('write', 'mô tả.json', '-o', 'một.edxml')).code).toBe(0);
    expect(await run('write', 'mô tả.json', '-o', 'hai.edxml', '--json')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'một.edxml')).equals(readFileSync(join(folder, 'hai.edxml')))).toBe(
      true,
    );
    const { message } = JSON.parse((await run('read', 'một.edxml', '--to', 'lại', '--json')).out);
    expect(message).toMatchObject({ ...description, attachments: [attachmentOf(paper)] });
    expect(readFileSync(join(folder, 'lại', 'văn bản.pdf')).equals(paper)).toBe(true);
    // What was read can be written as it is.
    writeFileSync(join(folder, 'đọc.json'), JSON.stringify(message));
    expect((await run('write', 'đọc.json', '--files', 'lại', '-o', 'ba.edxml')).code).toBe(0);
    expect(readFileSync(join(folder, 'ba.edxml')).equals(readFileSync(join(folder, 'một.edxml')))).toBe(true);
  });

  test('names everything that is missing at once, and writes nothing', async () => {
    describeAs({ place: null, subject: null, signer: {} });
    const { code, err } = await run('write', 'mô tả.json', '-o', 'bốn.edxml');
    expect([code, err.match(/“(?:place|subject|signer.name)”/g)]).toEqual([
      1,
      ['“place”', '“subject”', '“signer.name”'],
    ]);
    expect(readdirSync(folder)).not.toContain('bốn.edxml');
  });

  test('refuses a description it does not understand, a file that is not the one, and lost paths', async () => {
    describeAs({ sbuject: 'x' });
    expect((await run('write', 'mô tả.json', '-o', 'năm.edxml')).code).toBe(1);
    describeAs({ attachments: [{ file: 'văn bản.pdf', hash: '0'.repeat(64) }] });
    expect(await run('write', 'mô tả.json', '-o', 'năm.edxml')).toMatchObject({ code: 1, out: '' });
    expect(readdirSync(folder).filter((name) => name.startsWith('năm'))).toEqual([]);
    describeAs({ attachments: [{ file: 'không có.pdf' }] });
    expect((await run('write', 'mô tả.json', '-o', 'năm.edxml')).code).toBe(66);
    describeAs({});
    expect((await run('write', 'mô tả.json', '-o', 'không có/năm.edxml')).code).toBe(66);
    expect((await run('write', 'không có.json', '-o', 'năm.edxml')).code).toBe(66);
    expect((await run('write', 'mô tả.json')).code).toBe(64);
    writeFileSync(join(folder, 'mô tả.json'), 'không phải JSON');
    expect(await run('write', 'mô tả.json', '-o', 'năm.edxml')).toMatchObject({ code: 1, out: '' });
  });
});
