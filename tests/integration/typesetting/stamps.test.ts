import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFObject,
} from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DaySchema } from '#shared/kernel/public.ts';
import { fillTextFields, signField } from '#shared/node/pdf-signing/public.ts';
import { dateLine, sealImage, signatureImage, typeset } from '#shared/node/typesetting/public.ts';
import { aDraft } from '../../support/drafts.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-dau-'));
const judges = judgesIn(folder);
const mm = 72 / 25.4;
const office = signingOffice();
let revisions: readonly Uint8Array[] = [];
let last: Uint8Array = new Uint8Array();

beforeAll(async () => {
  revisions = await signedPaper({});
  last = revisions.at(-1) ?? last;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A paper of two leaders through all its revisions: initials, leader, leader-2, number and date, seal. */
async function signedPaper({ sealMm }: Readonly<{ sealMm?: number }>): Promise<readonly Uint8Array[]> {
  const draft = aDraft({
    coSigners: [{ authority: 'KT.', lines: ['KT. Giám đốc', 'Phó Giám đốc'], name: 'Trần Thị Tín' }],
  });
  const made = [(await typeset(draft, { frozenAt: signedAt, fields: { initials: 1, sealMm } })).pdf];
  const top = () => made.at(-1) ?? new Uint8Array();
  const by = { signedAt, signerName: 'Nguyễn Văn Ấn' } as const;
  const sign = async (field: string, key: typeof office.seal.key, png: Uint8Array) => {
    made.push(await signField({ ...by, pdf: top(), field, key, appearance: { png } }));
  };
  await sign('initials-1', office.officer.key, signatureImage('Trần Thị Tín'));
  await sign('leader', office.leader.key, signatureImage('Nguyễn Văn Ấn'));
  await sign('leader-2', office.officer.key, signatureImage('Trần Thị Tín'));
  const values = { number: '136', date: dateLine(DaySchema.parse('2026-11-23')) };
  made.push(fillTextFields({ pdf: top(), values }));
  await sign('seal', office.seal.key, sealImage('UBND tỉnh Đồng Nai'));
  return made;
}

describe('stamps on the page', () => {
  test('lie where the decree puts them: the signature between post and name, the seal over a third of it', async () => {
    const places = await rectsOf(last);
    const [leader, seal] = [places.get('leader'), places.get('seal')];
    if (leader === undefined || seal === undefined) throw new Error('A stamp is missing');
    expect(seal.width / mm).toBeCloseTo(36, 2);
    expect(seal.height / mm).toBeCloseTo(36, 2);
    expect((seal.x + seal.width - leader.x) / leader.width).toBeCloseTo(1 / 3, 3);
    expect(seal.y + seal.height / 2).toBeCloseTo(leader.y + leader.height / 2, 3);
    const words = wordsOf('dau.pdf', last);
    const name = words.find(({ word, x }) => word === 'Nguyễn' && x > 250);
    if (name === undefined) throw new Error('The name is missing');
    const post = words.filter(({ word, x }) => word === 'GIÁM' && x > 250).at(-1);
    expect(name.top).toBeGreaterThan(leader.y + leader.height);
    expect(post?.bottom).toBeLessThan(leader.y);
  });

  test('are drawn in blue and red as large as they are, the seal on the left and on top', () => {
    const picture = drawn('dau.pdf', last);
    const red = picture.boxOf(([r, g, b]) => r > 180 && g < 90 && b < 90);
    expect((red.right - red.left) / mm).toBeGreaterThan(35);
    expect((red.right - red.left) / mm).toBeLessThan(36.5);
    const blue = picture.boxOf(([r, g, b], x) => b > 120 && r < 90 && g < 110 && x > red.left);
    // The strokes of the invented signature fill their image, so a third of it is a third of the ink.
    const share = (red.right - blue.left) / (blue.right - blue.left);
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.4);
    expect(red.left).toBeLessThan(blue.left);
  });

  test('are as wide as the agency says its own seal is', async () => {
    const own = (await signedPaper({ sealMm: 40 })).at(-1) ?? last;
    const seal = (await rectsOf(own)).get('seal');
    expect((seal?.width ?? 0) / mm).toBeCloseTo(40, 2);
  });

  test('keep to a third of a signature that is narrower than its place', async () => {
    const fields = { initials: 0, signatureAspect: 1.2 };
    const places = await rectsOf((await typeset(aDraft(), { frozenAt: signedAt, fields })).pdf);
    const [leader, seal] = [places.get('leader'), places.get('seal')];
    if (leader === undefined || seal === undefined) throw new Error('A stamp is missing');
    const shown = leader.height * 1.2;
    const left = leader.x + (leader.width - shown) / 2;
    expect((seal.x + seal.width - left) / shown).toBeCloseTo(1 / 3, 3);
  });

  test('never touch what is printed: no page content is changed after the page was set', async () => {
    const [before, after] = await Promise.all([contents(revisions[0]), contents(last)]);
    expect(after).toEqual(before);
  });
});

describe('PDF/A-3a, through every revision', () => {
  test('is still said, with every font embedded', () => {
    for (const [place, pdf] of revisions.entries()) {
      const name = judges.saved(`${place}.pdf`, pdf);
      expect(judges.qpdf(name)).toContain('No syntax or stream encoding errors');
      const said = judges.run('pdfinfo', '-meta', name);
      expect(said).toMatch(/<pdfaid:part>3<\/pdfaid:part>/u);
      expect(said).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/u);
      const fonts = judges.run('pdffonts', name).split('\n').slice(2).filter(Boolean);
      expect(fonts.filter((line) => !/\sIdentity-H\s+yes/u.test(line))).toEqual([]);
    }
  });

  test('keeps what it asks of fields: printed, with an appearance of their own and its fonts within, no script', async () => {
    const document = await opened(last);
    const widgets = widgetsOf(document);
    expect(widgets).toHaveLength(6);
    for (const widget of widgets) {
      expect(widget.lookup(PDFName.of('F'), PDFNumber).asNumber()).toBe(4);
      expect(widget.has(PDFName.of('A')) || widget.has(PDFName.of('AA'))).toBe(false);
      const look = widget.lookup(PDFName.of('AP'), PDFDict);
      expect(look.keys().map(String)).toEqual(['/N']);
      const stream = streamOf(document, look.get(PDFName.of('N')));
      const resources = stream.dict.lookup(PDFName.of('Resources'), PDFDict);
      for (const font of childrenOf(resources, 'Font')) expect(isEmbedded(document, font)).toBe(true);
      for (const image of childrenOf(resources, 'XObject')) {
        const { dict } = streamOf(document, image);
        // ISO 19005-3 6.2.8: no image is smoothed by its reader, none has an alternate.
        expect(String(dict.get(PDFName.of('Interpolate')) ?? false)).toBe('false');
        expect(dict.has(PDFName.of('Alternates'))).toBe(false);
        expect(dict.get(PDFName.of('ColorSpace'))).toBe(PDFName.of('DeviceRGB'));
      }
    }
    // ISO 19005-3 6.2.4.3: device colours have an output intent of their own kind.
    expect(document.catalog.lookup(PDFName.of('OutputIntents'), PDFArray).size()).toBeGreaterThan(0);
    expect(document.catalog.lookup(PDFName.of('AcroForm'), PDFDict).has(PDFName.of('XFA'))).toBe(false);
  });
});

