import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { corpusPath } from '../../support/corpus.ts';

type Row = Readonly<{
  file: string;
  field: string;
  use: string;
  alarm: boolean;
  verdict: string;
  ms: number;
}>;

/** Of the files nothing is wrong with, how many must raise no alarm. */
const acceptedShare = 0.98;
const boundMs = 2000;

/** Files that raise an alarm here though others accept them, each with why we stay by it. */
const exceptions: Readonly<Record<string, string>> = {
  'pyhanko/f5a7499f7852a9d2b781dab3.pdf':
    'Its oldest startxref and the /Prev after it point one byte into the word "xref" (566 for 565). The reference ' +
    'searches nearby for the table; a reader that searches can be led to another table than the next reader, so ' +
    'ours says that it cannot read the file, and never that somebody changed it.',
};

let rows: readonly Row[] = [];
beforeAll(() => {
  const at = InstantSchema.parse('2026-11-23T00:00:00.000Z');
  const lines = readFileSync(corpusPath('signatures', 'verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
  rows = lines.map((line) => {
    const [file = '', field = '', use = ''] = line.split('\t');
    const bytes = readFileSync(corpusPath('signatures', ...file.split('/')));
    const start = process.threadCpuUsage();
    const report = verifyPdf(bytes, { trust: [], at });
    // The processor's time: on a busy machine the clock measures the others.
    const { user, system } = process.threadCpuUsage(start);
    const ms = (user + system) / 1000;
    const judged = report.signatures.filter((one) => field === '' || one.field === field);
    const alarm = judged.length === 0 || judged.some(({ integrity }) => integrity === 'broken');
    return { file, field, use, alarm, verdict: report.verdict, ms };
  });
});

describe('signed, changed and hostile files of others', () => {
  test('are judged in time, every one', () => {
    expect(rows.filter(({ use }) => use === 'must_terminate').length).toBeGreaterThan(0);
    expect(rows.filter(({ ms }) => ms > boundMs)).toEqual([]);
    expect(rows.length).toBeGreaterThan(180);
  });

  test('are never shown as sound where they must be rejected', () => {
    const missed = rows.filter(
      ({ use, alarm, verdict }) => use === 'must_reject' && (!alarm || verdict === 'valid'),
    );
    expect(missed).toEqual([]);
  });

  test('raise hardly an alarm where nothing is wrong, and each that does has its reason', () => {
    const sound = rows.filter(({ use }) => use === 'must_accept');
    const alarmed = sound.filter(({ alarm }) => alarm);
    const said = alarmed
      .map(({ file }) => `${file}: ${exceptions[file] ?? 'no reason is written'}`)
      .join('\n');
    expect(alarmed.map(({ file }) => file).sort(), said).toEqual(Object.keys(exceptions).sort());
    expect((sound.length - alarmed.length) / sound.length, said).toBeGreaterThanOrEqual(acceptedShare);
    // Not to be read is not to have been changed.
    expect(alarmed.filter(({ verdict }) => verdict === 'invalid')).toEqual([]);
  });

  test('with a copied or doubled time-stamp are flagged', () => {
    const at = InstantSchema.parse('2026-11-23T00:00:00.000Z');
    for (const { file } of rows.filter(({ use }) => use === 'must_flag_timestamp')) {
      const { signatures } = verifyPdf(readFileSync(corpusPath('signatures', ...file.split('/'))), {
        trust: [],
        at,
      });
      const reasons = signatures.flatMap((one) => one.reasons);
      expect(reasons.some((reason) => reason.startsWith('timestamp-'))).toBe(true);
    }
  });
});
