import type { AppFile } from '../../protocol/offline.ts';

const namePrefix = 'picsift-app-';

interface Arrived {
  /** To be cloned to be read. */
  readonly response: Response;
  /** Why it could not be kept, such as storage being full; null: it is. */
  readonly problem: unknown;
}

/**
 * The built app's own files in Cache Storage. One cache holds them all, old and new version side by side while an update
 * waits: a file is keyed by its address and revision. Responses are stored with the headers that they must be served
 * with (see [Note: Response headers] in scripts/headers.mjs), so the cache's name changes when these do.
 */
export class AppCache {
  readonly #files = new Map<string, AppFile>();
  readonly #name: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #indexUrl: string;
  readonly #arriving = new Map<string, Promise<Arrived>>();
  #isForgotten = false;

  /**
   * `base`: absolute URL that the files' addresses are relative to. `headersId`: changes when `headers` do.
   */
  constructor(
    files: readonly AppFile[],
    base: string,
    headers: Readonly<Record<string, string>>,
    headersId: string,
  ) {
    for (const file of files) this.#files.set(new URL(file.url, base).href, file);
    this.#name = namePrefix + headersId;
    this.#headers = headers;
    this.#indexUrl = new URL('index.html', base).href;
  }

  /** Fetches the files that the app needs to begin. Rejects if one of them cannot be had. */
  async install(): Promise<void> {
    await this.#fetchAll((file) => file.when === 'start');
  }

  /** Fetches all others. Rejects if one of them cannot be had. */
  async finish(webgpu: boolean): Promise<void> {
    await this.#fetchAll((file) => file.when !== 'webgpu' || webgpu);
  }

  /** Drops what belongs to other versions. */
  async clean(): Promise<void> {
    for (const name of await caches.keys()) {
      if (name.startsWith(namePrefix) && name !== this.#name) await caches.delete(name);
    }
    const cache = await caches.open(this.#name);
    const wanted = new Set([...this.#files].map(([url, file]) => keyOf(url, file)));
    for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  }

  /** Deletes all of it, once what is on its way is here; from then on files are passed on and nothing is kept. */
  async forget(): Promise<void> {
    this.#isForgotten = true;
    await Promise.allSettled(this.#arriving.values());
    for (const name of await caches.keys()) if (name.startsWith(namePrefix)) await caches.delete(name);
  }

  /**
   * The answer to a page's request; null: not a file of the app, to be left alone. The app's own address gets
   * index.html, whatever its query.
   */
  respond(request: Request): Promise<Response> | null {
    if (request.method !== 'GET') return null;
    const url = new URL(request.url);
    url.hash = '';
    url.search = '';
    // The app has one page, whose addresses are relative to it: at any other one it would not work.
    const target = url.href === new URL('./', this.#indexUrl).href ? this.#indexUrl : url.href;
    const file = this.#files.get(target);
    return file === undefined ? null : this.#get(target, file);
  }

  async #fetchAll(isWanted: (file: AppFile) => boolean): Promise<void> {
    // One after another: this is never urgent, and what is urgent shall not wait for it.
    for (const [url, file] of this.#files) {
      if (this.#isForgotten) return;
      if (!isWanted(file) || (await this.#kept(url, file))) continue;
      const { problem } = await this.#fetch(url, file);
      if (problem !== null) throw problem;
    }
  }

  /** Does not open the cache: that would make an empty one where there is none. */
  #kept(url: string, file: AppFile): Promise<Response | undefined> {
    return caches.match(keyOf(url, file), { cacheName: this.#name });
  }

  async #get(url: string, file: AppFile): Promise<Response> {
    // The page gets what it asks for, whether there is room to keep it or not.
    return (await this.#kept(url, file)) ?? (await this.#fetch(url, file)).response.clone();
  }

  /** Fetches and stores a file; two askers share one fetch. Rejects if it cannot be had. */
  #fetch(url: string, file: AppFile): Promise<Arrived> {
    const key = keyOf(url, file);
    const running = this.#arriving.get(key);
    if (running) return running;
    const fetching = this.#fetchAndStore(url, file).finally(() => this.#arriving.delete(key));
    this.#arriving.set(key, fetching);
    return fetching;
  }

  async #fetchAndStore(url: string, file: AppFile): Promise<Arrived> {
    const found = await fetch(url, {
      // A file without a hash in its name may be an older one in the browser's own cache.
      cache: file.revision === null ? 'default' : 'reload',
      credentials: 'same-origin',
    });
    if (found.status !== 200) throw new Error(`${file.url}: found status ${found.status}, expected 200`);
    const headers = new Headers(found.headers);
    for (const [name, value] of Object.entries(this.#headers)) headers.set(name, value);
    const response = new Response(await found.blob(), { status: 200, headers });
    if (this.#isForgotten) return { response, problem: null };
    try {
      const cache = await caches.open(this.#name);
      await cache.put(keyOf(url, file), response.clone());
    } catch (problem) {
      return { response, problem };
    }
    return { response, problem: null };
  }
}

function keyOf(url: string, file: AppFile): string {
  return file.revision === null ? url : `${url}?revision=${file.revision}`;
}
