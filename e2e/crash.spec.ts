import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmptyPage } from '../scripts/empty-page.mjs';
import { auditStorage } from '../scripts/trust/audit-storage.mjs';
import { KillMatrix } from '../scripts/trust/kill-matrix.mjs';
import { runMigrationKills } from '../scripts/trust/migration-kills.mjs';
import { addFiles, readLibrary } from '../scripts/trust/person-work.mjs';
import { call, probeLibrary, untilOpen, within } from '../scripts/trust/probe.mjs';
import { expectAccessible } from './support/accessible.ts';
import { fixture } from './support/fixtures.ts';
import { addPhotos, openApp, photoCell, waitForImport, waitForThumbnail } from './support/person.ts';
import { launchProfile } from './support/profile.ts';
import { closeSettings, openSettings } from './support/settings.ts';
import { storedIn } from './support/stored.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() } });

// `npm run bench:trust` does the same at a hundred moments.
test('page, workers and browser are killed while photos come in and are decided about: nothing is lost', async ({
  site,
}, info) => {
  const profile = temporaryFolder();
  const matrix = new KillMatrix({
    launch: () => launchProfile(info, profile),
    url: site.url,
    photos: ['smaller.jpg', 'cropped.jpg', 'mirrored.jpg'].map((name) => fixture(`near/${name}`)),
    seed: 5,
  });
  await matrix.run([0, 1, 2, 3, 4, 5]);
  const failed = matrix.moments.filter(({ wrong }) => wrong.length > 0);
  expect(failed).toEqual([]);
  // Else the moments would say nothing.
  expect(matrix.expected.added).toBeGreaterThan(20);
  expect(matrix.expected.committed).toBeGreaterThan(10);
});

test('browsers that end in the middle of an update of the database leave it as it was, or up to date', async ({
  site,
}, info) => {
  const profile = temporaryFolder();
  const moments: unknown[] = [];
  await runMigrationKills({
    launch: () => launchProfile(info, profile, { serviceWorkers: 'block' }),
    url: site.url,
    numbers: [0, 1],
    photos: 4000,
    seed: 3,
    told: (moment) => moments.push(...(moment.wrong.length > 0 ? [moment] : [])),
  });
  expect(moments).toEqual([]);
});

test('storage is full in the middle of an import, and later the browser gives less than is used: that is said, nothing is damaged, deleting makes room, and it goes on', async ({
  site,
}, info) => {
  // A megabyte each, as noise: browsers compress what they store.
  const folder = temporaryFolder();
  const photo = readFileSync(fixture('near/smaller.jpg'));
  const batches = Array.from({ length: 8 }, (_, batch) =>
    Array.from({ length: 6 }, (_, i) => {
      const path = join(folder, `${batch}-${i}.jpg`);
      writeFileSync(path, Buffer.concat([photo, randomBytes(1_000_000)]));
      return path;
    }),
  );
  const profile = temporaryFolder();
  const { origin } = new URL(site.url);
  const launch = async (quotaSize: number) => {
    const context = await launchProfile(info, profile, { baseURL: site.url });
    const plain = await context.newPage();
    await openEmptyPage(plain, site.url);
    const session = await context.newCDPSession(plain);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    const page = await context.newPage();
    await openApp(page);
    return { context, session, page };
  };
  const first = await launch(32_000_000);
  const refused = first.page.getByText(/storage for Picsift is full\. Free space/).first();
  let taken = 0;
  for (const batch of batches) {
    await addPhotos(first.page, batch);
    const heading = first.page.getByRole('heading', { name: `Photos ${taken + batch.length}` });
    await expect(heading.or(refused)).toBeVisible();
    if (await refused.isVisible()) break;
    taken += batch.length;
  }
  await expect(refused).toBeVisible();
  expect(taken).toBeGreaterThan(6);
  const used = await first.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await first.context.close();

  // It opens all the same, with all that was taken. A browser that runs would go by what there was room for before.
  const { context, session, page } = await launch(used - 2_500_000);
  await expect(page.getByRole('heading', { name: `Photos ${taken}` })).toBeVisible();
  const cell = (n: number) => photoCell(page, `0-${n}.jpg`);
  const like = async () => {
    await cell(5).focus();
    await page.keyboard.press('f');
  };
  await like();
  await expect(page.getByText('Not saved: there is no more room.')).toBeVisible();
  await expect(cell(5)).not.toHaveAccessibleDescription(/Favourite/);
  // What is removed cannot be kept for a while either; for good, it goes.
  await cell(0).focus();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete this photo for good?' });
  await expect(question).toContainText('no room left to keep removed photos');
  await expectAccessible(page, 'no room to remove a photo');
  await question.getByRole('button', { name: 'Delete for good' }).click();
  taken--;
  await expect(page.getByRole('heading', { name: `Photos ${taken}` })).toBeVisible();
  // So it does where one photo is open; the next one takes its place.
  await cell(1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '0-1.jpg' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(question).toContainText('no room left to keep removed photos');
  await question.getByRole('button', { name: 'Delete for good' }).click();
  taken--;
  await expect(page.getByRole('heading', { name: '0-1.jpg' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: `Photos ${taken}` })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: `Photos ${taken}` })).toBeVisible();

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  // The browser may go by the old quota for a moment yet.
  await expect(async () => {
    await like();
    await expect(cell(5)).toHaveAccessibleDescription(/Favourite/, { timeout: 5000 });
  }).toPass();
  const goOn = page.getByRole('button', { name: 'Continue' });
  for (const batch of batches) await addPhotos(page, batch);
  const all = batches.flat().length;
  await expect(page.getByRole('heading', { name: `Photos ${all}` })).toBeVisible();
  if (await goOn.isVisible()) await goOn.click();
  await expect.poll(() => storedIn(page)).toMatchObject({ photos: all, contents: all });
  expect(await page.evaluate(auditStorage)).toEqual([]);
  await context.close();
});

