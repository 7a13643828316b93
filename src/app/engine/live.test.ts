import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Live } from './live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what changed while nobody watched for a moment is asked for again', async () => {
  let photos = 3;
  const live = new Live(async (_query: string) => photos);
  const leave = live.subscribe('all', () => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(live.get('all')).toBe(3);

  leave();
  photos = 1;
  live.refresh('all');
  await vi.advanceTimersByTimeAsync(500);
  const told = vi.fn();
  live.subscribe('all', told);
  // The old answer stands until the new one is there.
  expect(live.get('all')).toBe(3);
  await vi.advanceTimersByTimeAsync(500);
  expect(live.get('all')).toBe(1);
  expect(told).toHaveBeenCalled();
});

it('what nobody watches is not asked for', async () => {
  const fetch = vi.fn(async (_query: string) => 1);
  const live = new Live(fetch);
  live.subscribe('all', () => {})();
  live.refresh('all');
  await vi.advanceTimersByTimeAsync(5000);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(live.get('all')).toBeNull();
});
