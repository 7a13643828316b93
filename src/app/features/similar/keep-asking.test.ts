import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAsking } from './keep-asking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A library that takes `milliseconds` for an answer; `overtaken`: the first ones that another question is answered instead. */
function library(milliseconds: number, overtaken = 0) {
  const asked: number[] = [];
  const wanted: boolean[] = [];
  const ask = async (isWanted: () => boolean) => {
    asked.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    wanted.push(isWanted());
    return wanted.length > overtaken;
  };
  const start = performance.now();
  return { ask, asked, wanted };
}

test('a question is asked once it rests, and after a change not before its time', async () => {
  const { ask, asked } = library(10);
  const asking = keepAsking(ask, 150, 2000);
  asking.changed();
  await vi.advanceTimersByTimeAsync(149);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual([150]);
  asking.changed();
  await vi.advanceTimersByTimeAsync(100);
  expect(asked, 'long ago: at once').toHaveLength(2);
  asking.changed();
  asking.changed();
  await vi.advanceTimersByTimeAsync(1800);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(3);
});

test('a slow question is answered though the library changes all the time', async () => {
  const { ask, asked, wanted } = library(9000);
  const asking = keepAsking(ask, 0, 2000);
  for (let change = 0; change < 20; change++) {
    await vi.advanceTimersByTimeAsync(1000);
    asking.changed();
  }
  expect(wanted).toEqual([true, true]);
  expect(asked).toHaveLength(3);
  asking.stop();
});

test('a question that another one overtook is asked again, though nothing changes', async () => {
  const { ask, asked } = library(10, 2);
  const asking = keepAsking(ask, 0, 2000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([0, 2000, 4000]);
  asking.stop();
  const { ask: never, asked: times } = library(10, 99);
  const stopped = keepAsking(never, 0, 2000);
  await vi.advanceTimersByTimeAsync(100);
  stopped.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(times).toHaveLength(1);
});

test('once stopped nothing is asked, and what is under way is not wanted', async () => {
  const { ask, asked, wanted } = library(100);
  const before = keepAsking(ask, 50, 2000);
  before.stop();
  before.changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual([]);
  const during = keepAsking(ask, 0, 2000);
  await vi.advanceTimersByTimeAsync(50);
  during.changed();
  during.stop();
  await vi.advanceTimersByTimeAsync(5000);
  during.changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(1);
  expect(wanted).toEqual([false]);
});
