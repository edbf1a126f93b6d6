import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesToKeep } from '#shared/exchange/public.ts';

function kept(given: readonly string[], present: readonly string[] = []): readonly string[] {
  return namesToKeep(given, present).map(({ name }) => name);
}

describe('the names attachments are kept under', () => {
  test('stay as they came where they can', () => {
    expect(namesToKeep(['Quyết định 15 (bản cuối).signed.pdf'])).toEqual([
      { name: 'Quyết định 15 (bản cuối).signed.pdf', isRenamed: false },
    ]);
  });

  test('are one name in two ways of composing letters, in capitals, and in wide letters', () => {
    expect(
      kept(['đề án.pdf', 'đề án.pdf'.normalize('NFD'), 'ĐỀ ÁN.PDF', 'đề án.ｐｄｆ', 'straße', 'STRASSE']),
    ).toEqual(['đề án.pdf', 'đề án (2).pdf', 'ĐỀ ÁN (3).PDF', 'đề án (4).ｐｄｆ', 'straße', 'STRASSE (2)']);
    expect(kept(['a.pdf'], ['A.PDF', 'a (2).pdf'])).toEqual(['a (3).pdf']);
  });

  test('are cut in the middle of long ones, so that the ending stays', () => {
    const [name = ''] = kept([`${'ệ'.repeat(300)}.signed.pdf`]);
    expect([name.endsWith('ệ.pdf') || name.endsWith('.pdf'), Buffer.byteLength(name) <= 150]).toEqual([
      true,
      true,
    ]);
  });

  test('lead nowhere else and are never two of one, whatever was given', () => {
    const part = fc.constantFrom(
      '..',
      '/',
      '\\',
      'a',
      'A',
      'ế',
      '\u202e',
      '\u0000',
      ' ',
      '.',
      'con',
      'NUL',
      '.pdf',
      ':',
      'x'.repeat(200),
    );
    const given = fc.array(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('')),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(given, (asked) => {
        const names = kept(asked);
        for (const name of names) {
          expect(name).toMatch(/^[^/\\:\p{Cc}\u202e]+$/u);
          expect(name).not.toMatch(/^\.|[. ]$|^(?:con|nul)(?:\.|$)/i);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(170);
        }
        expect(new Set(names.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(names.length);
      }),
      { numRuns: 150 },
    );
  });
});
