import type { Clock } from '../../core/library/clock.ts';

/** Real time, as nothing here waits long. */
export const testClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
};

export async function until(condition: () => boolean, milliseconds = 5000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
