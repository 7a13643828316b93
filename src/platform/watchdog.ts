/**
 * Calls `expired` once, after so many milliseconds in which this context was awake. Counts ticks, not the clock: a laptop
 * that slept has not been waiting.
 */
export function watchdog(milliseconds: number, expired: () => void): { stop(): void } {
  let left = 8;
  const timer = setInterval(() => {
    left--;
    if (left > 0) return;
    clearInterval(timer);
    expired();
  }, milliseconds / 8);
  return { stop: () => clearInterval(timer) };
}
