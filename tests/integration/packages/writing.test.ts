import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { exportPackage, whyNotPack, type Package } from '#shared/node/packages/public.ts';
import { aFile, aPackage, kinds, software } from '../../support/packages/sample.ts';
import { judgedBySchemas } from '../../support/packages/schemas.ts';
import { unpacked } from '../../support/packages/unpacked.ts';
import { judgesIn } from '../../support/pdf-judges.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin packages '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exported(name: string, given: Package): Promise<string> {
  const to = join(folder, name);
  await exportPackage({ package: given, to, software });
  return to;
}

type Fields = Package['documents'][number]['fields'];

const upper = '0197F0A2-6B1C-7CC3-9D5E-2F6A1B3C4D5E';
const names = {
  SIP_hoso: `uuid-${upper}`,
  SIP_tailieu: `uuid-${upper}`,
  AIP_hoso: `urn_P107_uuid-${upper}`,
  AIP_tailieu: `urn_P107_uuid-${upper}`,
  DIP: `uuid-${upper}`,
} as const;

describe('a package for the archive', () => {
  test.each(kinds)('of kind %s is what the schemas say, and others open it', async (kind) => {
    const zip = await exported(`${kind}.zip`, aPackage(kind));
    const { run } = judgesIn(folder);
    expect(run('unzip', '-t', zip)).toContain('No errors detected');
    expect(run('python3', '-m', 'zipfile', '-t', zip)).toContain('Done testing');
    run('unzip', '-q', zip, '-d', kind);
    expect(readdirSync(join(folder, kind))).toEqual([names[kind]]);
    const root = join(folder, kind, names[kind]);
    const valid = judgedBySchemas(folder, root);
    const isLoose = kind.endsWith('_tailieu');
    expect(valid.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'EAD_doc.xsd'),
      ...(isLoose ? [] : ['ead.xsd', 'ead.xsd']),
      'mets.xsd',
      'mets.xsd',
      // Only an AIP has PREMIS.
      ...(kind.startsWith('AIP') ? ['premis.xsd', 'premis.xsd'] : []),
    ]);
  });

  test('says of every file in it what sha256sum finds, and in Vietnam’s time', async () => {
    const zip = await exported('băm.zip', aPackage('AIP_hoso'));
    const { run } = judgesIn(folder);
    run('unzip', '-q', zip, '-d', 'băm');
    const root = join(folder, 'băm', names.AIP_hoso);
    const listed = ['', 'representations/rep1/'].flatMap((base) => {
      const mets = readFileSync(join(root, base, 'METS.xml'), 'utf8');
      expect([...mets.matchAll(/(?:CREATED|CREATEDATE)="([^"]*)"/g)].map(([, at]) => at)).toSatisfy(
        (all: readonly string[]) =>
          all.length > 4 && all.every((at) => at === '2026-11-30T01:30:07.125+07:00'),
      );
      return [...mets.matchAll(/SIZE="(\d+)".*?CHECKSUM="(\w+)".*?xlink:href="([^"]*)"/g)].map(
        ([, size, hash, href]) => ({ size: Number(size), hash, path: `${base}${href}` }),
      );
    });
    writeFileSync(join(root, 'sums'), listed.map(({ hash, path }) => `${hash}  ${path}\n`).join(''));
    const judged = judgesIn(root).run('sha256sum', '-c', '--strict', 'sums').trim().split('\n');
    rmSync(join(root, 'sums'));
    const there = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    // Everything but the METS that lists it.
    expect([judged.length, listed.length]).toEqual([there.length - 1, there.length - 1]);
    expect(listed.map(({ path }) => readFileSync(join(root, path)).length)).toEqual(
      listed.map(({ size }) => size),
    );
  });

  test('has the same bytes for the same papers at the same time', async () => {
    const [one, other] = [await exported('một.zip', aPackage()), await exported('hai.zip', aPackage())];
    expect(readFileSync(one)).toEqual(readFileSync(other));
    const later = aPackage();
    const third = await exported('ba.zip', { ...later, archive: null });
    expect(readFileSync(third).equals(readFileSync(one))).toBe(false);
  });

  test('is a bag as well, which sha256sum checks by itself', async () => {
    const { root } = await unpacked(join(folder, 'túi'), aPackage('AIP_hoso'), 'bag');
    const { run } = judgesIn(root);
    const lines = (name: string): number =>
      run('sha256sum', '-c', '--strict', name).trim().split('\n').length;
    const payload = readdirSync(join(root, 'data'), { recursive: true, withFileTypes: true });
    expect([lines('manifest-sha256.txt'), lines('tagmanifest-sha256.txt')]).toEqual([
      payload.filter((one) => one.isFile()).length,
      3,
    ]);
    expect(readFileSync(join(root, 'bagit.txt'), 'utf8')).toBe(
      'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    );
    expect(readFileSync(join(root, 'bag-info.txt'), 'utf8')).toContain(
      'External-Description: Hồ sơ tuyển dụng "đợt 1" & bổ sung (2026)\n',
    );
  });

  test('holds files of many pieces bit for bit', async () => {
    const bytes = Buffer.alloc(3_500_001, 'không giấy ');
    const given = aPackage('SIP_tailieu');
    const [first, ...rest] = given.documents;
    if (first === undefined) throw new Error('no document');
    const large = aFile('original', 'lớn.pdf', bytes);
    const zip = await exported('lớn.zip', { ...given, documents: [{ ...first, files: [large] }, ...rest] });
    const { run } = judgesIn(folder);
    run('unzip', '-q', zip, '-d', 'lớn');
    const path = join(folder, 'lớn', names.SIP_tailieu, 'representations/rep1/data/000001.pdf');
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(large.hash);
  });

  test('is opened as it is with more entries than the old form counts', async () => {
    const given = aPackage('SIP_tailieu');
    const [first] = given.documents;
    if (first === undefined) throw new Error('no document');
    const empty = aFile('attachment', 'a.txt', '');
    const files = [...first.files, ...Array.from({ length: 66_000 }, () => empty)];
    const zip = await exported('nhiều.zip', { ...given, documents: [{ ...first, files }] });
    expect(judgesIn(folder).run('python3', '-m', 'zipfile', '-t', zip)).toContain('Done testing');
    expect(judgesIn(folder).run('unzip', '-Z', '-t', zip)).toMatch(/^660\d\d files/);
  });
});

