import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from './test-clock.ts';
import { begin, builder, count, end, expectGood, libraryOf, nearest, stored, tab } from './test-index-tab.ts';

beforeEach(begin);
afterEach(end);

describe('killed', () => {
  it('in the middle of a build: the next start goes on from what was finished', async () => {
    const first = await libraryOf(count);
    const kept = new Promise<void>((resolve) => {
      builder.afterKept = (phases) => {
        // The lists, then all of the training.
        if (phases < 2) return;
        resolve();
        return new Promise(() => {});
      };
    });
    await first.index.load();
    await kept;
    await until(() => first.status.build?.phase === 'encode');
    first.kill();
    expect(await stored('indexLists')).toEqual([['test@1', 'build']]);

    builder.afterKept = () => {};
    // More came and one went before the build goes on.
    const second = await tab();
    await second.add(count, count + 2);
    await second.purge(5);
    await second.index.load();
    expect(await second.search(7)).toEqual(await nearest(second, 7));
    await second.built();
    expect(builder.tasks).toHaveLength(2);
    expect(builder.tasks[1]!.resume).not.toBeNull();
    expect(second.status).toMatchObject({ pictures: count + 1, tail: 2, build: null });
    await expectGood(second, [1, 2345, count + 1]);
    expect(await stored('indexLists')).toEqual([['test@1', 'live']]);
  });

  it('while the first index is written: nothing of it is there, and the build goes on', async () => {
    const first = await libraryOf(count);
    const put = IDBObjectStore.prototype.put;
    const torn = new Promise<void>((resolve) => {
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
        this: IDBObjectStore,
        value,
        key,
      ) {
        if (this.name === 'indexLists' && value.slot === 'live') {
          // The process ends between the chunks and their list.
          this.transaction.abort();
          resolve();
        }
        return put.call(this, value, key);
      });
    });
    const { write } = first;
    first.write = (changes) => write(changes).catch(() => new Promise(() => {}));
    await first.index.load();
    await torn;
    first.kill();
    vi.restoreAllMocks();
    expect(await stored('indexLists')).toEqual([['test@1', 'build']]);
    const second = await tab();
    await second.index.load();
    await second.built();
    expect(builder.tasks[1]!.resume).not.toBeNull();
    await expectGood(second);
  });

  it('while a changed index is written: the one before is opened, and what it lacks is read', async () => {
    const first = await libraryOf(count);
    await first.index.load();
    await first.built();
    await first.add(count, count + 1100);
    await until(() => first.status.tail === 0);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      const request = put.call(this, value, key);
      if (this.name === 'indexChunks') this.transaction.abort();
      return request;
    });
    await expect(first.index.close()).rejects.toThrow();
    vi.restoreAllMocks();
    first.kill();
    const second = await tab();
    const read = vi.spyOn(second.store, 'vectors');
    await second.index.load();
    expect(read.mock.calls.flatMap(([, asked]) => asked).length).toBe(1100);
    expect(second.status).toMatchObject({ pictures: count + 1100, refused: null });
    await expectGood(second, [1, count + 500]);
  });

  it('between the swap in memory and on disk: the next start is right, with the old index or the rest of the build', async () => {
    const first = await libraryOf(count);
    const { write } = first;
    const swapping = new Promise<void>((resolve) => {
      first.write = (changes) => {
        if (!changes.some(({ slot }) => slot === 'live')) return write(changes);
        resolve();
        return new Promise(() => {});
      };
    });
    await first.index.load();
    await swapping;
    expect(first.status.factory).not.toBeNull();
    await expectGood(first, [1]);
    first.kill();
    const second = await tab();
    await second.index.load();
    await expectGood(second, [1, 2345]);
    await second.built();
    expect(builder.tasks[1]!.resume).not.toBeNull();
    await expectGood(second);
  });
});
