import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { honest } from '../../support/attacks/benign.ts';
import { certifications } from '../../support/attacks/certified.ts';
import { fieldText } from '../../support/attacks/field-text.ts';
import { incrementalSaving } from '../../support/attacks/incremental-saving.ts';
import { openJudges, type Judges } from '../../support/attacks/judges.ts';
import { materialOf, type Attack, type Material } from '../../support/attacks/material.ts';
import { forgedWords, honestWords } from '../../support/attacks/words.ts';
import { readerDifferences } from '../../support/attacks/reader-differences.ts';
import { shadows } from '../../support/attacks/shadow.ts';
import { signatureWrapping } from '../../support/attacks/signature-wrapping.ts';
import { universalForgery } from '../../support/attacks/universal-forgery.ts';
import { signedAt } from '../../support/signing-office.ts';

let judges: Judges;
let material: Material;
let soundLook = '';
beforeAll(async () => {
  judges = openJudges();
  material = await materialOf();
  soundLook = judges.look(material.signed);
});
afterAll(() => judges.close());

function verdictOn(pdf: Buffer) {
  return verifyPdf(pdf, { trust: [material.office.ca.certificateDer], at: signedAt });
}

async function made(attacks: readonly Attack[]): Promise<readonly (readonly [Attack, Buffer])[]> {
  const files: (readonly [Attack, Buffer])[] = [];
  for (const attack of attacks) files.push([attack, await attack.make(material)]);
  return files;
}

/** Whether somebody could be deceived: the forged words can be read, or the page looks otherwise. */
function isReal({ seen }: Attack, pdf: Buffer): boolean {
  if (seen === 'text') return judges.words(pdf).includes(forgedWords);
  return seen === 'bytes' || judges.look(pdf) !== soundLook;
}

const families = [
  ['signatures spoilt so that nobody checks them', universalForgery, 24],
  ['changes hung on behind the signature', incrementalSaving, 24],
  ['signed parts moved apart', signatureWrapping, 10],
  ['papers prepared to change after signing', shadows, 20],
  ['certified papers covered over', certifications, 12],
  ['fields that show something else', fieldText, 30],
  ['files that two readers take for two papers', readerDifferences, 20],
] as const;

describe.each(families)('%s', (name, attacks, least) => {
  test('are never valid, though everybody who signed is trusted', async () => {
    const files = await made(attacks);
    expect(files.length).toBeGreaterThanOrEqual(least);
    const valid = files.filter(([, pdf]) => verdictOn(pdf).verdict === 'valid');
    expect(valid.map(([attack]) => attack.name)).toEqual([]);
  }, 60_000);

  test('are each another one, and would deceive somebody', async () => {
    const files = await made(attacks);
    const sums = files.map(([, pdf]) => createHash('sha256').update(pdf).digest('hex'));
    expect(new Set(sums).size).toBe(files.length);
    expect(new Set(files.map(([attack]) => attack.name)).size).toBe(files.length);
    const idle = files.filter(([attack, pdf]) => !isReal(attack, pdf));
    expect(idle.map(([attack]) => attack.name)).toEqual([]);
    const deceived = files.filter(([, pdf]) => judges.isValidToPdfsig(pdf)).length;
    console.info(`pdfsig calls ${deceived} of ${files.length} valid: ${name}`);
  }, 120_000);
});

describe('honest work on a signed paper', () => {
  test.each(honest.map((one) => [one.name, one] as const))('%s stays valid', async (_name, { make }) => {
    const report = verdictOn(await make(material));
    const broken = report.signatures.filter(({ integrity }) => integrity === 'broken');
    expect([report.verdict, ...report.reasons, ...broken]).toEqual(['valid']);
    expect(report.signatures.length).toBeGreaterThan(0);
  });

  test('shows the honest words', () => {
    expect(judges.words(material.signed)).toContain(honestWords);
    expect(judges.isValidToPdfsig(material.sealed)).toBe(true);
  });
});
