// @ts-check
/** Ends a page, one of its workers, or its browser, as crashes do. */
import { patience, within } from './probe.mjs';

/** @typedef {'page closed' | 'page crashed' | 'library worker' | 'inference worker' | 'builder worker' | 'browser'} Victim */

/**
 * @param {import('@playwright/test').Page} page
 * @param {Victim} victim
 * @returns {Promise<boolean>} false: there was no such worker, as when there is no work for it
 */
export async function kill(page, victim) {
  const context = page.context();
  if (victim === 'page closed') {
    await page.close();
  } else if (victim === 'page crashed') {
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    const session = await context.newCDPSession(page);
    session.send('Page.crash').catch(() => {}); // never answered
    await within(crashed, patience);
    await within(page.close(), 5000).catch(() => {});
  } else if (victim === 'browser') {
    const gone = new Promise((resolve) => context.once('close', resolve));
    const session = await context.newCDPSession(page);
    session.send('Browser.crash').catch(() => {}); // never answered
    await gone;
  } else {
    return killWorker(page, victim);
  }
  return true;
}

/** @param {import('@playwright/test').Page} page @param {Victim} victim */
async function killWorker(page, victim) {
  const name = victim.split(' ')[0] ?? '';
  const worker = page.workers().find((one) => one.url().includes(name));
  if (worker === undefined) return false;
  const starts = () =>
    page.evaluate(() => /** @type {any} */ (globalThis).libraryStarts?.() ?? Number.POSITIVE_INFINITY);
  const before = await starts();
  const fail = () => {
    setTimeout(() => {
      throw new Error('killed by the test');
    });
  };
  // It may have ended by itself.
  const isHit = await worker.evaluate(fail).then(
    () => true,
    () => false,
  );
  if (victim !== 'library worker' || before === Number.POSITIVE_INFINITY) return isHit;
  // Until the page has noticed, the one that failed still answers, and what is asked of it then is lost.
  for (const end = Date.now() + patience; (await starts()) === before; ) {
    if (Date.now() > end) throw new Error('the page did not start another library worker');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return isHit;
}

/** Whether the page, with the library in it, goes on. @param {Victim} victim */
export const isSurvived = (victim) => victim === 'inference worker' || victim === 'builder worker';
