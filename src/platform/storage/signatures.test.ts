import { beforeEach, expect, it, vi } from 'vitest';
import { madePicture } from '../../core/image/made-picture.ts';
import { photoSignature, signatureBytes } from '../../core/image/signature.ts';
import type { ContentId, PhotoId } from '../../core/library/photo.ts';
import { Signer } from '../../core/library/signer.ts';
import type { IdbPhotoStore } from './idb-photo-store.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { until } from './test-clock.ts';
import { testModel } from './test-embedder.ts';

beforeEach(newBrowser);

/** Signatures in the store, by content. */
async function stored(store: IdbPhotoStore): Promise<Map<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>();
  await store.eachSignatureChunk(async ({ firstContent, rows, records }) => {
    for (let row = 0; row < rows; row++) {
      const signature = records.subarray(row * signatureBytes, (row + 1) * signatureBytes);
      if (signature.some((byte) => byte !== 0)) found.set(firstContent + row, signature);
    }
    return true;
  });
  return found;
}

async function imported(...files: ReturnType<typeof file>[]): Promise<TestSession> {
  const session = await browser.started();
  await session.add(files);
  return session;
}

it('a signature is stored with the photo, once for equal bytes', async () => {
  const { store } = await imported(
    file('a', 'picture looks=3'),
    file('b', 'picture looks=3'),
    file('c', 'picture looks=4'),
  );
  const signatures = [...(await stored(store)).values()];
  expect(signatures.length).toBe(2);
  expect(signatures).toContainEqual(photoSignature(madePicture(3, 160, 120)));
  expect(signatures).toContainEqual(photoSignature(madePicture(4, 160, 120)));
});

it('a signature goes with the photo, as do scores and vector; what lies together is written once', async () => {
  const looks = [3, 4, 5, 6].map((n) => file(`${n}`, `picture looks=${n}`));
  const session = await imported(...looks);
  const ids = await session.ids();
  await session.library.deciding.remove(ids.slice(0, 3));
  const put = vi.spyOn(IDBObjectStore.prototype, 'put');
  await session.library.deciding.purge();
  const written = put.mock.contexts.map((store) => (store as IDBObjectStore).name);
  put.mockRestore();
  const together = ['scores', 'signatures', 'vectors'];
  expect(written.filter((name) => together.includes(name)).sort()).toEqual(together);
  expect((await stored(session.store)).size).toBe(1);
  const vectors = await session.store.vectors(testModel.key, [0, 1, 2, 3] as ContentId[]);
  expect(vectors.filter((vector) => vector !== null)).toHaveLength(1);
});

it('photos of earlier libraries get theirs in the background, from the thumbnails; what cannot be shown is passed over', async () => {
  const before = await imported(
    file('a', 'picture looks=3'),
    file('b', 'picture looks=5'),
    file('c', 'picture without'),
  );
  const contents = [...(await stored(before.store)).keys()] as ContentId[];
  // As an earlier version left it.
  const scores = new Uint8Array(3);
  await before.store.write({ clearedRows: contents }, 'strict');
  const rows = contents.map((content) => ({
    model: browser.embedder.model.key,
    content,
    scores,
    embedding: Float32Array.from([1, 0]),
  }));
  await before.store.write({ rows }, 'strict');
  before.kill();
  const { store } = await browser.session();
  let found = await stored(store);
  await until(() => {
    void stored(store).then((now) => {
      found = now;
    });
    return found.size === 2;
  });
  expect([...found.values()]).toContainEqual(photoSignature(madePicture(5, 160, 120)));
  expect(browser.crashes).toEqual([]);
});

it('a photo that is asked about before the background came to it is compared by a signature made then', async () => {
  const before = await imported(file('a', 'picture looks=3'), file('b', 'picture looks=3 v=0,1'));
  const [first] = [...(await stored(before.store)).keys()] as ContentId[];
  const row = {
    model: testModel.key,
    content: first!,
    scores: new Uint8Array(3),
    embedding: Float32Array.from([1, 0]),
  };
  await before.store.write({ clearedRows: [first!] }, 'strict');
  await before.store.write({ rows: [row] }, 'strict');
  before.kill();
  const background = vi.spyOn(Signer.prototype, 'look').mockReturnValue();
  const session = await browser.started();
  const [a, b] = await session.ids();
  // Of the two it alone has none: only what is asked about gets one.
  const colour = async (photo: PhotoId, other: PhotoId) => {
    const query = { photo, bytes: null, region: null, filter: null };
    return (await session.library.finding.photoParts(query, [other]))![1]!;
  };
  const both = [await colour(a!, b!), await colour(b!, a!)];
  background.mockRestore();
  expect(both.sort((one, other) => one - other)).toEqual([100, 255]);
});
