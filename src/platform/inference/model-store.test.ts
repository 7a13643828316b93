import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ModelStore } from './model-store.ts';

const packUrl = 'https://picsift.example/app/models/tiny/';

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function entry(path: string, text: string) {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { path, bytes: bytesOf(text).byteLength, sha256 };
}

/** The files of a small pack, by path. */
function packFiles(version: string): Map<string, string> {
  const files = new Map([
    ['model.onnx', `weights of version ${version}`],
    ['labels.json', JSON.stringify([{ id: 'dog', en: 'Dog', zh: '狗', threshold: 0.5, prior: 0.1 }])],
    ['golden.json', JSON.stringify([{ seed: 0, embedding: [0.6, 0.8], scores: [0.3] }])],
    ['heads.bin', 'heads'],
    ['projection.bin', 'projection'],
    ['CARD.md', 'card'],
  ]);
  const of = (path: string) => entry(path, files.get(path)!);
  files.set(
    'pack.json',
    JSON.stringify({
      format: 1,
      id: 'tiny',
      version,
      name: { en: 'Tiny', zh: '小' },
      licence: 'MIT',
      card: 'CARD.md',
      model: of('model.onnx'),
      input: {
        name: 'pixels',
        type: 'float32',
        layout: 'NCHW',
        colour: 'RGB',
        range: [0, 255],
        size: 32,
        fit: 'centre-crop',
      },
      outputs: {
        embedding: { name: 'embedding', dim: 2 },
        labels: { name: 'logits', activation: 'sigmoid' },
        map: { name: 'map', channels: 4 },
      },
      labels: of('labels.json'),
      heads: of('heads.bin'),
      projection: of('projection.bin'),
      golden: of('golden.json'),
    }),
  );
  return files;
}

/** A static host and a Cache Storage, both in memory. */
function world(files = packFiles('1')) {
  const requests: string[] = [];
  const kept = new Map<string, ArrayBuffer>();
  const host = { files, offline: false, breaking: 0 };
  const cache = {
    match: async (url: string) => (kept.has(url) ? new Response(kept.get(url)) : undefined),
    put: async (url: string, response: Response) => void kept.set(url, await response.arrayBuffer()),
    delete: async (url: string) => kept.delete(url),
    keys: async () => [...kept.keys()].map((url) => ({ url })),
  };
  const sources = {
    fetch: async (url: string, init: RequestInit) => {
      expect(init.cache).toBe('no-store');
      requests.push(url.slice(packUrl.length));
      if (host.offline || host.breaking-- > 0) throw new TypeError('Failed to fetch');
      const text = host.files.get(url.slice(packUrl.length));
      return text === undefined ? new Response('not here', { status: 404 }) : new Response(text);
    },
    caches: { open: async () => cache as unknown as Cache },
  };
  return { host, requests, kept, sources, store: () => new ModelStore(packUrl, sources) };
}

async function problemOf(loading: ReturnType<ModelStore['update']>) {
  const loaded = await loading;
  return loaded.ok ? null : loaded.problem;
}