test('two tabs that are driven at once, each taking the library over again and again, write nothing twice', async ({
  page,
  context,
  site,
}) => {
  await probeLibrary(context);
  await page.goto(site.url);
  await untilOpen(page);
  const second = await context.newPage();
  await second.goto(site.url);
  const photo = readFileSync(fixture('near/smaller.jpg')).toString('base64');
  const names = Array.from({ length: 30 }, (_, i) => `${i}.jpg`);
  // Each tab adds the same files, in pieces, and decides about a label of its own.
  const tabs = [page, second].map((tab, label) => ({
    tab,
    label,
    done: 0,
    confirmed: new Map<number, string>(),
  }));
  let isOver = false;
  const drive = async (
    { tab, label, confirmed }: (typeof tabs)[number],
    count: () => void,
  ): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      // A call that a takeover cut off is never answered, or refused.
      const ask = (...values: Parameters<typeof call> extends [unknown, ...infer Rest] ? Rest : never) =>
        within(call(tab, ...values), 700).then(
          () => true,
          () => false,
        );
      const piece = names.slice((turn * 5) % names.length, ((turn * 5) % names.length) + 5);
      await within(tab.evaluate(addFiles, { bases: [photo], names: piece }), 1500).catch(() => {});
      const id = 1 + (turn % 10);
      const verdict = turn % 20 < 10 ? 'accepted' : 'rejected';
      confirmed.delete(id); // until it is confirmed, either may be there
      if (await ask('judge', { ids: [id] }, label, verdict)) {
        confirmed.set(id, verdict);
        count();
      }
    }
  };
  const driving = tabs.map((tab) => drive(tab, () => tab.done++));
  // Six times, and until each tab has done something, which takes longer on a busy machine.
  for (let turn = 0; turn < 6 || (turn < 60 && tabs.some(({ done }) => done < 2)); turn++) {
    const waiting = turn % 2 === 0 ? second : page;
    await waiting.getByRole('button', { name: 'Use it here' }).click();
    await page.waitForTimeout(400);
  }
  isOver = true;
  await Promise.all(driving);
  expect(tabs.map(({ done }) => done > 1)).toEqual([true, true]);

  await second.close();
  await untilOpen(page);
  await page.evaluate(addFiles, { bases: [photo], names });
  const count = names.length;
  await expect
    .poll(() => storedIn(page))
    .toMatchObject({
      photos: count,
      names: [...names].sort(),
      contents: count,
      blobs: count,
      thumbnails: count,
    });
  expect(await page.evaluate(auditStorage)).toEqual([]);
  const found = new Map((await readLibrary(page)).map(({ id, verdicts }) => [id, new Map(verdicts)]));
  for (const { label, confirmed } of tabs)
    for (const [id, verdict] of confirmed)
      expect(`${id}: ${found.get(id)?.get(label)}`).toBe(`${id}: ${verdict}`);
});

test('space is told by kind; previews can be deleted and come back smaller; the browser is asked once to keep it all', async ({
  page,
}) => {
  await page.addInitScript(() => {
    let asked = 0;
    const persist = async () => {
      asked++;
      return false;
    };
    Object.defineProperty(StorageManager.prototype, 'persist', { value: persist });
    Object.assign(globalThis, { timesAsked: () => asked });
  });
  const timesAsked = () =>
    page.evaluate(() => (globalThis as unknown as { timesAsked(): number }).timesAsked());
  await openApp(page);
  const names = ['smaller.jpg', 'cropped.jpg', 'mirrored.jpg'];
  await addPhotos(page, [fixture(`near/${names[0]}`), fixture(`near/${names[1]}`)]);
  await waitForImport(page, 2);
  await expect.poll(timesAsked).toBe(1);
  const large = await waitForThumbnail(page, 'smaller.jpg');
  expect(Math.max(large.width, large.height)).toBe(320);

  // What the app keeps of itself is counted when the settings open.
  await expect(page.getByText('Ready offline').first()).toBeVisible();
  const settings = await openSettings(page);
  const row = (name: string) =>
    settings.getByRole('table', { name: 'Space by kind' }).getByRole('row', { name }).getByRole('cell');
  await expect(row('Copies of photos')).toHaveText(/^\d+ kB$/);
  await expect(row('Previews')).toHaveText(/^\d+(\.\d)? kB$/);
  await expect(row('App, model')).toHaveText(/MB$/);
  await expect(settings.getByText('The browser may clear the library')).toBeVisible();
  await settings
    .getByRole('combobox', { name: 'Previews made from now on' })
    .selectOption('Small (160 pixels)');
  await settings.getByRole('button', { name: 'Delete previews' }).click();
  await expect(page.getByText('Deleted the previews of 2 photos.')).toBeVisible();
  await expect(row('Previews')).toBeHidden();
  await closeSettings(page);

  await page.reload();
  const small = await waitForThumbnail(page, 'smaller.jpg');
  expect(Math.max(small.width, small.height)).toBe(160);
  await addPhotos(page, [fixture(`near/${names[2]}`)]);
  await waitForImport(page, 1);
  await page.waitForTimeout(300);
  expect(await timesAsked()).toBe(0); // counted anew since the reload
});