describe('a package that cannot be made leaves nothing behind', () => {
  async function failing(change: (given: Package) => Package, signal?: AbortSignal): Promise<unknown> {
    const before = readdirSync(folder);
    const to = join(folder, 'không.zip');
    const outcome = await exportPackage({
      package: change(aPackage()),
      to,
      software,
      ...(signal === undefined ? {} : { signal }),
    }).then(
      () => 'made',
      (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.params } : error),
    );
    expect(readdirSync(folder)).toEqual(before);
    return outcome;
  }
  const withFile = (given: Package, file: Package['others'][number]): Package => ({
    ...given,
    others: [file],
  });
  const [other] = aPackage().others;
  if (other === undefined) throw new Error('no file');

  test.each([
    ['another file of the same size', aFile('original', 'x', 'From: b\r\n\r\nKính gửi').open],
    ['a shorter file', aFile('original', 'x', 'From').open],
    ['a longer file', aFile('original', 'x', 'From: a\r\n\r\nKính gửi!').open],
  ])('where the store gives %s', async (_, open) => {
    const outcome = await failing((given) => withFile(given, { ...other, open }));
    expect(outcome).toEqual({ code: 'packages.source-changed', name: 'Thư hỏi lại.eml' });
  });

  test('where the store fails in the middle', async () => {
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('From');
      throw await Promise.resolve(new AppError('store.disk-fault'));
    };
    expect(await failing((given) => withFile(given, { ...other, open }))).toEqual({
      code: 'store.disk-fault',
    });
  });

  test('where somebody stops it, before and on the way', async () => {
    expect(await failing((given) => given, AbortSignal.abort())).toEqual({ code: 'packages.cancelled' });
    const stop = new AbortController();
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('From');
      stop.abort();
      yield await Promise.resolve(Buffer.from(': a'));
    };
    const outcome = await failing((given) => withFile(given, { ...other, open }), stop.signal);
    expect(outcome).toEqual({ code: 'packages.cancelled' });
  });

  test('where a field is missing or too long, a code unknown, or a count wrong', async () => {
    const change = (fields: Partial<Fields>) => (given: Package) => ({
      ...given,
      documents: given.documents.map((one) => ({ ...one, fields: { ...one.fields, ...fields } })),
    });
    const faultOf = async (how: (given: Package) => Package): Promise<unknown> => {
      const outcome = await failing(how);
      return typeof outcome === 'object' && outcome !== null && 'fault' in outcome ? outcome.fault : outcome;
    };
    expect([
      await faultOf(change({ subject: 'ế'.repeat(501) })),
      await faultOf(change({ subject: '' })),
      await faultOf(change({ organName: 'a\u0000' })),
      await faultOf(change({ docId: '../a' })),
      await faultOf(change({ numberOfPage: 10_000 })),
      await faultOf(change({ arcFileCode: 'H19.2026.02' })),
      await faultOf((given) => ({ ...given, documents: [...given.documents, ...given.documents] })),
      await faultOf((given) => ({ ...given, documents: given.documents.slice(1) })),
      await faultOf((given) => ({ ...given, dossier: null, parts: [] })),
      await faultOf((given) => ({ ...given, events: aPackage('AIP_hoso').events })),
      await faultOf((given) => ({ ...given, kind: 'AIP_hoso' })),
    ]).toEqual([
      'field-long',
      'field-missing',
      'field-unwritable',
      'field-form',
      'field-long',
      'other-dossier',
      'document-id-twice',
      'total-doc',
      'ead-missing',
      'premis-unexpected',
      'premis-event',
    ]);
    expect(whyNotPack(change({ subject: 'ế'.repeat(500) })(aPackage()))).toEqual([]);
    // As a program without types could hand it over.
    const [odd] = JSON.parse('[{ "typeName": null, "mode": "09" }]') as Partial<Fields>[];
    const [missing, unknown] = whyNotPack(change(odd ?? {})(aPackage()));
    expect([missing, unknown]).toEqual([
      { code: 'field-missing', where: '000001', params: { field: 'typeName', value: '' } },
      { code: 'field-code', where: '000001', params: { field: 'mode', value: '09' } },
    ]);
  });

  test('and touches no file that is there', async () => {
    writeFileSync(join(folder, 'có rồi.zip'), 'của tôi');
    await expect(exported('có rồi.zip', aPackage())).rejects.toThrow('packages.exists');
    expect(readFileSync(join(folder, 'có rồi.zip'), 'utf8')).toBe('của tôi');
  });

  test('counts every file and every byte on the way', async () => {
    const told: { files: number; bytes: number; ofFiles: number; ofBytes: number }[] = [];
    await exportPackage({
      package: aPackage(),
      to: join(folder, 'đếm.zip'),
      software,
      onProgress: (progress) => told.push(progress),
    });
    const last = told.at(-1);
    expect([last?.files, last?.bytes]).toEqual([last?.ofFiles, last?.ofBytes]);
    expect(told.every(({ files }, index) => files >= (told[index - 1]?.files ?? 0))).toBe(true);
  });
});
