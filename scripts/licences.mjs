// @ts-check
/**
 * `npm run licences`: the licence of every package that the built app may hold or that builds it, from the lock file.
 * Fails on one that does not go with distributing Picsift under MIT.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const projectRoot = fileURLToPath(new URL('../', import.meta.url));

/** Ask for no more than their text: parts of them may be in the app. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
]);

/** Of each file or library alone: those that are named here stay whole and replaceable (see 'Limits' in README.md). */
const copyleft = new Map([
  ['exifreader', 'MPL-2.0'],
  ['libheif-js', 'LGPL-3.0'],
]);
/** Never part of the app: only that they may be used counts. */
const forTools = new Set([...permissive, 'MPL-2.0']);

/** @typedef {{ name: string, version: string, licence: string, inApp: boolean }} Package */

/** @returns {Package[]} by name */
export function packagesOf(lockFile = join(projectRoot, 'package-lock.json')) {
  /** @type {Record<string, { version?: string, license?: string, dev?: boolean, devOptional?: boolean }>} */
  const packages = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(packages)
    .filter(([folder]) => folder !== '')
    .map(([folder, { version = '', license = 'unknown', dev, devOptional }]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      inApp: dev !== true && devOptional !== true,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Whether a licence's expression is met: of `or` one part, of `and` all. @param {string} text @param {ReadonlySet<string>} allowed */
function isAllowed(text, allowed) {
  const plain = text.replaceAll(/[()]/g, '');
  return plain.split(/ OR /i).some((part) => part.split(/ AND /i).every((one) => allowed.has(one.trim())));
}

/** Packages whose licence is none that was agreed to. @param {readonly Package[]} packages */
export function incompatible(packages) {
  return packages.filter(({ name, licence, inApp }) => {
    if (copyleft.get(name) === licence) return false;
    return !isAllowed(licence, inApp ? permissive : forTools);
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const packages = packagesOf();
  for (const inApp of [true, false]) {
    const some = packages.filter((one) => one.inApp === inApp);
    console.log(
      `\n${inApp ? 'In the app, or needed by what is' : 'To build and test'}: ${some.length} packages`,
    );
    /** @type {Map<string, string[]>} */
    const byLicence = new Map();
    for (const { name, version, licence } of some)
      byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${name} ${version}`]);
    for (const [licence, names] of [...byLicence].sort(([, a], [, b]) => b.length - a.length))
      console.log(`  ${licence} (${names.length}): ${names.join(', ')}`);
  }
  const wrong = incompatible(packages);
  for (const { name, version, licence } of wrong)
    console.error(`${name} ${version}: ${licence} was not agreed to`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
