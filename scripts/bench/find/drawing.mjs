// @ts-check
/**
 * How long it takes to the frame that shows the candidates of a search in their new order when a weight is moved: in the
 * built app in Chromium, with as many similar photos as are ever listed, after `npm run build`.
 */
import { chromium } from '@playwright/test';
import { launchOptions } from '../../chromium.mjs';
import { serve } from '../../serve.mjs';
import { median } from '../core/figures.mjs';
import { traceTasks, watchLongTasks } from '../import/page-tasks.mjs';
import { seedLargeLibrary } from '../large-library/seed.mjs';

/** Photos, of which each is like every fourth one. */
const photos = 1600;
const clusters = 4;
const moves = 20;

export async function measureDrawing() {
  const served = await serve({ port: 0 });
  const browser = await chromium.launch(await launchOptions());
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await seedLargeLibrary(page, served.url, photos, clusters);
    await page.goto(`${served.url}#/?similar=17`);
    const hits = page.getByRole('list', { name: 'Similar photos' }).locator('.hit');
    await page.getByRole('slider', { name: 'Similar from' }).press('Home');
    // Signatures are made in the background; all parts are then known, and every candidate that is drawn has its picture.
    const isReady = async () => {
      const known = await hits.evaluateAll(
        (all) => all.filter((hit) => hit.hasAttribute('data-parts') && hit.querySelector('img')).length,
      );
      return known > 0 && known === (await hits.count());
    };
    for (const until = Date.now() + 120_000; !(await isReady()); ) {
      if (Date.now() > until) throw new Error('the parts of the scores did not come');
      await page.waitForTimeout(1000);
      await page.reload();
      await hits.first().waitFor();
      await page.waitForTimeout(1000);
    }
    await page.getByRole('combobox', { name: 'What counts' }).selectOption('Balanced');
    await page.waitForTimeout(2000);
    const slider = page.getByRole('slider', { name: 'Colours' });
    await slider.focus();
    const longTasks = await watchLongTasks(page);
    const traced = await traceTasks(browser);
    const taken = [];
    let changed = 0;
    for (let n = 0; n < moves; n++) {
      const { milliseconds, isOther } = await moveOnce(page, n < moves / 2 ? 'ArrowRight' : 'ArrowLeft');
      taken.push(milliseconds);
      if (isOther) changed++;
      // The library is asked for what else comes first when the weights rest: that is another matter.
      await page.waitForTimeout(20);
    }
    const { processor } = await traced();
    const candidates = await page
      .getByText(/\d+ similar photos/)
      .first()
      .textContent()
      .then((text) => Number.parseInt(text ?? '', 10));
    const long = await longTasks();
    console.log(
      `\na weight moved, to the frame that shows ${candidates} candidates in the new order, ${await hits.count()} of them drawn (${changed} of ${moves} moves changed it): ` +
        `median ${median(taken).toFixed(0)} ms, most ${Math.max(...taken).toFixed(0)} ms (bar 50); ` +
        `longest task ${processor.toFixed(0)} ms of work, ${long.length} over 50 ms by the clock`,
    );
  } finally {
    await browser.close();
    await served.close();
  }
}

/** From the press of the key to after the frame. @param {import('@playwright/test').Page} page @param {string} key */
async function moveOnce(page, key) {
  await page.evaluate(() => {
    const order = () =>
      Array.from(
        document.querySelectorAll('.hits .hit'),
        (hit) => /** @type {HTMLElement} */ (hit).title,
      ).join();
    const before = order();
    Object.assign(window, {
      picsiftMove: new Promise((resolve) => {
        addEventListener(
          'keydown',
          ({ timeStamp }) =>
            requestAnimationFrame(() => {
              // Handled after the frame is drawn.
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () =>
                resolve({ milliseconds: performance.now() - timeStamp, isOther: order() !== before });
              port2.postMessage(null);
            }),
          { capture: true, once: true },
        );
      }),
    });
  });
  await page.keyboard.press(key);
  return page.evaluate(
    () =>
      /** @type {Promise<{ milliseconds: number, isOther: boolean }>} */ (
        /** @type {any} */ (window).picsiftMove
      ),
  );
}
