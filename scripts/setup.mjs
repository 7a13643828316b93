// @ts-check
/** What `npm start`, `npm test` and `npm run bench` need before they can begin. Uses nothing that is not in Node itself. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute, with a final separator. */
export const projectRoot = fileURLToPath(new URL('../', import.meta.url));

const buildStamp = join(projectRoot, 'dist', '.build-stamp');

/** Everything that the built app is made from. */
const buildSources = [
  'index.html',
  'package-lock.json',
  'public',
  'scripts/headers.mjs',
  'src',
  'tsconfig.base.json',
  'vite.config.ts',
  'workers',
];

/** @param {string} name @param {readonly string[]} parameters @returns {number} exit code */
export function runInProject(name, parameters, environment = {}) {
  const { status, error } = spawnSync(name, parameters, {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  if (error) console.error(`${name}: ${error.message}`);
  return status ?? 1;
}

/** Runs a tool of node_modules/.bin. @param {string} name @param {readonly string[]} parameters */
export function runTool(name, parameters, environment = {}) {
  return runInProject(join(projectRoot, 'node_modules', '.bin', name), parameters, environment);
}

/**
 * Runs a program while other things run: shown as it goes on; or behind all others, and told at the end.
 *
 * @param {string} name
 * @param {readonly string[]} parameters
 * @param {{ shown?: boolean, environment?: Record<string, string> }} [how]
 * @returns {Promise<{ status: number, output: string }>} exit code, and what it said if that was not shown
 */
export function finish(name, parameters, { shown = false, environment = {} } = {}) {
  const running = spawn(name, parameters, {
    cwd: projectRoot,
    stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    // What is told at the end has no colours unless a terminal shows it, whatever the surroundings force.
    env: {
      ...process.env,
      ...(shown || process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }),
      ...environment,
    },
    shell: process.platform === 'win32',
  });
  try {
    if (!shown && running.pid !== undefined)
      setPriority(running.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {} // where that is not allowed they share alike
  let output = '';
  for (const stream of [running.stdout, running.stderr])
    stream?.on('data', (part) => {
      output += part;
    });
  return new Promise((resolve) => {
    running.on('error', (error) => resolve({ status: 1, output: `${output}${name}: ${error.message}` }));
    running.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** `finish` for a tool of node_modules/.bin. @type {typeof finish} */
export const finishTool = (name, ...how) => finish(join(projectRoot, 'node_modules', '.bin', name), ...how);

/** @param {string} file */
function filesUnder(file) {
  const path = join(projectRoot, file);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  /** @type {string[]} */
  const files = [];
  const visit = (/** @type {string} */ folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) visit(inside);
      else if (!/\.test\.tsx?$/.test(entry.name)) files.push(inside);
    }
  };
  visit(path);
  return files.sort();
}

/** @param {readonly string[]} names files and folders, relative to the project */
function hashOf(names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap(filesUnder)) {
    hash.update(file.slice(projectRoot.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} file */
const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }>} by folder */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Whether node_modules holds what the lock file names, by npm's own record of what it installed. */
function dependenciesAreInstalled() {
  const record = join(projectRoot, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(projectRoot, 'package-lock.json'))).every(
    ([folder, wanted]) =>
      folder === '' || wanted.optional === true || installed[folder]?.version === wanted.version,
  );
}

/** Installs the dependencies unless those of the lock file are there. Ends the process when that fails. */
export function ensureDependencies() {
  if (dependenciesAreInstalled()) return;
  const folder = join(projectRoot, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci would empty the folder that the link leads to: it belongs to somebody else.
    console.error(
      `node_modules is a link to ${readlinkSync(folder)}, which does not hold what package-lock.json names. ` +
        'Install there, or remove the link and run this again.',
    );
    process.exit(1);
  }
  console.log('Installing what Picsift is built with (npm ci) ...');
  if (runInProject('npm', ['ci', '--no-audit', '--no-fund']) === 0) return;
  console.error('npm ci failed: see its message above. Without these packages Picsift cannot be built.');
  process.exit(1);
}

/** Builds into dist unless it holds a build of these very sources. Ends the process when that fails. */
export function ensureBuild() {
  const wanted = hashOf(buildSources);
  if (readStamp(buildStamp) === wanted) return;
  console.log('Building Picsift ...');
  if (runTool('vite', ['build', '--logLevel', 'warn']) !== 0) {
    console.error('The build failed: see its message above.');
    process.exit(1);
  }
  writeFileSync(buildStamp, wanted);
}
