// @ts-check
/** What a person waits for in a large library, measured in the page: no time of the driving program is in it. */

/** @typedef {import('@playwright/test').Page} Page */

/** To be called once for a page, before it is opened: the start is watched from the navigation on. @param {Page} page */
export async function watchStart(page) {
  await page.addInitScript(() => {
    /** @type {{ screen: number | null, counts: number | null, longTasks: number[] }} */
    const watch = { screen: null, counts: null, longTasks: [] };
    Object.assign(window, { picsiftWatch: watch });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watch.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      const cells = [...document.querySelectorAll('[role="gridcell"]')].filter((cell) => {
        const { top, bottom } = cell.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
      const isThere = (/** @type {Element} */ cell) =>
        /** @type {HTMLImageElement | null} */ (cell.querySelector('img'))?.complete === true;
      if (cells.length > 0 && cells.every(isThere)) watch.screen ??= performance.now();
      if (document.querySelector('[aria-label="Tags in view"] li') !== null)
        watch.counts ??= performance.now();
      if (watch.screen === null || watch.counts === null) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/**
 * Milliseconds from the navigation to the first screen with all its thumbnails, and to the tags' counts.
 * @param {Page} page
 * @returns {Promise<{ screen: number, counts: number }>}
 */
export async function startTimes(page) {
  return page.evaluate(async () => {
    const watch = /** @type {any} */ (window).picsiftWatch;
    while (watch.screen === null || watch.counts === null) await new Promise(requestAnimationFrame);
    return { screen: watch.screen, counts: watch.counts };
  });
}

/**
 * Milliseconds from the person's press or choice that `act` makes to the frame that shows its result: another count,
 * another first photo, or another photo with the focus; with `until`, to the frame that has an element of that selector.
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 * @param {string} [until]
 * @returns {Promise<number>}
 */
export async function timeOf(page, act, until) {
  await page.evaluate((selector) => {
    const look = () => {
      if (selector !== undefined) return String(document.querySelector(selector) !== null);
      const first = document.querySelector('[data-index="0"]')?.getAttribute('data-photo');
      const focused = document.activeElement?.getAttribute('data-photo');
      return [document.querySelector('h1')?.textContent, first, focused].join('|');
    };
    let began = Number.NaN;
    const types = /** @type {const} */ (['click', 'keydown', 'change']);
    const begin = (/** @type {Event} */ event) => {
      if (Number.isNaN(began)) began = event.timeStamp;
    };
    for (const type of types) addEventListener(type, begin, true);
    const before = look();
    const done = (async () => {
      for (;;) {
        await new Promise(requestAnimationFrame);
        if (!Number.isNaN(began) && look() !== before) break;
      }
      for (const type of types) removeEventListener(type, begin, true);
      return performance.now() - began;
    })();
    Object.assign(window, { picsiftTime: done });
  }, until);
  await act();
  return page.evaluate(() => /** @type {any} */ (window).picsiftTime);
}

/**
 * Scrolls the photos from the first to the last in `frames` steps, as dragging the bar does. `longest`: the main thread's
 * longest task in milliseconds as the clock saw it, other programs' turns included; `longestOwn`: in time of the thread
 * itself, which does not depend on what else the machine does; `over50`: tasks over 50 ms by the clock.
 * @param {Page} page
 * @param {number} frames
 * @returns {Promise<{ longest: number, longestOwn: number, over50: number, end: boolean }>}
 */
export async function scrollThrough(page, frames) {
  const browser = /** @type {import('@playwright/test').Browser} */ (page.context().browser());
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  const result = await page.evaluate(async (steps) => {
    const watch = /** @type {any} */ (window).picsiftWatch;
    watch.longTasks.length = 0;
    let scroller = document.querySelector('[role="grid"]');
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1)
      scroller = scroller.parentElement;
    if (scroller === null) throw new Error('nothing scrolls');
    const range = scroller.scrollHeight - scroller.clientHeight;
    for (let step = 1; step <= steps; step++) {
      scroller.scrollTop = (range * step) / steps;
      await new Promise(requestAnimationFrame);
    }
    // Long tasks are told a moment later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return {
      longTasks: /** @type {number[]} */ ([...watch.longTasks]),
      end: scroller.scrollTop >= range - 1,
    };
  }, frames);
  const trace = JSON.parse((await browser.stopTracing()).toString());
  /** @typedef {{ name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }} TraceEvent */
  const events = /** @type {TraceEvent[]} */ (trace.traceEvents);
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const own = events
    .filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`))
    .map(({ tdur }) => (tdur ?? 0) / 1000);
  return {
    longest: Math.max(0, ...result.longTasks),
    longestOwn: own.reduce((most, one) => Math.max(most, one), 0),
    over50: result.longTasks.length,
    end: result.end,
  };
}

/**
 * Waits until no worker has built anything for some seconds, but not for ever.
 *
 * @param {Page} page
 * @returns {Promise<number>} milliseconds
 */
export async function buildersDone(page) {
  const began = performance.now();
  const most = Number(process.env.PICSIFT_BENCH_WAIT ?? 150_000);
  for (let quiet = 0; quiet < 5 && performance.now() - began < most; ) {
    await page.waitForTimeout(1000);
    quiet = page.workers().some((worker) => worker.url().includes('builder')) ? 0 : quiet + 1;
  }
  return performance.now() - began;
}
