import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from './support/person.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

const overlay = tinyPackOverlay();
test.use({ serveOptions: { overlay } });

/** Waits until the app says that it is ready, and checks that this is true. */
async function becomeOfflineReady(page: Page): Promise<void> {
  await expect(page.getByText('Ready offline').first()).toBeVisible();
  // There is no hardware adapter here: what only WebGPU needs is not kept.
  const wanted = (await builtFiles(page)).filter(({ when }) => when !== 'webgpu').map(({ url }) => url);
  expect(wanted).toContain('index.html');
  const kept = await cachedFiles(page);
  expect(kept.sort()).toEqual(wanted.sort());
  // The service worker leaves the model packs alone.
  expect(kept.filter((file) => file.startsWith('models/'))).toEqual([]);
  const pack = await page.evaluate(async () => (await (await caches.open('picsift-models')).keys()).length);
  expect(pack).toBeGreaterThan(0);
}

/** Files of the app in Cache Storage, relative to the page. */
function cachedFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('picsift-app-'));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const start = new URL('./', document.baseURI).href.length;
    return requests.flat().map((request) => request.url.slice(start).replace(/\?.*/, ''));
  });
}

/** What the service worker was told to keep. */
async function builtFiles(page: Page): Promise<{ url: string; when: string }[]> {
  const script = await page.evaluate(async () => (await fetch('service-worker.js')).text());
  return [...script.matchAll(/\{[^{}]*"url":"([^"]+)","when":"(\w+)"\}/g)].map(([, url = '', when = '']) => ({
    url,
    when,
  }));
}

const isIsolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

test('the app can be installed', async ({ page }) => {
  await openApp(page);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject({ name: 'Picsift', display: 'standalone', start_url: './' });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's browser context is a private one, where nothing can be installed.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  for (const { src } of JSON.parse(data ?? '').icons) {
    expect((await page.request.get(src)).status(), src).toBe(200);
  }
});

test('the page is isolated and governed by the policy', async ({ page, site, watch }) => {
  watch.allow(/requires 'TrustedHTML' assignment/);
  const response = await page.goto(site.url);
  expect(response?.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'");
  expect(await isIsolated(page)).toBe(true);
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>markup</b>';
      return 'not refused';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe('TypeError');
});

test('with everything kept a reload works without a network, a new visit without the server, whatever the query says', async ({
  page,
  context,
  site,
}) => {
  await openApp(page);
  await becomeOfflineReady(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
  expect(await isIsolated(page)).toBe(true);

  await context.setOffline(false);
  await site.stop();
  await page.goto(`${site.url}?from=home-screen`);
  await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
});

test.describe('on a host that sends no headers', () => {
  test.use({ serveOptions: { overlay, headers: false } });

  test('the service worker makes the page isolated', async ({ page }) => {
    await openApp(page);
    await becomeOfflineReady(page);
    await page.reload();
    expect(await isIsolated(page)).toBe(true);
    const session = await page.evaluate(() => fetch('index.html').then((answer) => [...answer.headers]));
    expect(Object.fromEntries(session)).toMatchObject({ 'cross-origin-embedder-policy': 'require-corp' });
  });

  test('the page reloads itself once, by itself', async ({ page, site }) => {
    let loads = 0;
    page.on('load', () => loads++);
    await page.goto(site.url);
    // Playwright's questions to the page count as a person's actions, after which it would not reload: no question yet.
    await expect.poll(() => loads).toBe(2);
    expect(await isIsolated(page)).toBe(true);
    await becomeOfflineReady(page);
    expect(loads).toBe(2);
  });
});

test.describe('under a sub-path', () => {
  test.use({ serveOptions: { overlay, base: '/photos/picsift/' } });

  test('the app works offline as well', async ({ page, site }) => {
    await openApp(page);
    await becomeOfflineReady(page);
    await site.stop();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
    const { scope } = await page.evaluate(async () => ({
      scope: (await navigator.serviceWorker.ready).scope,
    }));
    expect(scope).toBe(site.url);
  });
});

test('a new version waits until the person asks for it', async ({ page, site }) => {
  const built = process.env.PICSIFT_DIST ?? 'dist';
  const newer = mkdtempSync(join(tmpdir(), 'picsift-newer-'));
  await openApp(page);
  await becomeOfflineReady(page);

  for (const file of ['service-worker.js', 'index.html']) cpSync(join(built, file), join(newer, file));
  const page2 = readFileSync(join(newer, 'index.html'), 'utf8').replace(
    '<title>Picsift',
    '<title>Newer Picsift',
  );
  writeFileSync(join(newer, 'index.html'), page2);
  const worker = readFileSync(join(newer, 'service-worker.js'), 'utf8');
  writeFileSync(
    join(newer, 'service-worker.js'),
    worker.replace(/"revision":"\w+"(?=,"url":"index\.html")/, '"revision":"newer"'),
  );
  site.setOverlay([newer, overlay]);

  await page.reload();
  const accept = page.getByRole('button', { name: 'Reload with the new version' });
  await expect(accept).toBeVisible();
  await expect(page).toHaveTitle(/Picsift$/);
  await expect(page).not.toHaveTitle(/Newer/);
  await accept.click();
  await expect(page).toHaveTitle(/Newer/);
  rmSync(newer, { recursive: true, force: true });
});
