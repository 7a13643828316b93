import type { PackFile } from './pack-manifest.ts';

/**
 * [Note: Verified pack files]
 *
 * Files of a model pack are kept in Cache Storage under `modelCacheName`, each under its URL with its SHA-256 as the
 * query, so that a new version never meets the bytes of an old one. Their hash is checked when they come from the network
 * and again each time they come from the cache. `pack.json` is kept under its plain URL, and only once every file that
 * tagging needs is there: what the cache offers without a network can always be run. The service worker leaves the
 * folder alone.
 */
export const modelCacheName = 'picsift-models';

/** The part of the Cache Storage API in use; null where the browser has none (no secure context, private windows). */
export type CacheSource = Pick<CacheStorage, 'open'> | null;

/** The pack's corner of Cache Storage. A cache that fails is as good as none: nothing here rejects. */
export class PackCache {
  readonly #packUrl: string;
  readonly #source: CacheSource;

  constructor(packUrl: string, source: CacheSource) {
    this.#packUrl = packUrl;
    this.#source = source;
  }

  keyOf(file: PackFile): string {
    return `${this.#packUrl}${file.path}?sha256=${file.sha256}`;
  }

  plainKey(path: string): string {
    return `${this.#packUrl}${path}`;
  }

  async get(key: string): Promise<ArrayBuffer | null> {
    return this.#with(null, async (cache) => {
      const response = await cache.match(key);
      return response ? response.arrayBuffer() : null;
    });
  }

  async has(key: string): Promise<boolean> {
    return this.#with(false, async (cache) => (await cache.match(key)) !== undefined);
  }

  /** False when it could not be kept (no room, no cache). */
  async put(key: string, bytes: ArrayBuffer | string): Promise<boolean> {
    return this.#with(false, async (cache) => {
      await cache.put(key, new Response(bytes));
      return true;
    });
  }

  async delete(key: string): Promise<void> {
    await this.#with(false, (cache) => cache.delete(key));
  }

  /** Deletes what lies in the pack's folder under other keys than these. */
  async keepOnly(keys: ReadonlySet<string>): Promise<void> {
    await this.#with(undefined, async (cache) => {
      for (const { url } of await cache.keys()) {
        if (url.startsWith(this.#packUrl) && !keys.has(url)) await cache.delete(url);
      }
    });
  }

  async #with<T>(otherwise: T, action: (cache: Cache) => Promise<T>): Promise<T> {
    if (!this.#source) return otherwise;
    try {
      return await action(await this.#source.open(modelCacheName));
    } catch {
      return otherwise;
    }
  }
}
