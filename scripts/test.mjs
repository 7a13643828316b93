// @ts-check
/** `npm test`: everything, from a fresh clone. The last line is `N passed, N failed, N skipped`. */
import { requireNode } from './node-version.mjs';

requireNode();
const { existsSync, mkdtempSync, readFileSync, rmSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { join } = await import('node:path');
const { ensureBuild, ensureDependencies, projectRoot, runInProject, runTool } = await import('./setup.mjs');

ensureDependencies();
const { ensureChromium } = await import('./chromium.mjs');
process.env.PICSIFT_CHROMIUM = await ensureChromium();

const reports = mkdtempSync(join(tmpdir(), 'picsift-test-'));
/** @type {string[]} steps that failed without a test of theirs failing */
const broken = [];
const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} name @param {() => number} run returns an exit code */
function check(name, run) {
  console.log(`\n== ${name}`);
  const ok = run() === 0;
  if (!ok) broken.push(name);
  return ok;
}

/**
 * @param {string} name
 * @param {() => number} run returns an exit code
 * @param {() => typeof total} count reads the report; throws when there is none
 */
function suite(name, run, count) {
  console.log(`\n== ${name}`);
  const status = run();
  try {
    const { passed, failed, skipped } = count();
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (passed + failed === 0 || (status !== 0 && failed === 0)) broken.push(name);
  } catch (error) {
    console.error(`No report of ${name}: ${String(error)}`);
    broken.push(name);
  }
}

/** @param {string} file */
const readReport = (file) => JSON.parse(readFileSync(file, 'utf8'));

for (const script of ['scripts/fixtures/generate.mjs', 'scripts/tiny-pack/generate.mjs']) {
  if (existsSync(join(projectRoot, script))) check(script, () => runInProject(process.execPath, [script]));
}
ensureBuild();

check('types', () => runTool('tsc', ['-b']));
check('lint and format', () => runTool('biome', ['check', '.']));
check('dead code', () => runTool('knip', []));
check('bundle budget', () => runInProject(process.execPath, ['scripts/bundle-budget.mjs']));

const unitReport = join(reports, 'unit.json');
suite(
  'unit tests',
  () =>
    runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]),
  () => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(unitReport);
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  },
);

const browserReport = join(reports, 'browser.json');
suite(
  'browser tests',
  () =>
    runTool('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport }),
  () => {
    const { expected, unexpected, flaky, skipped } = readReport(browserReport).stats;
    return { passed: expected + flaky, failed: unexpected, skipped };
  },
);

rmSync(reports, { recursive: true, force: true });
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed + broken.length} failed, ${total.skipped} skipped`);
process.exitCode = total.failed + broken.length === 0 ? 0 : 1;
