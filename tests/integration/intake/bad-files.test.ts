import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  openSync,
  closeSync,
  ftruncateSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { PDFDocument, PDFName, PDFRawStream, PDFString, StandardFonts } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { admitPdf, extractFile, judgeSize, readAllText, readPdf } from '#shared/node/pdf-text/public.ts';
import { corpusPath } from '#tests/support/corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-intake-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const real = () => readFileSync(corpusPath('incoming', 'tvpl_100_2001_nd_cp_7379.pdf'));
const codes = ['empty', 'not-pdf', 'encrypted', 'damaged', 'too-large', 'too-slow', 'unreadable'].map(
  (code) => `intake.${code}`,
);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'received';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

async function onePage(): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  page.drawText('So: 15/QD-SYT', {
    x: 100,
    y: 740,
    font: await document.embedFont(StandardFonts.TimesRoman),
  });
  return document;
}

describe('a file that cannot be received', () => {
  it('is empty', async () => {
    expect(await codeOf(admitPdf(new Uint8Array()))).toBe('intake.empty');
  });

  it('is text that calls itself a PDF', async () => {
    const path = join(folder, 'quyet-dinh.pdf');
    writeFileSync(path, 'Số: 15/QĐ-SYT\n'.repeat(100));
    expect(await codeOf(admitPdf(path))).toBe('intake.not-pdf');
  });

  it('has a password', async () => {
    const plain = join(folder, 'plain.pdf');
    const locked = join(folder, 'locked.pdf');
    writeFileSync(plain, await (await onePage()).save());
    execFileSync('qpdf', ['--encrypt', 'doc', 'chu', '256', '--', plain, locked]);
    expect(await codeOf(admitPdf(locked))).toBe('intake.encrypted');
  });

  it.each([0.2, 0.5, 0.9, 0.999])('was cut off after %s of it', async (share) => {
    const bytes = real();
    expect(await codeOf(admitPdf(bytes.subarray(0, Math.floor(bytes.length * share))))).toBe(
      'intake.damaged',
    );
  });

  it('swells beyond all measure when it is unpacked', async () => {
    const document = await PDFDocument.create();
    const packed = deflateSync(Buffer.alloc(60 * 1024 * 1024, 'q Q '));
    const contents = document.context.obj({ Length: packed.length, Filter: 'FlateDecode' });
    const stream = document.context.register(PDFRawStream.of(contents, packed));
    document.addPage([595, 842]).node.set(PDFName.of('Contents'), stream);
    const bytes = await document.save();
    expect(bytes.length).toBeLessThan(200_000);
    expect(await codeOf(extractFile(bytes))).toBe('intake.too-slow');
  });

  it('is stopped when reading it takes longer than it may, and the next one is read', async () => {
    expect(await codeOf(readPdf(real(), { limitMs: 0 }))).toBe('intake.too-slow');
    expect((await readPdf(real())).pages).toBe(2);
  });

  it('is larger than the agency allows, and is not read to find that out', async () => {
    const path = join(folder, 'huge.pdf');
    const file = openSync(path, 'w');
    ftruncateSync(file, 200 * 1024 * 1024);
    closeSync(file);
    const before = process.memoryUsage().rss;
    expect(await codeOf(admitPdf(path))).toBe('intake.too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
    expect(() => judgeSize(200 * 1024 * 1024, { name: 'x' })).toThrow(AppError);
  });

  it('is larger than a smaller limit that the agency set', async () => {
    expect(await codeOf(admitPdf(real(), { maxBytes: 1000 }))).toBe('intake.too-large');
  });

  it('is not there, or is a folder', async () => {
    expect(await codeOf(admitPdf(join(folder, 'khong-co.pdf')))).toBe('intake.unreadable');
    expect(await codeOf(admitPdf(folder))).toBe('intake.unreadable');
  });

  it('gets one of the known codes, whatever bytes it is made of', async () => {
    const junk = fc.uint8Array({ maxLength: 400 }).map((bytes) => {
      return Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes, Buffer.from('\nstartxref\n9\n%%EOF\n')]);
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), junk), async (bytes) => {
        expect([...codes, 'received']).toContain(await codeOf(extractFile(bytes)));
      }),
      { numRuns: 60 },
    );
  });

  it('gets one of the known codes when single bytes of a real paper are changed', async () => {
    const bytes = real();
    const change = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(change, async (changes) => {
        const spoilt = new Uint8Array(bytes);
        for (const [at, value] of changes) spoilt[at] = value;
        expect([...codes, 'received']).toContain(await codeOf(extractFile(spoilt)));
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('a file that is received with a warning', () => {
  it('has a script, even inside a compressed object stream', async () => {
    const document = await onePage();
    document.addJavaScript('hello', 'app.alert(1)');
    for (const useObjectStreams of [true, false]) {
      const bytes = await document.save({ useObjectStreams });
      expect((await readPdf(bytes)).hasScript).toBe(true);
    }
  });

  it('starts a program when it is opened', async () => {
    const document = await onePage();
    const launch = document.context.obj({ S: 'Launch', F: PDFString.of('calc.exe') });
    document.catalog.set(PDFName.of('OpenAction'), document.context.register(launch));
    expect((await readPdf(await document.save())).hasScript).toBe(true);
  });

  it('carries a foreign file', async () => {
    const document = await onePage();
    await document.attach(Buffer.from('MZ'), 'setup.exe', { mimeType: 'application/octet-stream' });
    expect((await readPdf(await document.save())).hasScript).toBe(true);
  });

  it('is not any file: a plain one has none', async () => {
    expect((await readPdf(await (await onePage()).save())).hasScript).toBe(false);
  });
});

describe('a paper made with this product', () => {
  const said = { number: '15', symbol: 'QĐ-SYT', notation: '15/QĐ-SYT', subject: 'Về việc nâng lương' };
  const attached = async (text: string) => {
    const document = await onePage();
    await document.attach(Buffer.from(text), 'antin.json', { mimeType: 'application/json' });
    return await document.save();
  };

  it('is registered from what it says of itself, without a warning', async () => {
    const found = await extractFile(await attached(JSON.stringify(said)));
    expect(found).toMatchObject({ ...said, method: 'embedded', hasScript: false, pages: 1 });
    expect(found.confidence).toMatchObject({ notation: 1, subject: 1 });
  });

  it('shows the number that the clerk filled in after it was signed', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([595, 842]);
    const font = await document.embedFont(StandardFonts.TimesRoman);
    page.drawText('Ref:', { x: 100, y: 740, font, size: 13 });
    page.drawText('/SYT-VP', { x: 150, y: 740, font, size: 13 });
    const field = document.getForm().createTextField('number');
    field.setText('05');
    field.addToPage(page, { x: 124, y: 736, width: 24, height: 16, borderWidth: 0 });
    const { lines } = await readPdf(await document.save());
    expect(lines.map(({ text }) => text.replaceAll(' ', ''))).toEqual(['Ref:05/SYT-VP']);
  });

  it.each(['not json', '[]', '{"number":5}', '{}'])(
    'is read by its letters where that says nothing: %s',
    async (text) => {
      expect((await extractFile(await attached(text))).method).toBe('text');
    },
  );
});

describe('the text of a file for search', () => {
  it('is every line of every page', async () => {
    const text = await readAllText(real());
    expect(text.split('\f')).toHaveLength(2);
    expect(text).toContain('Phan Văn Khải');
  });
});
