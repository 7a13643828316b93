// @ts-check
/**
 * The library's own verbs in the app as it is built, while its page is there: what they answer is what the app knows to
 * be stored, to the moment. The page's engine starts and replaces the worker; the probe only talks to the latest one.
 */

/**
 * Runs in the page before the app does; see `call`.
 */
function watchLibrary() {
  /** @type {Worker | null} */
  let library = null;
  let calls = 0;
  let starts = 0;
  const Original = Worker;
  globalThis.Worker = class extends Original {
    constructor(/** @type {string | URL} */ url, /** @type {WorkerOptions | undefined} */ options) {
      super(url, options);
      if (options?.name !== 'library') return;
      library = this;
      starts++;
    }
    /** @override @param {any} message @param {any} rest */
    postMessage(message, ...rest) {
      // The page's own query of all photos: whatever else a query holds by now.
      if (message?.path?.[0] === 'view')
        Object.assign(globalThis, { pageQuery: message.argumentList[0].value });
      super.postMessage(message, ...rest);
    }
  };
  // Comlink's messages (src/app/engine/connection.ts).
  Object.assign(globalThis, {
    /** How many workers with the library in them the page has started. */
    libraryStarts: () => starts,
    callLibrary: (/** @type {string} */ verb, /** @type {unknown[]} */ ...values) =>
      new Promise((resolve, reject) => {
        const worker = library;
        if (worker === null) return reject(new Error('no library worker yet'));
        const id = `probe-${calls++}`;
        const listen = (/** @type {MessageEvent} */ { data }) => {
          if (data?.id !== id) return;
          worker.removeEventListener('message', listen);
          if (data.type === 'HANDLER' && data.name === 'throw') reject(new Error(data.value.value.message));
          else resolve(data.value);
        };
        worker.addEventListener('message', listen);
        const argumentList = values.map((value) => ({ type: 'RAW', value }));
        worker.postMessage({ id, type: 'APPLY', path: [verb], argumentList });
      }),
  });
}

/** In the page: `exactNeighbours(id)` answers each photo's cosine to that one, by brute force over what is stored. */
function compareExactly() {
  const exactNeighbours = async (/** @type {number} */ wanted) => {
    const done = (/** @type {IDBRequest} */ request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    /** @type {IDBDatabase} */
    const database = await done(indexedDB.open('picsift'));
    const transaction = database.transaction(['photoColumns', 'vectors']);
    const [columns, chunks] = await Promise.all([
      done(transaction.objectStore('photoColumns').getAll()),
      done(transaction.objectStore('vectors').getAll()),
    ]);
    database.close();
    const byNumber = new Map(chunks.map((/** @type {{ chunk: number }} */ one) => [one.chunk, one]));
    /** @type {Map<number, Int8Array>} */
    const vectors = new Map();
    for (const { chunk, bytes } of columns) {
      const contents = new Uint32Array(bytes, 48 * 1024, 1024);
      for (let row = 0; row < 1024; row++) {
        const content = (contents[row] ?? 0) - 1;
        if (content < 0) continue;
        const found = byNumber.get(Math.floor(content / 32));
        if (found === undefined) continue;
        const at = (content % 32) * (4 + Math.ceil(found.dim / 4) * 4) + 4;
        const { buffer, byteOffset } = found.records;
        vectors.set(chunk * 1024 + row, new Int8Array(buffer, byteOffset + at, found.dim));
      }
    }
    const query = vectors.get(wanted) ?? new Int8Array(0);
    const length = Math.hypot(...query);
    return new Map(
      [...vectors].map(([id, vector]) => {
        let product = 0;
        for (let i = 0; i < query.length; i++) product += (query[i] ?? 0) * (vector[i] ?? 0);
        return [id, product / length / Math.hypot(...vector)];
      }),
    );
  };
  Object.assign(globalThis, { exactNeighbours });
}

/** What takes longer than this hangs, however busy the machine is; milliseconds. */
export const patience = 180_000;

/** To be called once, before the first page. @param {import('@playwright/test').BrowserContext} context */
export async function probeLibrary(context) {
  await context.addInitScript(watchLibrary);
  await context.addInitScript(compareExactly);
}

/**
 * A page with the library open in it, taken over if another tab still has it.
 *
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url of the app
 */
export async function openProbed(context, url) {
  const page = await context.newPage();
  await page.goto(url, { timeout: patience });
  await untilOpen(page);
  return page;
}

/** Waits until the library answers. @param {import('@playwright/test').Page} page */
export async function untilOpen(page) {
  const elsewhere = page.getByRole('button', { name: 'Use it here' });
  const end = Date.now() + patience;
  for (;;) {
    const isOpen = await within(
      page.evaluate(async () => {
        const { callLibrary, pageQuery } = /** @type {any} */ (globalThis);
        await callLibrary('settings');
        return pageQuery !== undefined;
      }),
      2000,
    ).catch(() => false);
    if (isOpen) return;
    if (Date.now() > end) throw new Error(`the library was not open after ${patience} ms`);
    if (await elsewhere.isVisible()) await elsewhere.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * A verb of `LibraryApi` with plain values; lists of ids as arrays. Never settles if the worker dies meanwhile.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} verb
 * @param {readonly unknown[]} values `{ ids: number[] }` becomes a Uint32Array
 */
export function call(page, verb, ...values) {
  return page.evaluate(
    ({ verb, values }) =>
      /** @type {any} */ (globalThis).callLibrary(
        verb,
        ...values.map((value) => (value?.ids === undefined ? value : Uint32Array.from(value.ids))),
      ),
    { verb, values: /** @type {any[]} */ (values) },
  );
}

/**
 * @template Value
 * @param {Promise<Value>} work
 * @param {number} milliseconds
 * @returns {Promise<Value>}
 */
export function within(work, milliseconds) {
  return Promise.race([
    work,
    new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`nothing after ${milliseconds} ms`)), milliseconds).unref(),
    ),
  ]);
}

/** What `similar` is asked for. @param {number} id */
export const likePhoto = (id) => ({
  terms: [{ subject: { kind: 'photo', id, region: null }, weight: 1 }],
  filter: null,
});
