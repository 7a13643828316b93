// @ts-check
/**
 * `npm test`: everything, from a fresh clone. What does not need a browser runs beside what does, which waits a lot. The
 * last line is `N passed, N failed, N skipped`.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { mkdtempSync, readFileSync, rmSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { join, relative } = await import('node:path');
const { ensureBuild, ensureDependencies, finish, finishTool, projectRoot, runInProject } = await import(
  './setup.mjs'
);

const began = performance.now();
/** @param {string} name */
const tell = (name) =>
  console.log(`\n== ${name} (after ${((performance.now() - began) / 1000).toFixed(0)} s)`);

ensureDependencies();
const { ensureChromium } = await import('./chromium.mjs');
process.env.PICSIFT_CHROMIUM = await ensureChromium();

const reports = mkdtempSync(join(tmpdir(), 'picsift-test-'));
/** @type {string[]} steps that failed without a test of theirs failing */
const broken = [];
const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} name @param {number} status an exit code */
function check(name, status) {
  if (status !== 0) broken.push(name);
}

/** Beside what else runs; what it says comes when it is through. @param {string} name @param {readonly string[]} command */
async function checkBeside(name, [tool = '', ...parameters]) {
  const { status, output } = await finishTool(tool, parameters);
  tell(name);
  console.log(output.trim());
  check(name, status);
}

/**
 * @param {string} name
 * @param {number} status an exit code
 * @param {() => typeof total} count reads the report; throws when there is none
 */
function suite(name, status, count) {
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

/** @type {string[]} told again at the end, as the browser tests go on long after */
const unitFailures = [];

/**
 * @param {{ name: string, message: string, assertionResults: readonly { status: string, fullName: string, failureMessages: readonly string[] }[] }} file
 *   `message`: why none of its tests ran
 */
function failuresIn({ name, message, assertionResults }) {
  const file = relative(projectRoot, name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const told = failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}\n${failureMessages[0]}`);
  return message === '' ? told : [`${file}: ${message}`, ...told];
}

async function unitTests() {
  const report = join(reports, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status, output } = await finishTool('vitest', ['run', ...reporters]);
  tell('unit tests');
  console.log(output.trim());
  suite('unit tests', status, () => {
    const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(report);
    unitFailures.push(...testResults.flatMap(failuresIn));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  });
}

async function browserTests() {
  const report = join(reports, 'browser.json');
  tell('browser tests');
  const { status } = await finishTool('playwright', ['test', '--reporter=list,json'], {
    shown: true,
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  suite('browser tests', status, () => {
    const { expected, unexpected, flaky, skipped } = readReport(report).stats;
    return { passed: expected + flaky, failed: unexpected, skipped };
  });
}

// The pictures wait for a browser to draw them, and nothing but the tests waits for them.
tell('pictures to test with, and the app');
const pictures = finish(process.execPath, ['scripts/fixtures/generate.mjs'], { shown: true });
const checks = (async () => {
  await checkBeside('types', ['tsc', '-b']);
  await checkBeside('lint and format', ['biome', 'check', '.']);
  await checkBeside('dead code', ['knip']);
  await pictures;
  await unitTests();
})();
ensureBuild();
check('pictures', (await pictures).status);
tell('bundle budget');
check('bundle budget', runInProject(process.execPath, ['scripts/bundle-budget.mjs']));
await Promise.all([browserTests(), checks]);

rmSync(reports, { recursive: true, force: true });
for (const failure of unitFailures) console.log(`\nFailed: ${failure}`);
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed + broken.length} failed, ${total.skipped} skipped`);
process.exitCode = total.failed + broken.length === 0 ? 0 : 1;
