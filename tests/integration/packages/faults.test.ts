import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  exportPackage,
  usualLimits,
  validatePackage,
  type Finding,
  type InspectSettings,
} from '#shared/node/packages/public.ts';
import { findingCodes } from '#shared/node/packages/findings.ts';
import { plantedFaults } from '../../support/packages/planted.ts';
import { rawZip, type RawEntry } from '../../support/packages/raw-zip.ts';
import { aPackage, software } from '../../support/packages/sample.ts';
import { unpacked } from '../../support/packages/unpacked.ts';
import { catalogueOf } from '../../support/sentences.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin packages '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const met = new Set<Finding['code']>();

async function codesOf(path: string, settings?: InspectSettings): Promise<readonly string[]> {
  const findings = await validatePackage(path, settings);
  for (const { code } of findings) met.add(code);
  return [...new Set(findings.map(({ code }) => code))].toSorted();
}

const unique = (codes: readonly string[]): readonly string[] => [...new Set(codes)].toSorted();

test.each(plantedFaults.map((fault, index) => [fault.finds.join(', '), index, fault] as const))(
  'a planted fault is found: %s (%i)',
  async (_, index, { plant, finds, kind, as }) => {
    const place = join(folder, `gói ${index}`);
    const at = await unpacked(place, aPackage(kind), as);
    plant(at);
    expect(await codesOf(place)).toEqual(unique(finds));
  },
);

const blank = Buffer.alloc(3 * 1024 * 1024);
const mets: RawEntry = { name: 'a/METS.xml', content: '<x/>' };

describe('a ZIP of bad intent is told, and nothing of it leaves it', () => {
  test.each<readonly [readonly Finding['code'][], readonly RawEntry[]]>([
    [['path-traversal'], [{ name: '../../thoát.txt', content: 'x' }]],
    [['path-traversal'], [{ name: 'a/..\\..\\thoát.txt', content: 'x' }]],
    [['path-absolute'], [{ name: '/etc/cron.d/x', content: 'x' }]],
    [['path-absolute'], [{ name: 'C:\\x.txt', content: 'x' }]],
    [['path-absolute'], [{ name: '\\\\máy\\x', content: 'x' }]],
    [
      ['path-form'],
      [{ name: 'a/./x', content: 'x' }, { name: 'a//y' }, { name: 'a/tên. ' }, { name: 'a/x\u0000y' }],
    ],
    [['path-form'], [{ name: '' }]],
    [['path-form'], [{ name: 'a/NUL.txt' }]],
    [['path-long'], [{ name: `a/${'x'.repeat(256)}` }]],
    [['path-encoding'], [{ name: Buffer.from([0x61, 0x2f, 0xe9]) }]],
    [['path-encoding'], [{ name: 'a/bản.pdf', flags: 0 }]],
    [['path-twice'], [{ name: 'a/x' }, { name: 'a/x' }]],
    [['path-case'], [{ name: 'a/x' }, { name: 'A/y' }]],
    [['path-case'], [{ name: 'a/Đ.pdf' }, { name: 'a/đ.pdf' }]],
    [['path-normalisation'], [{ name: 'a/bản'.normalize('NFC') }, { name: 'a/bản'.normalize('NFD') }]],
    [['path-file-and-folder'], [{ name: 'a/x' }, { name: 'a/x/y' }]],
    [['link'], [{ name: 'a/x', content: '/etc/passwd', mode: 0o120777 }]],
    [['odd-entry'], [{ name: 'a/x', mode: 0o020666 }]],
    [['odd-entry'], [{ name: 'a/x/', content: 'y', mode: 0o040755 }]],
    [
      ['zip-encrypted'],
      [{ name: 'a/x', content: 'mười hai byte', flags: 0x0800 | 1, size: 4 }, { name: 'a/y' }],
    ],
    [['zip-method'], [{ name: 'a/x', content: 'y', method: 14 }]],
    [['zip-names-differ'], [{ name: 'a/x', local: { name: 'a/y' } }]],
    [['zip-names-differ'], [{ name: 'a/x', extra: Buffer.from('7570060001000000007a', 'hex') }]],
    [['zip-sizes-differ'], [{ name: 'a/x', content: 'y', local: { size: 0 } }]],
    [
      ['zip-overlap'],
      [
        { name: 'a/x', content: 'y' },
        { name: 'a/x', content: 'y', sharing: 0 },
      ],
    ],
    [['zip-ratio'], [{ name: 'a/x', content: blank, method: 8 }]],
  ])('%s', async (wanted, entries) => {
    const path = join(folder, 'ác ý.zip');
    writeFileSync(path, rawZip([mets, ...entries]));
    const before = readdirSync(folder);
    const codes = await codesOf(path);
    expect(
      codes.filter((code) => code !== 'xml-root' && code !== 'file-unlisted' && code !== 'outside-folder'),
    ).toEqual(expect.arrayContaining([...wanted]));
    expect(readdirSync(folder)).toEqual(before);
  });

  test('where a file unpacks to more than it says, or its check sum is wrong', async () => {
    const path = join(folder, 'sai.zip');
    for (const odd of [{ size: 10 }, { crc: 1 }]) {
      writeFileSync(path, rawZip([{ ...mets, content: '<x/>'.padEnd(50_000), method: 8, ...odd }]));
      expect(await codesOf(path)).toContain('unreadable');
    }
  });

  test('where it is cut short, is no ZIP, is not there, or is none of both', async () => {
    const path = join(folder, 'cụt.zip');
    await exportPackage({ package: aPackage(), to: path, software });
    truncateSync(path, statSync(path).size - 30);
    expect(await codesOf(path)).toEqual(['zip-broken']);
    writeFileSync(path, 'không phải ZIP');
    expect(await codesOf(path)).toEqual(['zip-broken']);
    writeFileSync(path, '');
    expect(await codesOf(path)).toEqual(['zip-broken']);
    expect(await codesOf(join(folder, 'không có'))).toEqual(['no-such-package']);
    expect(await codesOf('/dev/null')).toEqual(['no-such-package']);
  });

  test('where it holds more than the office’s limits allow', async () => {
    const path = join(folder, 'to.zip');
    await exportPackage({ package: aPackage(), to: path, software });
    const limited = (limits: Partial<typeof usualLimits>) =>
      codesOf(path, { limits: { ...usualLimits, ...limits } });
    expect(await limited({ mostBytes: 1000 })).toEqual(['total-size']);
    expect(await limited({ mostEntries: 3 })).toContain('too-many-entries');
    expect(await limited({ mostXmlBytes: 100 })).toContain('xml-too-large');
    expect(await limited({ mostXmlBytes: 2000, mostFindings: 1 })).toContain('too-many-findings');
    expect(await limited({})).toEqual([]);
  });
});

test('every fault has been met, and has its sentence in both languages', () => {
  // XML cannot hold such a character, nor METS a part without its dossier: only the writer meets them.
  const ofTheWriter = ['field-unwritable', 'parts-without-dossier', 'ead-missing'];
  const seen = [...findingCodes].filter((code) => !met.has(code) && !ofTheWriter.includes(code));
  expect(seen).toEqual([]);
  for (const language of ['vi', 'en'] as const) {
    const sentences = catalogueOf(language);
    expect(findingCodes.filter((code) => sentences[`package.finding.${code}`] === undefined)).toEqual([]);
  }
});
