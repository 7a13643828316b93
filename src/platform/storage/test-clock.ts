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

/** What waits only for the sake of waiting (to look again, until things are calm) waits a hundredth of it. */
export const hastyClock: Clock = {
  ...testClock,
  after: (milliseconds, then) => testClock.after(milliseconds / 100, then),
};

/** Longer than any machine needs: it ends what would hang, with the condition named. */
const patience = 120_000;

export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + patience;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
