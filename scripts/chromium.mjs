// @ts-check
/** Where a Chromium for tests, benches and drawings is, and how to get one. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const namesOnPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string} file */
function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isRoot = process.getuid?.() === 0;

/** Popups of the address bar: each window gets a process for them, a tenth of all the work of the browser tests. */
const unusedParts = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** What Playwright switches off itself: the last list given counts alone. */
const offInPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/** Flags of every launch: Chromium's sandbox does not start as root. */
const launchArguments = [
  `--disable-features=${[...offInPlaywright, ...unusedParts].join(',')}`,
  ...(isRoot ? ['--no-sandbox'] : []),
];

/**
 * The path of a Chromium: the one that PICSIFT_CHROMIUM names, an installed one, else the one that Playwright
 * downloaded; null if there is none.
 * @returns {Promise<string | null>}
 */
async function findChromium() {
  const named = process.env.PICSIFT_CHROMIUM;
  if (named) {
    if (!isRunnable(named)) throw new Error(`PICSIFT_CHROMIUM is '${named}', which cannot be run`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...usualPlaces,
  ];
  const installed = candidates.find(isRunnable);
  if (installed !== undefined) return installed;
  const { chromium } = await import('@playwright/test');
  const downloaded = chromium.executablePath();
  return existsSync(downloaded) ? downloaded : null;
}

/**
 * What launches a Chromium, for Playwright.
 * @returns {Promise<{ executablePath: string, args: string[] }>} rejects when there is none
 */
export async function launchOptions() {
  const executablePath = await findChromium();
  if (executablePath === null) throw new Error('No Chromium: run `npm test` once, or set PICSIFT_CHROMIUM.');
  return { executablePath, args: launchArguments };
}

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 */
function run(command, parameters) {
  console.log(`> ${[command, ...parameters].join(' ')}`);
  return (
    spawnSync(command, parameters, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  );
}

/**
 * Finds a Chromium, or gets one: Playwright's download, else (Debian, as root) the package.
 * @returns {Promise<string>} its path; rejects when none can be had
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== null) return found;
  console.log('No Chromium found: fetching one.');
  run('npx', ['playwright', 'install', 'chromium']);
  if (isRoot) {
    const downloaded = await findChromium();
    // The download lacks the system's libraries on a bare machine.
    if (downloaded !== null && spawnSync(downloaded, ['--version']).status === 0) return downloaded;
    if (
      run('apt-get', ['update']) &&
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
    ) {
      const packaged = await findChromium();
      if (packaged !== null) return packaged;
    }
  }
  const last = await findChromium();
  if (last === null) {
    throw new Error('No Chromium to test with: install Chromium or Chrome, or name one in PICSIFT_CHROMIUM.');
  }
  return last;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await ensureChromium());
}
