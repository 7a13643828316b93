import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteDatabase, openDatabase } from './open-database.ts';
import { type Database, databaseName, migrations, type StoreName, type Upgrade } from './schema.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function opened(closed = () => {}) {
  const result = await openDatabase(closed);
  if (result.kind !== 'open') throw new Error(result.kind);
  return result.database;
}

describe('the database', () => {
  it('is made with all its stores and opens again with what was written', async () => {
    const first = await opened();
    await first.put('meta', 'hello', 'greeting');
    first.close();
    const second = await opened();
    expect(second.version).toBe(migrations.length);
    expect(await second.get('meta', 'greeting')).toBe('hello');
  });

  it('is brought up to date step by step, keeping what is there', async () => {
    const first = await opened();
    await first.put('meta', 'hello', 'greeting');
    first.close();
    const steps: string[] = [];
    const later = [
      ...migrations,
      () => void steps.push('second'),
      (database: unknown) => {
        steps.push('third');
        (database as IDBDatabase).createObjectStore('added');
      },
    ];
    const result = await openDatabase(() => {}, databaseName, later);
    if (result.kind !== 'open') throw new Error(result.kind);
    expect(steps).toEqual(['second', 'third']);
    expect(result.database.version).toBe(migrations.length + 2);
    expect(await result.database.get('meta', 'greeting')).toBe('hello');
  });

  it('stays as it was when a step fails, and tells why', async () => {
    const first = await opened();
    await first.put('meta', 'hello', 'greeting');
    first.close();
    const failing = [
      ...migrations,
      async (database: Database, transaction: Upgrade) => {
        await transaction.objectStore('meta').put('changed', 'greeting');
        database.createObjectStore('added' as StoreName);
        throw new Error('no room');
      },
    ];
    expect(await openDatabase(() => {}, databaseName, failing)).toEqual({
      kind: 'unavailable',
      reason: 'no room',
    });
    const again = await opened();
    expect(await again.get('meta', 'greeting')).toBe('hello');
    expect([...again.objectStoreNames]).not.toContain('added');
  });

  it('of a newer Picsift is told as such and left alone', async () => {
    const newer = await openDB(databaseName, 99, {
      upgrade: (database) => void database.createObjectStore('future'),
    });
    await newer.put('future', 'value', 'key');
    newer.close();
    expect(await openDatabase(() => {})).toEqual({ kind: 'newer', found: 99, expected: migrations.length });
    const again = await openDB(databaseName);
    expect(again.version).toBe(99);
    expect(await again.get('future', 'key')).toBe('value');
  });

  it('lets go when another tab deletes it, and says so', async () => {
    let told = 0;
    await opened(() => told++);
    await deleteDatabase();
    expect(told).toBe(1);
  });

  it('that cannot be opened tells why', async () => {
    globalThis.indexedDB = {
      open() {
        throw new DOMException('not in this mode', 'SecurityError');
      },
    } as unknown as IDBFactory;
    const result = await openDatabase(() => {});
    expect(result).toEqual({ kind: 'unavailable', reason: 'not in this mode' });
  });
});
