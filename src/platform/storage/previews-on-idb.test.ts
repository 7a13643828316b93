import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import type { TestHandle } from './test-files.ts';
import { pick, save, trip } from './test-picked-folder.ts';

beforeEach(newBrowser);

async function begun(): Promise<TestSession> {
  const session = await browser.started();
  await session.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b'), file('c.jpg', 'picture a')]);
  return session;
}

const ids = [1, 2, 3] as PhotoId[];
const present = (all: readonly (ArrayBuffer | null)[]) => all.map((bytes) => bytes !== null);

async function untilThere(session: TestSession): Promise<void> {
  await expect
    .poll(async () => present(await session.library.reading.thumbnails(ids)))
    .toEqual([true, true, true]);
}

describe('previews', () => {
  it('that were deleted are made again from the originals when they are looked at', async () => {
    const session = await begun();
    expect(await session.library.previews.evict()).toBe(3);
    const before = browser.embedder.calls;
    expect(present(await session.library.reading.thumbnails(ids))).toEqual([false, false, false]);
    await untilThere(session);
    // Photos of the same bytes share one.
    expect(browser.embedder.calls - before).toBe(2);
    // All else stays as it was.
    expect(session.library.state().counts).toMatchObject({ present: 3, queued: 0, failed: 0 });
    expect((await session.library.reading.photo(1 as PhotoId))?.status).toBe('ready');
  });

  it('wait for the model, and are given up for originals that cannot be read', async () => {
    const session = await begun();
    await session.library.previews.evict();
    browser.embedder.unavailable = true;
    await session.library.reading.thumbnails(ids);
    await new Promise((resolve) => setTimeout(resolve, 20));
    browser.embedder.unavailable = false;
    await untilThere(session);

    await session.library.previews.evict();
    browser.embedder.failNext = { code: 'broken' };
    await session.library.reading.thumbnails([2]);
    await expect.poll(() => browser.embedder.failNext).toBeNull();
    const { calls } = browser.embedder;
    await session.library.reading.thumbnails([2]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(browser.embedder.calls).toBe(calls);
    // It may do better when permission was given or files are back.
    await session.library.importing.retry(null);
    await untilThere(session);
  });

  it('of photos whose files are missing are never deleted', async () => {
    const session = await begun();
    const handle: TestHandle = { kind: 'file', name: 'd.jpg', entry: '/d' };
    browser.files.disk.set('/d', { bytes: new Blob(['picture d']), modifiedAt: 5000 });
    const { bytes, modifiedAt } = browser.files.disk.get('/d')!;
    await session.add([{ candidate: { name: 'd.jpg', path: null, modifiedAt, bytes, handle, root: null } }]);
    browser.files.disk.delete('/d');
    expect(await session.library.reading.original(4 as PhotoId)).toMatchObject({ code: 'file-missing' });
    expect(await session.library.previews.evict()).toBe(3);
    expect(present(await session.library.reading.thumbnails([4]))).toEqual([true]);
  });

  it('of photos in a folder that cannot be read now stay until it can', async () => {
    const session = await browser.started();
    save({ '/trip/a.jpg': 'a', '/trip/b.jpg': 'b' });
    await pick(session, trip);
    await session.add([file('c.jpg', 'picture c')]);
    const all = await session.ids();
    // Unplugged: nothing has looked since.
    browser.folders.unreadable.set('/trip', 'file-missing');
    expect(await session.library.previews.evict()).toBe(1);
    expect(present(await session.library.reading.thumbnails(all)).filter((there) => there)).toHaveLength(2);
    browser.folders.unreadable.clear();
    browser.folders.locked.add('/trip');
    expect(await session.library.previews.evict()).toBe(1);
    browser.folders.locked.clear();
    expect(await session.library.previews.evict()).toBe(3);
  });
});
