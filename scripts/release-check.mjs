// @ts-check
/**
 * `node scripts/release-check.mjs`: what must hold of the dependencies before a release. Fails on known vulnerabilities, on
 * a licence that was not agreed to, on a package without integrity, one that its maker gave up or that runs a script when it
 * is installed (unless agreed to here), and where the registry could not be asked.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { incompatible, packagesOf } from './licences.mjs';
import { projectRoot } from './setup.mjs';

/** @typedef {{ ok: boolean, text: string }} Verdict */

/**
 * What an answer of `npm audit --json` says.
 *
 * @param {string} output
 * @returns {Verdict}
 */
export function auditVerdict(output) {
  /** @type {{ message?: string, metadata?: { vulnerabilities?: Record<string, number> }, vulnerabilities?: Record<string, { severity: string }> }} */
  let answer;
  try {
    answer = JSON.parse(output);
  } catch {
    return { ok: false, text: 'not asked: npm gave no answer' };
  }
  const found = answer.metadata?.vulnerabilities;
  if (found === undefined) {
    // The address of a registry is nobody's business.
    const why = (answer.message ?? 'npm gave no figures').replace(/ - .*/s, '');
    return { ok: false, text: `not asked: the registry answered '${why}'; run this where it can be` };
  }
  const { total = 0 } = found;
  if (total === 0) return { ok: true, text: 'no known vulnerability' };
  const names = Object.entries(answer.vulnerabilities ?? {}).map(
    ([name, { severity }]) => `${name} (${severity})`,
  );
  return { ok: false, text: `${total} known vulnerabilities: ${names.join(', ')}` };
}

/** The first builds anew only where a project asks for it, the second warns of versions that do not go together. */
const scriptsAgreedTo = ['exifreader', 'protobufjs'];

/**
 * What the lock file says of the packages themselves.
 *
 * @param {Record<string, { integrity?: string, deprecated?: string, hasInstallScript?: boolean }>} packages by folder
 * @returns {Record<'integrity' | 'kept up' | 'install scripts', Verdict>}
 */
export function lockVerdicts(packages) {
  const named = Object.entries(packages)
    .filter(([folder]) => folder !== '')
    .map(([folder, one]) => ({ name: folder.replace(/^.*node_modules\//, ''), ...one }));
  const names = (/** @type {(one: typeof named[number]) => boolean} */ test) =>
    named.filter(test).map(({ name }) => name);
  const verdict = (/** @type {string[]} */ wrong, /** @type {string} */ good, /** @type {string} */ bad) => ({
    ok: wrong.length === 0,
    text: wrong.length === 0 ? good : `${bad}: ${wrong.join(', ')}`,
  });
  return {
    integrity: verdict(
      names(({ integrity }) => !integrity?.startsWith('sha512-')),
      `${named.length} packages pinned by SHA-512`,
      'not pinned',
    ),
    'kept up': verdict(
      names(({ deprecated }) => deprecated !== undefined),
      'no package that its maker gave up',
      'given up by their makers',
    ),
    'install scripts': verdict(
      names(({ name, hasInstallScript }) => hasInstallScript === true && !scriptsAgreedTo.includes(name)),
      `only of ${scriptsAgreedTo.join(' and ')}`,
      'not agreed to',
    ),
  };
}

/** @returns {Verdict} */
function licences() {
  const wrong = incompatible(packagesOf()).map(({ name, licence }) => `${name} (${licence})`);
  return {
    ok: wrong.length === 0,
    text: wrong.length === 0 ? 'all agreed to' : `not agreed to: ${wrong.join(', ')}`,
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--loglevel=silent'], {
    cwd: projectRoot,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const checks = { ...lockVerdicts(packages), licences: licences(), 'npm audit': auditVerdict(stdout ?? '') };
  for (const [name, { ok, text }] of Object.entries(checks))
    console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${text}`);
  process.exitCode = Object.values(checks).every(({ ok }) => ok) ? 0 : 1;
}
