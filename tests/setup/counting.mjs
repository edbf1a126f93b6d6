import { existsSync, readFileSync } from 'node:fs';

/** @typedef {Readonly<{ passed: number, failed: number, skipped: readonly string[] }>} Count */

/**
 * Reads what Vitest wrote. A run that broke off, or a file that could not be loaded, is a failure too.
 * @param {string} file
 * @param {boolean} ok whether the program itself ended well
 * @returns {Count}
 */
export function countVitest(file, ok) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {string[]} */
  const skipped = [];
  let [passed, failed] = [0, 0];
  for (const suite of report.testResults) {
    let failedHere = 0;
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') failedHere += 1;
      else skipped.push(test.fullName);
    }
    failed += suite.status === 'failed' ? Math.max(1, failedHere) : failedHere;
  }
  const blind = passed + failed + skipped.length === 0;
  return { passed, failed: failed === 0 && (!ok || blind) ? 1 : failed, skipped };
}

/**
 * Reads what Playwright wrote; a test that passed only at a second try did not pass.
 * @param {string} file
 * @param {boolean} ok
 * @returns {Count}
 */
export function countPlaywright(file, ok) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const { stats, suites, errors } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = stats.unexpected + stats.flaky + errors.length;
  const blind = stats.expected + failed + stats.skipped === 0;
  return {
    passed: stats.expected,
    failed: failed === 0 && (!ok || blind) ? 1 : failed,
    skipped: suites.flatMap(skippedIn),
  };
}

/**
 * @param {any} suite
 * @returns {string[]}
 */
function skippedIn(suite) {
  const here = (suite.specs ?? [])
    .filter((/** @type {any} */ spec) =>
      spec.tests.some((/** @type {any} */ test) => test.status === 'skipped'),
    )
    .map((/** @type {any} */ spec) => `${suite.title}: ${spec.title}`);
  return [...here, ...(suite.suites ?? []).flatMap(skippedIn)];
}
