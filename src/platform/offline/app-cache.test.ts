import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppFile } from '../../protocol/offline.ts';
import { AppCache } from './app-cache.ts';

const base = 'https://example.test/app/service-worker.js';
const files: readonly AppFile[] = [
  { url: 'index.html', revision: '1', when: 'start' },
  { url: 'a-hash.js', revision: null, when: 'start' },
  { url: 'lazy-hash.js', revision: null, when: 'idle' },
];

/** Cache Storage by name, as it behaves: opening a cache makes it. */
const stored = new Map<string, Map<string, Response>>();
let isFull = false;
/** Addresses that were asked for, and how to let each answer come. */
const asked: { readonly url: string; readonly arrive: () => void }[] = [];

beforeEach(() => {
  stored.clear();
  isFull = false;
  asked.length = 0;
  const open = async (name: string) => {
    const kept = stored.get(name) ?? new Map<string, Response>();
    stored.set(name, kept);
    return {
      put: async (url: string, response: Response) => {
        if (isFull) throw new DOMException('no room', 'QuotaExceededError');
        kept.set(url, response);
      },
      keys: async () => [...kept.keys()].map((url) => new Request(url)),
      delete: async ({ url }: Request) => kept.delete(url),
    };
  };
  vi.stubGlobal('caches', {
    open,
    keys: async () => [...stored.keys()],
    delete: async (name: string) => stored.delete(name),
    match: async (url: string, { cacheName }: { cacheName: string }) =>
      stored.get(cacheName)?.get(url)?.clone(),
  });
  vi.stubGlobal(
    'fetch',
    (url: string) =>
      new Promise<Response>((resolve) => {
        asked.push({ url, arrive: () => resolve(new Response(`bytes of ${url}`)) });
      }),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const made = () => new AppCache(files, base, { 'X-Policy': 'strict' }, 'id');
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Lets everything that is asked for arrive until `work` is through. */
async function arriving<Value>(work: Promise<Value>): Promise<Value> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) {
    for (const one of asked) one.arrive();
    await settled();
  }
  return work;
}

describe('the files of the app', () => {
  it('are kept with their headers: first what is needed to begin, then all', async () => {
    const cache = made();
    await arriving(cache.install());
    const kept = stored.get('picsift-app-id')!;
    expect([...kept.keys()]).toEqual([
      'https://example.test/app/index.html?revision=1',
      'https://example.test/app/a-hash.js',
    ]);
    await arriving(cache.finish(false));
    expect(kept.size).toBe(3);
    expect(kept.get('https://example.test/app/a-hash.js')?.headers.get('X-Policy')).toBe('strict');
    expect(asked).toHaveLength(3);
    const answer = await cache.respond(new Request('https://example.test/app/?from=home'));
    expect(await answer?.text()).toBe('bytes of https://example.test/app/index.html');
    expect(cache.respond(new Request('https://example.test/app/models/x'))).toBeNull();
  });

  it('reach the page also where there is no room to keep them; offline it is not ready then', async () => {
    const cache = made();
    await arriving(cache.install());
    isFull = true;
    const answer = await arriving(cache.respond(new Request('https://example.test/app/lazy-hash.js'))!);
    expect(await answer.text()).toBe('bytes of https://example.test/app/lazy-hash.js');
    const finishing = arriving(cache.finish(false));
    await expect(finishing).rejects.toThrow('no room');
  });

  it('are erased while they still come in, and nothing of them comes back', async () => {
    const cache = made();
    await arriving(cache.install());
    const finishing = cache.finish(false);
    const reading = cache.respond(new Request('https://example.test/app/lazy-hash.js'));
    await settled();
    expect(asked.at(-1)?.url).toContain('lazy');
    const forgetting = cache.forget();
    await settled();
    for (const one of asked) one.arrive();
    await Promise.all([forgetting, finishing]);
    // The page still gets what it asked for.
    expect(await (await reading)?.text()).toContain('lazy');
    expect([...stored.keys()]).toEqual([]);
    await arriving(cache.respond(new Request('https://example.test/app/a-hash.js'))!);
    await cache.finish(false);
    expect([...stored.keys()]).toEqual([]);
  });
});
