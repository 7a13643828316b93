// @ts-check
/**
 * Libraries (vectors, scores, previews of 160 pixels) as a file and back, in the built app in Chromium: seconds, MB/s, and
 * by how much the page's process grows at most, in all and beyond what it holds afterwards (a restored library is open,
 * and takes memory by its size). The file is made in the browser's own file system.
 *
 * PICSIFT_BENCH_LIBRARY: photos in each library (default 10000,40000), 5,000 at least, so that there is an index.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { untilIndexed } from '../trust/index-kills.mjs';
import { seedLargeLibrary } from './large-library/seed.mjs';

const sizes = (process.env.PICSIFT_BENCH_LIBRARY ?? '10000,40000').split(',').map(Number);
const patience = { timeout: 1_800_000 };

/** Resident bytes of the largest renderer below a process; 0 where /proc does not tell. @param {number} root */
function rendererBytes(root) {
  /** @type {Map<number, number>} */
  const parents = new Map();
  let largest = 0;
  try {
    const ids = readdirSync('/proc').map(Number).filter(Number.isInteger);
    for (const id of ids) {
      try {
        parents.set(id, Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]));
      } catch {
        // It ended meanwhile.
      }
    }
    const isOurs = (/** @type {number | undefined} */ id) => {
      for (let at = id; at !== undefined && at > 1; at = parents.get(at)) if (at === root) return true;
      return false;
    };
    for (const id of parents.keys()) {
      if (!isOurs(id)) continue;
      try {
        if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer')) continue;
        largest = Math.max(largest, Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * 4096);
      } catch {
        // It ended meanwhile.
      }
    }
  } catch {
    return 0;
  }
  return largest;
}

/**
 * Seconds that a job takes, and by how many bytes the page's process grows at most.
 * @param {number} root
 * @param {() => Promise<unknown>} job
 */
async function measured(root, job) {
  const before = rendererBytes(root);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, rendererBytes(root));
  }, 100);
  const began = performance.now();
  await job();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  // What is no longer used is given back a while later.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  return { seconds, growth: most - before, beyond: most - rendererBytes(root) };
}

export async function run() {
  for (const photos of sizes) await saveAndRestore(photos);
}

/** @param {number} photos */
async function saveAndRestore(photos) {
  const served = await serve({ port: 0 });
  const server = await chromium.launchServer(await launchOptions());
  const root = server.process().pid ?? 0;
  const folder = mkdtempSync(join(tmpdir(), 'picsift-bench-'));
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const open = async (/** @type {boolean} */ seeded) => {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
      await context.route('**/models/**', () => {}); // the model stays on its way: nothing else works beside
      const page = await context.newPage();
      if (seeded) await seedLargeLibrary(page, served.url, photos);
      await page.addInitScript(() => void Reflect.deleteProperty(window, 'showSaveFilePicker'));
      await page.goto(`${served.url}#/?panel=settings`);
      const part = page.getByRole('region', { name: 'Backup', exact: true });
      await part.getByText('Last backup').or(part.getByText('There is no backup yet.')).waitFor(patience);
      if (seeded) {
        // What builds the index is memory of its own.
        await untilIndexed(page);
        await new Promise((resolve) => setTimeout(resolve, 10_000));
      }
      return { context, page, part };
    };
    const from = await open(true);
    const download = from.page.waitForEvent('download', patience);
    const saved = await measured(root, async () => {
      await from.part.getByRole('button', { name: 'Save a backup …' }).click();
      await from.part.getByText('Saved:').waitFor(patience);
    });
    const path = join(folder, 'a.picsift');
    await (await download).saveAs(path);
    const bytes = statSync(path).size;
    await from.context.close();
    const say = (
      /** @type {string} */ what,
      /** @type {{ seconds: number, growth: number, beyond: number }} */ { seconds, growth, beyond },
    ) =>
      console.log(
        `${what.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${(bytes / 1e6 / seconds).toFixed(1).padStart(6)} MB/s` +
          `  ${(photos / seconds).toFixed(0).padStart(6)} photos/s  at most ${(growth / 1e6).toFixed(0)} MB more, ${(beyond / 1e6).toFixed(0)} MB of it for a while`,
      );
    console.log(`${photos} photos, ${(bytes / 1e6).toFixed(1)} MB`);
    say('save', saved);

    const to = await open(false);
    const question = to.page.getByRole('alertdialog');
    const checked = await measured(root, async () => {
      await to.part.getByLabel('Backup file').setInputFiles(path);
      await question.waitFor(patience);
    });
    say('dry run', checked);
    const restored = await measured(root, async () => {
      await question.getByRole('button', { name: 'Restore', exact: true }).click();
      await to.part.getByText('The backup is restored.').waitFor(patience);
    });
    say('restore', restored);
  } finally {
    await browser.close();
    await server.close();
    await served.close();
    rmSync(folder, { recursive: true });
  }
}
