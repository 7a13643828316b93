import { afterEach, describe, expect, it, vi } from 'vitest';
import { SharedFiles } from './shared-files.ts';

const base = 'https://example.test/app/';

class TestCache {
  readonly kept = new Map<string, Response>();
  isFull = false;
  async put(url: string, response: Response): Promise<void> {
    if (this.isFull) throw new DOMException('no room', 'QuotaExceededError');
    this.kept.set(url, response);
  }
}

function withCache(): TestCache {
  const cache = new TestCache();
  vi.stubGlobal('caches', { open: async () => cache });
  return cache;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

function share(files: readonly File[], url = `${base}share`): Request {
  const form = new FormData();
  for (const file of files) form.append('photos', file);
  form.append('title', 'words that came with it');
  return new Request(url, { method: 'POST', body: form });
}

describe('files that other apps share', () => {
  it('wait for the page with name, type and time', async () => {
    const cache = withCache();
    const file = new File(['abc'], '照片 1.jpg', { type: 'image/jpeg', lastModified: 5 });
    const answer = await new SharedFiles(base).respond(share([file, file]));
    expect(answer?.status).toBe(303);
    expect(answer?.headers.get('Location')).toBe(base);
    expect(cache.kept.size).toBe(2);
    const [kept] = [...cache.kept.values()];
    expect(await kept!.text()).toBe('abc');
    expect(decodeURIComponent(kept!.headers.get('X-Name')!)).toBe('照片 1.jpg');
    expect(kept!.headers.get('X-Modified')).toMatch(/^\d+$/);
  });

  it('that cannot be kept are told to the page', async () => {
    withCache().isFull = true;
    const answer = await new SharedFiles(base).respond(share([new File(['abc'], 'a.jpg')]));
    expect(answer?.headers.get('Location')).toBe(`${base}?share=failed`);
  });

  it('are nothing else that is sent or asked for', () => {
    const shared = new SharedFiles(base);
    expect(shared.respond(new Request(`${base}share`))).toBeNull();
    expect(shared.respond(share([], `${base}other`))).toBeNull();
  });
});
