import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ContentId } from '../../core/library/photo.ts';
import { openDatabase } from './open-database.ts';
import { until } from './test-clock.ts';
import {
  begin,
  builder,
  contents,
  count,
  dim,
  end,
  expectGood,
  libraryOf,
  model,
  nearest,
  row,
  stored,
  type Tab,
  tab,
} from './test-index-tab.ts';

beforeEach(begin);
afterEach(end);

describe('the index of a small library', () => {
  it('is exact and nothing is built or stored', async () => {
    const small = await libraryOf(500);
    await small.index.load();
    expect(await small.search(7)).toEqual(await nearest(small, 7));
    expect(small.status).toMatchObject({ loaded: true, factory: null, pictures: 500, tail: 500, lists: 0 });
    await small.index.close();
    expect(builder.tasks).toEqual([]);
    expect(await stored('indexLists')).toEqual([]);
  });

  it('gives the same scores before and after a restart', async () => {
    const first = await tab();
    await first.index.load();
    await first.add(0, 100);
    const before = await first.search(5);
    await first.index.close();
    first.kill();
    const second = await tab();
    await second.index.load();
    expect(await second.search(5)).toEqual(before);
  });
});

describe('the index of a large library', () => {
  it('is built while searches go on, then answers nearly as exact ones do, with exact scores', async () => {
    const large = await libraryOf(count);
    let asked = 0;
    builder.afterKept = async () => {
      asked++;
      expect(large.status.build).not.toBeNull();
      expect(await large.search(7)).toEqual(await nearest(large, 7));
      if (asked === 1) await large.add(count, count + 3);
      expect((await large.search(count + 1))[0]).toMatchObject({ content: count + 1 });
    };
    await large.index.load();
    await large.built();
    // After the lists, and after the training.
    expect(asked).toBe(2);
    const { factory, pictures, tail, bytes, buildMilliseconds } = large.status;
    expect(factory).toMatch(/^IVF128,PQ8c,Refine\(SQ\d\)$/);
    // What came during the build stays exact until there is more of it.
    expect([pictures, tail]).toEqual([count + 3, 3]);
    expect(bytes).toBeGreaterThan(count * dim);
    expect(buildMilliseconds).toBeGreaterThan(0);
    await expectGood(large);
    await large.index.close();
    expect(await stored('indexLists')).toEqual([['test@1', 'live']]);
  });

  it('is opened at the next start: only what it lacks is read, what was deleted is gone', async () => {
    const first = await libraryOf(count);
    await first.index.load();
    await first.built();
    await first.index.close();
    // Stored results that the stored index does not know.
    const rows = [row(count), row(count + 1)];
    await first.store.write({ rows }, 'relaxed');
    contents.add(count).add(count + 1);
    await first.store.write({ clearedRows: [777 as ContentId], models: [model] }, 'relaxed');
    contents.delete(777);
    first.kill();

    const second = await tab();
    const read = vi.spyOn(second.store, 'vectors');
    await second.index.load();
    expect(read.mock.calls.map(([, asked]) => asked)).toEqual([[count, count + 1]]);
    expect(second.status).toMatchObject({ pictures: count + 1, tail: 2, refused: null });
    expect((await second.search(count))[0]).toMatchObject({ content: count });
    await expectGood(second, [1, 2345]);
    expect(await second.index.vectorOf(777 as ContentId)).toBeNull();
    expect(builder.tasks).toHaveLength(1);
  });

  it('takes new pictures in piece by piece, and what is stored grows by little', async () => {
    const large = await libraryOf(count);
    await large.index.load();
    await large.built();
    const before = new Set((await stored('indexChunks')).map(String));
    await large.add(count, count + 1100);
    await until(() => large.status.tail === 0);
    await large.index.close();
    const opened = await openDatabase(() => {});
    if (opened.kind !== 'open') throw new Error(opened.kind);
    let [written, whole] = [0, 0];
    for (const { model: of, key, bytes } of await opened.database.getAll('indexChunks')) {
      const { size } = new Blob([bytes]);
      whole += size;
      if (!before.has(String([of, key]))) written += size;
    }
    opened.database.close();
    // Seen: 0.24; header, who is alive, and the new pictures.
    expect(written / whole).toBeLessThan(0.35);
    expect(large.status).toMatchObject({ pictures: count + 1100, tail: 0 });
    await expectGood(large, [1, count + 1000]);
    large.kill();
    const second = await tab();
    await second.index.load();
    expect(second.status).toMatchObject({ pictures: count + 1100, tail: 0 });
  });

  it('is built anew when the person wants it, and given up when the person does not', async () => {
    const large = await libraryOf(count);
    await large.index.load();
    await large.built();
    large.index.upkeep.rebuild();
    await until(() => builder.tasks.length === 2);
    expect(builder.tasks[1]).toMatchObject({ resume: null });
    await large.built();

    builder.afterKept = (phases) => (phases < 2 ? undefined : new Promise(() => {}));
    large.index.upkeep.rebuild();
    await until(() => builder.tasks.length === 3);
    await until(() => large.status.build?.phase === 'encode');
    large.index.upkeep.cancel();
    await until(() => large.status.build === null);
    await expectGood(large, [1, 2345]);
    await until(() => large.status.problem === null);
    expect(builder.tasks).toHaveLength(3);

    // What is still being read when it is given up does not bring its progress back.
    const read = large.store.eachVectorChunk.bind(large.store);
    let reading: Promise<void> | undefined;
    vi.spyOn(large.store, 'eachVectorChunk').mockImplementation((key, visit) => {
      reading = read(key, async (chunk) => {
        large.index.upkeep.cancel();
        await until(() => large.status.build === null);
        return visit(chunk);
      });
      return reading;
    });
    large.index.upkeep.rebuild();
    await until(() => reading !== undefined);
    await reading;
    expect(large.status.build).toBeNull();
    await large.index.close();
    expect(await stored('indexLists')).toEqual([['test@1', 'live']]);
  });

  it('is tried again once when the builder fails, then left to the person; searches are exact meanwhile', async () => {
    builder.failNext = 'first';
    const large = await libraryOf(count);
    await large.index.load();
    await large.built();
    expect(builder.tasks).toHaveLength(2);

    const start = vi.spyOn(builder, 'start').mockImplementation((task) => {
      builder.tasks.push(task);
      return { done: Promise.resolve({ kind: 'failed', why: 'no memory' }), cancel: () => {} };
    });
    large.index.upkeep.rebuild();
    await until(() => large.status.problem !== null && large.status.build === null);
    expect(large.status.problem).toEqual({ code: 'build-failed', found: 'no memory' });
    start.mockRestore();
    await expectGood(large, [1]);
  });

  it('works when storage is full, and says that it is not kept', async () => {
    const large = await libraryOf(count);
    large.write = async () => 'storage-full';
    await large.index.load();
    await large.built();
    expect(large.status.problem).toEqual({ code: 'storage-full' });
    await expectGood(large, [1]);
  });
});

