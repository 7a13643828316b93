// @ts-check
/** Ends a page, one of its workers, or its browser, as crashes do. */
import { within } from './probe.mjs';

/** @typedef {'page closed' | 'page crashed' | 'library worker' | 'inference worker' | 'builder worker' | 'browser'} Victim */

/**
 * @param {import('@playwright/test').Page} page
 * @param {Victim} victim
 */
export async function kill(page, victim) {
  const context = page.context();
  if (victim === 'page closed') {
    await page.close();
  } else if (victim === 'page crashed') {
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    const session = await context.newCDPSession(page);
    session.send('Page.crash').catch(() => {}); // never answered
    await within(crashed, 10_000);
    await within(page.close(), 5000).catch(() => {});
  } else if (victim === 'browser') {
    const gone = new Promise((resolve) => context.once('close', resolve));
    const session = await context.newCDPSession(page);
    session.send('Browser.crash').catch(() => {}); // never answered
    await gone;
  } else {
    const name = victim.split(' ')[0] ?? '';
    const worker = page.workers().find((one) => one.url().includes(name));
    const fail = () => {
      setTimeout(() => {
        throw new Error('killed by the test');
      });
    };
    // It may have ended by itself.
    await worker?.evaluate(fail).catch(() => {});
  }
}

/** Whether the page, with the library in it, goes on. @param {Victim} victim */
export const isSurvived = (victim) => victim === 'inference worker' || victim === 'builder worker';
