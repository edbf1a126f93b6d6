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

// What is reached today; these only ever rise.
const acceptedFloor = 105;
const boundMs = 2000;

let rows: readonly Row[] = [];
beforeAll(() => {
  const at = InstantSchema.parse('2026-11-23T00:00:00.000Z');
  const lines = readFileSync(corpusPath('signatures', 'verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
  rows = lines.map((line) => {
    const [file = '', field = '', use = ''] = line.split('\t');
    const bytes = readFileSync(corpusPath('signatures', ...file.split('/')));
    const start = performance.now();
    const report = verifyPdf(bytes, { trust: [], at });
    const ms = performance.now() - start;
    const judged = report.signatures.filter((one) => field === '' || one.field === field);
    const alarm = judged.length === 0 || judged.some(({ integrity }) => integrity === 'broken');
    return { file, field, use, alarm, verdict: report.verdict, ms };
  });
});

describe('signed, changed and hostile files of others', () => {
  test('are judged in time, every one', () => {
    expect(rows.filter(({ ms }) => ms > boundMs)).toEqual([]);
    expect(rows.length).toBeGreaterThan(180);
  });

  test('are never shown as sound where they must be rejected', () => {
    const missed = rows.filter(
      ({ use, alarm, verdict }) => use === 'must_reject' && (!alarm || verdict === 'valid'),
    );
    expect(missed).toEqual([]);
  });

  test('raise hardly an alarm where nothing is wrong', () => {
    const accepted = rows.filter(({ use, alarm }) => use === 'must_accept' && !alarm);
    expect(accepted.length).toBeGreaterThanOrEqual(acceptedFloor);
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