type Rect = Readonly<{ x: number; y: number; width: number; height: number }>;

async function opened(pdf: Uint8Array): Promise<PDFDocument> {
  return PDFDocument.load(pdf, { updateMetadata: false });
}

function widgetsOf(document: PDFDocument): readonly PDFDict[] {
  return document
    .getPages()
    .flatMap((page) => page.node.Annots()?.asArray() ?? [])
    .map((ref) => document.context.lookup(ref, PDFDict));
}

function streamOf({ context }: PDFDocument, ref: PDFObject | undefined): PDFRawStream {
  const found = context.lookup(ref);
  if (!(found instanceof PDFRawStream)) throw new Error('Not a stream');
  return found;
}

/** Where each field is, in points from the page's upper left corner. */
async function rectsOf(pdf: Uint8Array): Promise<ReadonlyMap<string, Rect>> {
  const document = await opened(pdf);
  const height = document.getPage(0).getHeight();
  return new Map(
    widgetsOf(document).map((widget) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = widget
        .lookup(PDFName.of('Rect'), PDFArray)
        .asArray()
        .map((number) => Number(String(number)));
      const name = widget.lookup(PDFName.of('T'), PDFString, PDFHexString).decodeText();
      return [name, { x: left, y: height - top, width: right - left, height: top - bottom }];
    }),
  );
}

