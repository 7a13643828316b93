import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import { PhotoCache } from './photo-cache.ts';
import { WorkerDied } from './worker-died.ts';

const id = (value: number) => value as PhotoId;
const nothing = () => {};
const same = <Value>(value: Value) => value;
let frames: (() => void)[] = [];

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => vi.unstubAllGlobals());

/** Two frames, after which what is still wanted is fetched, and a turn for the answer. */
async function nextFrame() {
  for (const frame of frames.splice(0)) frame();
  for (const frame of frames.splice(0)) frame();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('the cache of what is on screen', () => {
  it('asks once for all ids of a frame', async () => {
    const fetch = vi.fn(async (ids: Uint32Array) => [...ids].map((value) => `photo ${value}`));
    const cache = new PhotoCache(10, fetch, same);
    cache.subscribe(id(1), nothing);
    cache.subscribe(id(2), nothing);
    await nextFrame();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(cache.get(id(2))).toBe('photo 2');
  });

  it('shows the stale value until the new one is there', async () => {
    let version = 1;
    const cache = new PhotoCache(10, async (ids) => [...ids].map(() => version), same);
    cache.subscribe(id(1), nothing);
    await nextFrame();
    version = 2;
    cache.invalidate('all');
    expect(cache.get(id(1))).toBe(1);
    await nextFrame();
    expect(cache.get(id(1))).toBe(2);
  });

  it('asks again when an entry changed while its answer was on the way', async () => {
    const answers: ((values: number[]) => void)[] = [];
    const cache = new PhotoCache<number>(10, () => new Promise((resolve) => answers.push(resolve)), same);
    cache.subscribe(id(1), nothing);
    await nextFrame();
    cache.invalidate([id(1)]);
    answers[0]?.([1]);
    await nextFrame();
    await nextFrame();
    answers[1]?.([2]);
    await nextFrame();
    expect(cache.get(id(1))).toBe(2);
  });

  it('does not fetch what scrolled out of sight before the frame', async () => {
    const fetch = vi.fn(async (ids: Uint32Array) => [...ids]);
    const cache = new PhotoCache(10, fetch, same);
    cache.subscribe(id(1), nothing)();
    await nextFrame();
    expect(fetch).not.toHaveBeenCalled();
  });

  it('neither fetches nor makes what was scrolled past while an answer was on the way', async () => {
    const answers: ((values: number[]) => void)[] = [];
    const fetch = vi.fn((_: Uint32Array) => new Promise<number[]>((resolve) => answers.push(resolve)));
    const make = vi.fn(same<number>);
    const cache = new PhotoCache<number>(10, fetch, make);
    const leave = cache.subscribe(id(1), nothing);
    await nextFrame();
    leave();
    cache.subscribe(id(2), nothing)();
    await nextFrame();
    cache.subscribe(id(3), nothing);
    await nextFrame();
    expect(fetch).toHaveBeenCalledTimes(1);
    answers[0]?.([1]);
    await nextFrame();
    await nextFrame();
    answers[1]?.([3]);
    await nextFrame();
    expect(fetch.mock.calls.map(([ids]) => [...ids])).toEqual([[1], [3]]);
    expect(make.mock.calls).toEqual([[3]]);
    expect([1, 2, 3].map((value) => cache.get(id(value)))).toEqual([null, null, 3]);
  });

  it('frees what it forgets', async () => {
    const freed: number[] = [];
    const cache = new PhotoCache(
      2,
      async (ids) => [...ids],
      same,
      (value) => freed.push(value),
    );
    for (const value of [1, 2, 3]) cache.subscribe(id(value), nothing);
    await nextFrame();
    expect(freed).toEqual([1]);
  });

  it('survives the death of the worker and fetches when told that it is back', async () => {
    let alive = false;
    const cache = new PhotoCache(
      10,
      async (ids) => {
        if (!alive) throw new WorkerDied('gone');
        return [...ids];
      },
      same,
    );
    cache.subscribe(id(1), nothing);
    await nextFrame();
    expect(cache.get(id(1))).toBe(null);
    alive = true;
    cache.invalidate('all');
    await nextFrame();
    expect(cache.get(id(1))).toBe(1);
  });

  it('leaves values that are there alone when only missing ones are fetched', async () => {
    const fetch = vi.fn(async (ids: Uint32Array) => [...ids].map((value) => (value === 1 ? 'one' : null)));
    const cache = new PhotoCache(10, fetch, same);
    cache.subscribe(id(1), nothing);
    cache.subscribe(id(2), nothing);
    await nextFrame();
    cache.fetchMissing('all');
    await nextFrame();
    expect(fetch.mock.calls.map(([ids]) => [...ids])).toEqual([[1, 2], [2]]);
  });
});