describe('a model store', () => {
  it('loads what tagging needs and tells how far it is, to the last byte', async () => {
    const { store } = world();
    const seen: [number, number][] = [];
    const loaded = await store().update((received, total) => seen.push([received, total]));
    expect(loaded).toMatchObject({ ok: true, value: { manifest: { id: 'tiny' }, labels: [{ id: 'dog' }] } });
    const last = seen.at(-1)!;
    expect(last[0]).toBe(last[1]);
  });

  it('starts without the network from what it kept, and asks for nothing but news when there is one', async () => {
    const { store, host, requests } = world();
    await store().update();
    requests.length = 0;
    expect((await store().update()).ok).toBe(true);
    expect(requests).toEqual(['pack.json']);
    host.offline = true;
    expect((await store().update()).ok).toBe(true);
    requests.length = 0;
    expect((await store().essentials()).ok).toBe(true);
    expect(requests).toEqual([]);
  });

  it('says what is missing, and works once it is there', async () => {
    const { store, host } = world();
    const model = host.files.get('model.onnx')!;
    host.files.delete('model.onnx');
    const one = store();
    expect(await problemOf(one.update())).toMatchObject({
      code: 'missing',
      file: 'model.onnx',
      found: 'HTTP 404',
    });
    host.files.set('model.onnx', model);
    expect((await one.update()).ok).toBe(true);
  });

  it('says what differs in a damaged file, and keeps nothing of it', async () => {
    const { store, host, kept } = world();
    host.files.set('model.onnx', 'weights of version X');
    const sameLength = await problemOf(store().update());
    expect(sameLength).toMatchObject({ code: 'damaged', file: 'model.onnx' });
    expect(sameLength?.found).toMatch(/^SHA-256 /);
    host.files.set('model.onnx', 'w');
    expect(await problemOf(store().update())).toMatchObject({ found: '1 bytes', expected: '20 bytes' });
    host.files.set('model.onnx', '<html>'.repeat(1000));
    expect(await problemOf(store().update())).toMatchObject({ code: 'damaged', expected: '20 bytes' });
    expect([...kept.keys()].some((url) => url.includes('model.onnx'))).toBe(false);
    expect([...kept.keys()].some((url) => url.endsWith('pack.json'))).toBe(false);
  });

  it('fetches again, once, what was damaged in the cache', async () => {
    const { store, host, kept, requests } = world();
    await store().update();
    const key = [...kept.keys()].find((url) => url.includes('model.onnx'))!;
    kept.set(key, bytesOf('damaged').buffer);
    requests.length = 0;
    expect((await store().essentials()).ok).toBe(true);
    expect(requests).toEqual(['model.onnx']);
    expect(kept.get(key)!.byteLength).toBe(20);

    kept.set(key, bytesOf('damaged').buffer);
    host.offline = true;
    expect(await problemOf(store().update())).toMatchObject({ code: 'missing', found: 'Failed to fetch' });
  });

  it('tries a broken connection a second time', async () => {
    const { store, host } = world();
    host.breaking = 1;
    expect((await store().update()).ok).toBe(true);
  });

  it('serves several callers and several workers at once, each file fetched once per worker', async () => {
    const { store, requests } = world();
    const [a, b] = [store(), store()];
    const all = await Promise.all([a.update(), a.update(), b.update()]);
    expect(all.every((loaded) => loaded.ok)).toBe(true);
    expect(requests.filter((path) => path === 'model.onnx').length).toBe(2);
  });

  it('replaces an older version only when the newer one is whole', async () => {
    const { store, host, kept } = world();
    await store().update();
    host.files = packFiles('2');
    host.files.delete('model.onnx');
    expect(await store().update()).toMatchObject({ ok: true, value: { manifest: { version: '1' } } });
    host.files = packFiles('2');
    expect(await store().update()).toMatchObject({ ok: true, value: { manifest: { version: '2' } } });
    expect([...kept.keys()].filter((url) => url.includes('model.onnx')).length).toBe(1);
    host.offline = true;
    expect(await store().essentials()).toMatchObject({ ok: true, value: { manifest: { version: '2' } } });
  });

  it('takes a login page for no network, but a newer format at its word', async () => {
    const { store, host } = world();
    host.files.set('pack.json', '<html>log in</html>');
    expect(await problemOf(store().update())).toMatchObject({ code: 'invalid', file: 'pack.json' });
    host.files = packFiles('1');
    await store().update();
    host.files.set('pack.json', '<html>log in</html>');
    expect((await store().update()).ok).toBe(true);
    host.files.set('pack.json', '{"format": 2}');
    expect(await problemOf(store().update())).toMatchObject({ code: 'unknown-format', found: 'format 2' });
  });

  it('refuses golden vectors that do not fit the labels', async () => {
    const files = packFiles('1');
    const golden = JSON.stringify([{ seed: 0, embedding: [1], scores: [0.3] }]);
    const manifest = JSON.parse(files.get('pack.json')!);
    files.set('golden.json', golden);
    files.set('pack.json', JSON.stringify({ ...manifest, golden: entry('golden.json', golden) }));
    expect(await problemOf(world(files).store().update())).toMatchObject({
      code: 'invalid',
      found: '1 components and 1 scores',
    });
  });

  it('says that the whole pack is kept only when it is', async () => {
    const { store, host } = world();
    expect(await store().cacheWholePack()).toBe(false);
    await store().update();
    host.files.delete('heads.bin');
    expect(await store().cacheWholePack()).toBe(false);
    host.files = packFiles('1');
    expect(await store().cacheWholePack()).toBe(true);
    host.offline = true;
    expect(await store().cacheWholePack()).toBe(true);
    host.offline = false;
    host.files = packFiles('2');
    await store().update();
    host.offline = true;
    expect(await store().cacheWholePack()).toBe(false);
  });

  it('works without Cache Storage, from the network each time', async () => {
    const { sources, requests } = world();
    const store = new ModelStore(packUrl, { ...sources, caches: null });
    expect((await store.update()).ok).toBe(true);
    expect((await store.essentials()).ok).toBe(true);
    expect(requests.filter((path) => path === 'model.onnx').length).toBe(2);
    expect(await store.cacheWholePack()).toBe(false);
  });

  it('works when the cache refuses to take more', async () => {
    const { sources } = world();
    const cache = {
      match: async () => undefined,
      put: async () => Promise.reject(new DOMException('no room', 'QuotaExceededError')),
      keys: async () => [],
    };
    const full = { open: async () => cache as unknown as Cache };
    expect((await new ModelStore(packUrl, { ...sources, caches: full }).update()).ok).toBe(true);
  });
});
