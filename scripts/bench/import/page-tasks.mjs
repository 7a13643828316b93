// @ts-check
/** The tasks of a page's main thread, by the clock and by the processor time that they took themselves. */

/** @typedef {{ clock: number, processor: number }} LongestTasks the longest by each measure, in milliseconds */
/** @typedef {{ name: string, ph: string, pid: number, tid: number, dur?: number, tdur?: number, args?: { name?: string } }} TraceEvent */

/**
 * Collects tasks of over 50 ms by the clock, as the browser itself reports them (W3C Long Tasks), which costs no speed.
 * @param {import('@playwright/test').Page} page that is not navigated away
 * @returns {Promise<() => Promise<number[]>>} what lasted over 50 ms since, in milliseconds
 */
export async function watchLongTasks(page) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const durations = [];
    const observer = new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: 'longtask' });
    Object.assign(window, { benchLongTasks: durations });
  });
  return () => page.evaluate(() => /** @type {any} */ (window).benchLongTasks);
}

/**
 * Traces all tasks until the answered function is called. On a shared machine a task lasts longer by the clock than it
 * works: other programs have the processor in between. Both are told.
 * @param {import('@playwright/test').Browser} browser with one page open that does anything
 * @returns {Promise<() => Promise<LongestTasks>>}
 */
export async function traceTasks(browser) {
  const session = await browser.newBrowserCDPSession();
  const mainThreads = new Set();
  /** @type {TraceEvent[]} */
  const tasks = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of /** @type {TraceEvent[]} */ (/** @type {unknown} */ (value))) {
      const thread = `${event.pid}/${event.tid}`;
      if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') mainThreads.add(thread);
      if (event.name === 'ThreadControllerImpl::RunTask' && event.ph === 'X') tasks.push(event);
    }
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel'],
      excludedCategories: ['*'],
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: 400_000,
    },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    const { dataLossOccurred } = /** @type {{ dataLossOccurred: boolean }} */ (await complete);
    if (dataLossOccurred) throw new Error('The trace is incomplete: import fewer photos.');
    await session.detach();
    const ofPages = tasks.filter(({ pid, tid }) => mainThreads.has(`${pid}/${tid}`));
    if (ofPages.length === 0) throw new Error('The trace holds no task of a page.');
    return {
      clock: Math.max(...ofPages.map(({ dur }) => dur ?? 0)) / 1000,
      processor: Math.max(...ofPages.map(({ tdur }) => tdur ?? 0)) / 1000,
    };
  };
}
