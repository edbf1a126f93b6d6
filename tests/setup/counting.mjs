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
    const failedHere = suite.assertionResults.filter(hasStatus('failed')).length;
    // A file or a set-up that broke marks its tests as skipped, but nobody chose to skip them.
    const isBroken = suite.status === 'failed' && failedHere === 0;
    passed += suite.assertionResults.filter(hasStatus('passed')).length;
    failed += isBroken ? 1 : failedHere;
    if (!isBroken) skipped.push(...suite.assertionResults.filter(isSkipped).map(fullName));
  }
  const blind = passed + failed + skipped.length === 0;
  return { passed, failed: failed === 0 && (!ok || blind) ? 1 : failed, skipped };
}

/**
 * @param {string} status
 * @returns {(test: Readonly<{ status: string }>) => boolean}
 */
function hasStatus(status) {
  return (test) => test.status === status;
}

/** @param {Readonly<{ status: string }>} test */
function isSkipped(test) {
  return !hasStatus('passed')(test) && !hasStatus('failed')(test);
}

/** @param {Readonly<{ fullName: string }>} test */
function fullName(test) {
  return test.fullName;
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
