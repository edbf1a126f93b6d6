import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportPackage, readPackage, type Package } from '#shared/node/packages/public.ts';
import { aPackage, kinds, software } from '../../support/packages/sample.ts';
import { unpacked } from '../../support/packages/unpacked.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin packages '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The package with its files' bytes in place of the way to them. */
async function told(given: Package): Promise<unknown> {
  const files = async (all: readonly Package['others'][number][] | Package['documents'][number]['files']) =>
    Promise.all(
      all.map(async ({ open, ...file }) => ({
        ...file,
        bytes: await buffer(open()),
      })),
    );
  const { documents, others, ...head } = given;
  return {
    ...head,
    documents: await Promise.all(
      documents.map(async ({ fields, files: own }) => ({ fields, files: await files(own) })),
    ),
    others: await files(others),
  };
}

test.each(kinds)(
  'a package of kind %s says, read again, what was written, in a ZIP, a folder and a bag',
  async (kind) => {
    const given = aPackage(kind);
    for (const as of ['package', 'bag'] as const) {
      const zip = join(folder, `${kind} ${as}.zip`);
      await exportPackage({ package: given, to: zip, software, as });
      const { root } = await unpacked(join(folder, `${kind} ${as}`), given, as);
      for (const path of [zip, root, join(root, '..')]) {
        const read = await readPackage(path);
        expect(read.findings).toEqual([]);
        expect(read.package && (await told(read.package))).toEqual(await told(given));
        read.close();
      }
    }
    expect(existsSync(join(folder, 'METS.xml'))).toBe(false);
  },
);

test('the annexes’ fields are written and read where an archive asks for them', async () => {
  const plain = aPackage('SIP_hoso');
  const documents = plain.documents.map(({ fields, files }) => ({
    fields: { ...fields, maintenance: '02', riskRecovery: false, riskRecoveryStatus: '02' } as const,
    files,
  }));
  const given = { ...plain, documents };
  const to = join(folder, 'phụ lục.zip');
  await exportPackage({ package: given, to, software, form: 'annexes' });
  const read = await readPackage(to, { form: 'annexes' });
  expect(read.findings).toEqual([]);
  expect(read.package && (await told(read.package))).toEqual(await told(given));
  read.close();
  const bySchemas = await readPackage(to);
  bySchemas.close();
  const codes = new Set(bySchemas.findings.map(({ code }) => code));
  expect(codes.has('field-unknown') && codes.has('field-absent')).toBe(true);
});
