import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext, Worker } from '@playwright/test';
import { securityHeaders } from '../scripts/headers.mjs';
import { type Collector, startCollector } from './support/collector.ts';
import { photoFiles } from './support/fixtures.ts';
import { departures, leakFromAnywhere, leakFromDocument } from './support/leaks.ts';
import { openApp } from './support/person.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() } });

/** Enough of a photo to know it by, and short enough for an address. */
const bytes = [...readFileSync(photoFiles(1)[0] ?? '').subarray(0, 200)];

async function withCollector(use: (collector: Collector) => Promise<void>): Promise<void> {
  const collector = await startCollector();
  try {
    await use(collector);
  } finally {
    await collector.close();
  }
}

async function libraryWorker(page: Page): Promise<Worker> {
  const find = () => page.workers().find((worker) => worker.url().includes('library.worker'));
  await expect.poll(find).toBeTruthy();
  return find() as Worker;
}

test('the page and every worker script come with all the headers', async ({ page, request, site }) => {
  const scripts = new Set<string>([site.url, new URL('service-worker.js', site.url).href]);
  page.on('worker', (worker) => scripts.add(worker.url()));
  await openApp(page);
  await expect.poll(() => [...scripts].filter((url) => url.includes('.worker')).length).toBeGreaterThan(1);
  // Those that start later, too.
  const built = readdirSync(`${process.env.PICSIFT_DIST ?? 'dist'}/assets`);
  const workers = built.filter((name) => /\.worker-.*\.js$/.test(name));
  for (const name of ['library', 'inference', 'builder', 'figures', 'converter', 'camera'])
    expect(
      workers.some((file) => file.startsWith(`${name}.worker`)),
      name,
    ).toBe(true);
  for (const name of workers) scripts.add(new URL(`assets/${name}`, site.url).href);
  for (const url of scripts) {
    const headers = (await request.get(url)).headers();
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(headers[name.toLowerCase()], `${name} of ${url}`).toBe(value);
    }
  }
  const policy = securityHeaders['Content-Security-Policy'];
  for (const part of ["default-src 'self'", "form-action 'none'", "require-trusted-types-for 'script'"]) {
    expect(policy).toContain(part);
  }
  expect(securityHeaders['Referrer-Policy']).toBe('no-referrer');
});

test('the page and its workers are isolated, and text is no script', async ({ page, watch }) => {
  watch.allow(/TrustedScript|TrustedHTML|TrustedTypePolicy/);
  await openApp(page);
  const worker = await libraryWorker(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await worker.evaluate(() => crossOriginIsolated)).toBe(true);
  const refused = await page.evaluate(() => {
    const isRefused = (attempt: () => unknown) => {
      try {
        attempt();
        return false;
      } catch (error) {
        return error instanceof TypeError || error instanceof EvalError;
      }
    };
    return {
      html: isRefused(() => {
        document.createElement('div').innerHTML = '<b>text</b>';
      }),
      worker: isRefused(() => new Worker('data:text/javascript,0')),
      policy: isRefused(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('other', {}),
      ),
    };
  });
  expect(refused).toEqual({ html: true, worker: true, policy: true });
});

test('a photo cannot be sent out by a page or a worker', async ({ browser, site }) => {
  // A context of its own: what the browser says about refusals is not what this test is about.
  const context = await browser.newContext({ baseURL: site.url });
  const page = await context.newPage();
  await withCollector(async (open) => {
    // The attempts are real: where there is no policy, each of them arrives.
    await page.goto(open.url);
    const target = { url: open.url, bytes };
    const tried = [
      ...(await page.evaluate(leakFromAnywhere, target)),
      ...(await page.evaluate(leakFromDocument, target)),
    ];
    expect(tried.filter((way) => !open.arrived().includes(way))).toEqual([]);
  });
  await withCollector(async (shut) => {
    await openApp(page);
    const target = { url: shut.url, bytes };
    const worker = await libraryWorker(page);
    await worker.evaluate(leakFromAnywhere, target);
    await page.evaluate(leakFromAnywhere, target);
    expect(shut.arrived()).toEqual([]);
    await page.evaluate(leakFromDocument, target);
    expect(shut.arrived()).toEqual([]);
  });
  await context.close();
});

/** Tries each way to leave the page at `from`, or to open another, for `collector` with a photo in the address. */
async function departAll(context: BrowserContext, from: string, collector: Collector): Promise<void> {
  const leaving = Object.entries(departures).map(async ([name, depart]) => {
    const page = await context.newPage();
    await page.goto(from);
    await page.evaluate(depart, `${collector.url}${name}?photo=${bytes.join('.')}`);
    return page;
  });
  const pages = await Promise.all(leaving);
  await pages[0]?.waitForTimeout(1000);
  for (const page of pages) await page.close();
}

test('a photo cannot leave in an address, from the first visit on or through the service worker', async ({
  browser,
  site,
}) => {
  const context = await browser.newContext({ baseURL: site.url });
  await withCollector(async (open) => {
    await departAll(context, open.url, open);
    expect(open.arrived()).toEqual(expect.arrayContaining(Object.keys(departures)));
  });
  await withCollector(async (shut) => {
    await departAll(context, site.url, shut);
    expect(shut.arrived()).toEqual([]);
    const page = await context.newPage();
    await openApp(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    // The same from what the service worker keeps.
    await site.stop();
    await departAll(context, site.url, shut);
    await page.reload();
    await page.evaluate(leakFromDocument, { url: shut.url, bytes });
    await (await libraryWorker(page)).evaluate(leakFromAnywhere, { url: shut.url, bytes });
    expect(shut.arrived()).toEqual([]);
  });
  await context.close();
});