describe('closing', () => {
  it('while stored vectors are being read ends the reading', async () => {
    const closing = await libraryOf(count);
    const read = vi.spyOn(closing.store, 'vectors');
    const again = await tab();
    vi.spyOn(again.store, 'vectors').mockImplementation(closing.store.vectors.bind(closing.store));
    const loading = again.index.load();
    await until(() => read.mock.calls.length > 0);
    await again.index.close();
    const calls = read.mock.calls.length;
    again.store.close();
    await loading;
    expect(calls).toBeLessThan(4);
    expect(read.mock.calls.length).toBe(calls);
    expect(again.status.loaded).toBe(false);
  });
});

describe('when another tab takes the library over', () => {
  it('a build here ends, and nothing more is built or written', async () => {
    const first = await libraryOf(count);
    let heir: Promise<Tab> | null = null;
    // Just before the training would be stored.
    const { write } = first;
    first.write = async (changes) => {
      heir ??= tab();
      await heir;
      return write(changes);
    };
    await first.index.load();
    await until(() => heir !== null);
    const other = await heir!;
    await until(() => first.status.build === null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(builder.tasks).toHaveLength(1);
    expect(await stored('indexLists')).toEqual([]);
    expect(await first.search(7)).toEqual(await nearest(first, 7));
    first.kill();
    await other.index.load();
    await other.built();
    await expectGood(other, [1]);
  });
});

describe('a stored index', () => {
  /** A second start, after what is stored was changed; `plain`: chunks are put back as arrays, as they once were. */
  async function builtThen(
    change: (chunks: { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }[]) => readonly {
      readonly key: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }[],
    plain = false,
  ): Promise<Tab> {
    const first = await libraryOf(count);
    await first.index.load();
    await first.built();
    await first.index.close();
    first.kill();
    const opened = await openDatabase(() => {});
    if (opened.kind !== 'open') throw new Error(opened.kind);
    const { database } = opened;
    const records = await database.getAll('indexChunks');
    const chunks = await Promise.all(
      records.map(async ({ key, bytes }) => ({
        key,
        bytes: new Uint8Array(await new Blob([bytes]).arrayBuffer()),
      })),
    );
    await database.clear('indexChunks');
    for (const { key, bytes } of change(chunks)) {
      await database.put('indexChunks', { model: 'test@1', key, bytes: plain ? bytes : new Blob([bytes]) });
    }
    database.close();
    const second = await tab();
    await second.index.load();
    return second;
  }

  async function expectRebuilt(second: Tab): Promise<void> {
    expect(second.status).toMatchObject({ pictures: count });
    await second.built();
    expect(builder.tasks).toHaveLength(2);
    await expectGood(second, [1, 2345]);
  }

  it('is opened in the form of Picsift before chunks were Blobs, too', async () => {
    const second = await builtThen((chunks) => chunks, true);
    expect(second.status).toMatchObject({ pictures: count, tail: 0, refused: null });
    await expectGood(second, [1, 2345]);
    expect(builder.tasks).toHaveLength(1);
  });

  it('whose bytes the browser has lost is refused, and built again', async () => {
    const second = await builtThen((chunks) => {
      const gone = new DOMException('gone', 'NotReadableError');
      vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValueOnce(gone);
      return chunks;
    });
    vi.restoreAllMocks();
    expect(second.status.refused?.message).toMatch(/cannot be read: gone/);
    await expectRebuilt(second);
  });

  it('that is damaged is refused with what was found and expected, and built again', async () => {
    const second = await builtThen((chunks) => {
      const largest = chunks.reduce((a, b) => (a.bytes.length > b.bytes.length ? a : b));
      largest.bytes[1000]! ^= 1;
      return chunks;
    });
    expect(second.status.refused).toMatchObject({ code: 'damaged' });
    expect(second.status.refused!.message).toMatch(/checksum \d+; expected \d+/);
    await expectRebuilt(second);
  });

  it('that lost a chunk is refused, and built again', async () => {
    const second = await builtThen((chunks) => chunks.slice(1));
    expect(second.status.refused?.message).toMatch(/chunk .* is missing/);
    await expectRebuilt(second);
  });

  it('of a newer Picsift is refused, and built again', async () => {
    const magic = [0x50, 0x53, 0x49, 0x46];
    const second = await builtThen((chunks) => {
      const first = chunks.find(({ bytes }) => magic.every((byte, i) => bytes[i] === byte))!;
      new DataView(first.bytes.buffer).setUint32(8, 9, true);
      return chunks;
    });
    expect(second.status.refused).toMatchObject({ code: 'newer' });
    await expectRebuilt(second);
  });
});
