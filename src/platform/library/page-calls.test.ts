import { describe, expect, it } from 'vitest';
import { LibraryRemoved, PageCalls } from './page-calls.ts';

/** A store that cannot be read once it is closed, as a database. */
function world(patience?: number) {
  const calls = new PageCalls(patience);
  let store = { name: 'first', isClosed: false };
  const read = async (milliseconds: number) => {
    const mine = store;
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (mine.isClosed) throw new DOMException('The database connection is closing.', 'InvalidStateError');
    return mine.name;
  };
  const replace = () =>
    calls.replace(async (settled) => {
      await settled();
      store.isClosed = true;
      await new Promise((resolve) => setTimeout(resolve, 10));
      store = { name: 'second', isClosed: false };
    });
  return { calls, read, replace };
}

describe('calls while the library is replaced', () => {
  it('that are under way end on the old one; later ones wait for the new one', async () => {
    const { calls, read, replace } = world();
    const before = calls.run(() => read(20));
    const replaced = replace();
    const during = calls.run(() => read(1));
    expect(await before).toBe('first');
    expect(await during).toBe('second');
    await replaced;
    expect(await calls.run(() => read(1))).toBe('second');
  });

  it('that take too long are refused in words', async () => {
    const { calls, read, replace } = world(5);
    const slow = calls.run(() => read(60));
    const told = expect(slow).rejects.toThrow(LibraryRemoved);
    await replace();
    await told;
  });

  it('tell their own errors when nothing was replaced, and go on after a replacement that failed', async () => {
    const { calls, read } = world();
    await expect(calls.run(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
    await expect(calls.replace(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect(await calls.run(() => read(1))).toBe('first');
  });

  it('to replace it follow one another', async () => {
    const { calls, read, replace } = world();
    await Promise.all([replace(), replace()]);
    expect(await calls.run(() => read(1))).toBe('second');
  });
});
