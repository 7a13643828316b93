import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { openDatabase } from './open-database.ts';
import { type Database, databaseName, migrations, type StoreName } from './schema.ts';
import { browser, newBrowser } from './test-browser.ts';
import { testClock } from './test-clock.ts';

/** A library as version 1 stored it, frozen: bytes by the runs that are not zeros. */
const fixture = JSON.parse(
  readFileSync(new URL('./golden/library-v1.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly { key: IDBValidKey; value: unknown }[]>>;
const versions = Array.from({ length: migrations.length - 1 }, (_, n) => n + 1);
/** Soon after the fixture was made: what was removed is not deleted yet. */
const clock = { ...testClock, now: () => Date.UTC(2026, 10, 27) };

/** Bytes, or a long list that holds little: `$` tells which. */
interface Frozen {
  readonly $?: string;
  readonly length: number;
  readonly runs: readonly [number, string][];
  readonly items: readonly [number, unknown][];
  readonly fill: unknown;
  readonly type: string;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  const { $, length, runs, items, fill, type } = value as Frozen;
  if ($ === undefined)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revive(one)]));
  if ($ === 'sparse') return Object.assign(new Array(length).fill(fill), Object.fromEntries(items));
  const bytes = new Uint8Array(length);
  for (const [at, hex] of runs) bytes.set(Buffer.from(hex, 'hex'), at);
  if ($ === 'Blob') return new Blob([bytes], { type });
  if ($ === 'Float32Array') return new Float32Array(bytes.buffer);
  if ($ === 'Uint32Array') return new Uint32Array(bytes.buffer);
  return $ === 'ArrayBuffer' ? bytes.buffer : bytes;
}

async function open(steps: typeof migrations = migrations): Promise<Database> {
  const opened = await openDatabase(() => {}, databaseName, steps);
  if (opened.kind !== 'open') throw new Error(JSON.stringify(opened));
  return opened.database;
}

/** The library as a Picsift with so many migrations left it. */
async function libraryOf(version: number): Promise<void> {
  const first = await open(migrations.slice(0, 1));
  for (const [store, records] of Object.entries(fixture)) {
    for (const { key, value } of records) {
      const isInLine = first.transaction(store as StoreName).store.keyPath !== null;
      await first.put(store as StoreName, revive(value) as never, isInLine ? undefined : (key as never));
    }
  }
  first.close();
  if (version > 1) (await open(migrations.slice(0, version))).close();
}

/** All that is stored, and where. */
async function contents(steps: typeof migrations): Promise<unknown> {
  const database = await open(steps);
  const stores: Record<string, unknown> = {};
  for (const name of database.objectStoreNames) {
    const keys = await database.getAllKeys(name);
    stores[name] = { keys, values: name === 'blobs' ? [] : await database.getAll(name) };
  }
  database.close();
  return stores;
}

beforeEach(newBrowser);

describe.each(versions)('a library of version %i', (version) => {
  it('opens with all that was in it', async () => {
    await libraryOf(version);
    const session = await browser.started({ clock });
    await session.settled();
    expect((await session.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect(await session.names({ show: 'removed' })).toEqual(['c.jpg']);
    expect(await session.names({ show: 'failed' })).toEqual(['broken.jpg']);
    // The model said dog of a, the person said no; and yes of b.
    expect(await session.names({ allOf: [0 as LabelNumber] })).toEqual(['b.jpg']);
    const garden = session.library.labelling.labels().find(({ names }) => names.en === 'Garden');
    expect(await session.names({ allOf: [garden!.number] })).toEqual(['a.jpg']);
    expect((await session.library.reading.photo(1 as PhotoId))?.path).toBe('trip/a.jpg');
    expect(await ((await session.library.reading.original(1 as PhotoId)) as Blob).text()).toContain(
      'picture a',
    );
    const [vector] = await session.store.vectors({ id: 'test', version: '1' }, [0 as never]);
    expect(vector![0]).toBeCloseTo(0.6, 2);
    expect(vector![1]).toBeCloseTo(0.8, 2);
    expect(browser.embedder.calls).toBe(0); // nothing had to be done again
    session.kill();
  });

  it('stays as it was when its update is cut off in the middle of any step, and is updated the next time', async () => {
    await libraryOf(version);
    const before = await contents(migrations.slice(0, version));
    for (let step = version; step < migrations.length; step++) {
      const cutOff = [...migrations.slice(0, step)];
      cutOff.push(async (database, transaction) => {
        await migrations[step]!(database, transaction);
        transaction.abort(); // as when the process ends
      });
      expect(await openDatabase(() => {}, databaseName, cutOff)).toMatchObject({ kind: 'unavailable' });
      expect(await contents(migrations.slice(0, version))).toEqual(before);
    }
    const session = await browser.session({ clock });
    expect((await session.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
    session.kill();
  });
});
