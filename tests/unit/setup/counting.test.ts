import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countPlaywright, countVitest } from '../../setup/counting.mjs';

describe('counting what the suites report', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'antin-count-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function written(report: unknown): string {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return file;
  }

  const suite = (status: string, ...tests: readonly string[]) => ({
    status,
    assertionResults: tests.map((state, index) => ({ status: state, fullName: `test ${index}` })),
  });

  test('passed, failed and skipped tests are told apart', () => {
    const file = written({ testResults: [suite('failed', 'passed', 'failed', 'pending')] });
    expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: ['test 2'] });
  });

  test('tests whose set-up broke are not called skipped', () => {
    const file = written({ testResults: [suite('failed', 'skipped', 'skipped')] });
    expect(countVitest(file, false)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  test('a file that could not be loaded is a failure, though none of its tests ran', () => {
    const file = written({ testResults: [suite('passed', 'passed'), suite('failed')] });
    expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  test('a run that ended badly is a failure, though every test passed', () => {
    const file = written({ testResults: [suite('passed', 'passed')] });
    expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  test('a run that tested nothing, or left no report, is a failure', () => {
    expect(countVitest(written({ testResults: [] }), true).failed).toBe(1);
    expect(countVitest(join(folder, 'never-written.json'), true).failed).toBe(1);
  });

  test('a browser test that passed only at its second try did not pass', () => {
    const stats = { expected: 2, unexpected: 0, flaky: 1, skipped: 1 };
    const spec = { title: 'waits', tests: [{ status: 'skipped' }] };
    const suites = [{ title: 'inbox', suites: [{ title: 'clerk', specs: [spec] }] }];
    expect(countPlaywright(written({ stats, suites, errors: [] }), true)).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['clerk: waits'],
    });
  });
});
