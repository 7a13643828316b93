/** [Note: Shared files] Where files that another app shares wait for the page: see app/engine/shared-files.ts. */
const cacheName = 'picsift-shared';

/**
 * Takes what other apps share with the installed app. The service worker answers, so this works without a network, too;
 * the files wait in Cache Storage until a page that owns the library has stored them.
 */
export class SharedFiles {
  readonly #base: string;

  /** `base`: absolute URL of the app; `share` in it is the manifest's share target. */
  constructor(base: string) {
    this.#base = base;
  }

  /** The answer to a share; null: it is none. */
  respond(request: Request): Promise<Response> | null {
    if (request.method !== 'POST' || request.url !== new URL('share', this.#base).href) return null;
    return this.#keep(request).then(
      () => Response.redirect(new URL('./', this.#base).href, 303),
      // The page says it: there was no room, or the browser could not read what was shared.
      () => Response.redirect(new URL('./?share=failed', this.#base).href, 303),
    );
  }

  async #keep(request: Request): Promise<void> {
    const form = await request.formData();
    const files = form.getAll('photos').filter((value) => value instanceof File);
    const cache = await caches.open(cacheName);
    for (const file of files) {
      const url = new URL(`share/${crypto.randomUUID()}`, this.#base).href;
      const headers = {
        'Content-Type': file.type,
        'X-Name': encodeURIComponent(file.name),
        'X-Modified': String(file.lastModified),
      };
      await cache.put(url, new Response(file, { headers }));
    }
  }
}