/** The bytes that draw the pages themselves. */
async function contents(pdf: Uint8Array | undefined): Promise<readonly string[]> {
  const document = await opened(pdf ?? new Uint8Array());
  return document.getPages().map(({ node }) => {
    const content = node.get(PDFName.of('Contents'));
    const refs = content instanceof PDFArray ? content.asArray() : [content];
    return refs.map((ref) => Buffer.from(streamOf(document, ref).contents).toString('base64')).join('|');
  });
}

function childrenOf(resources: PDFDict, kind: string): readonly PDFObject[] {
  return resources.lookupMaybe(PDFName.of(kind), PDFDict)?.values() ?? [];
}

function isEmbedded({ context }: PDFDocument, font: PDFObject): boolean {
  const dict = font instanceof PDFRef ? context.lookup(font, PDFDict) : font;
  if (!(dict instanceof PDFDict)) return false;
  const [below] = dict.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.asArray() ?? [];
  const leaf = below === undefined ? dict : context.lookup(below, PDFDict);
  return leaf.lookup(PDFName.of('FontDescriptor'), PDFDict).has(PDFName.of('FontFile2'));
}

type Word = Readonly<{ word: string; x: number; top: number; bottom: number }>;

function wordsOf(name: string, pdf: Uint8Array): readonly Word[] {
  const said = judges.run('pdftotext', '-bbox', judges.saved(name, pdf), '-').normalize('NFC');
  const lines = said.matchAll(
    /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)</gu,
  );
  return [...lines].map(([, x = '', top = '', bottom = '', word = '']) => ({
    word,
    x: Number(x),
    top: Number(top),
    bottom: Number(bottom),
  }));
}

type Pixel = readonly [red: number, green: number, blue: number];

/** The page as a reader draws it; places are in points from its upper left corner. */
function drawn(name: string, pdf: Uint8Array) {
  const dpi = 150;
  judges.saved(name, pdf);
  execFileSync('pdftoppm', ['-r', String(dpi), '-f', '1', '-l', '1', '-singlefile', name, 'trang'], {
    cwd: folder,
  });
  const ppm = readFileSync(join(folder, 'trang.ppm'));
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/u.exec(ppm.subarray(0, 40).toString('latin1'));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const from = head?.[0].length ?? 0;
  const point = 72 / dpi;
  return {
    boxOf: (is: (pixel: Pixel, x: number) => boolean) => {
      const box = { left: Infinity, right: 0, top: Infinity, bottom: 0 };
      for (let at = 0; at < width * height; at += 1) {
        const pixel: Pixel = [
          ppm[from + at * 3] ?? 0,
          ppm[from + at * 3 + 1] ?? 0,
          ppm[from + at * 3 + 2] ?? 0,
        ];
        const [x, y] = [(at % width) * point, Math.floor(at / width) * point];
        if (!is(pixel, x)) continue;
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x + point);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y + point);
      }
      return box;
    },
  };
}
