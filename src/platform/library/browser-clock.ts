import type { Clock } from '../../core/library/clock.ts';

const channel = new MessageChannel();
const breathing: (() => void)[] = [];
channel.port1.onmessage = () => breathing.shift()?.();

export const browserClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  // A message, not a timer: timers wait for at least 4 ms once they are nested.
  breathe: () =>
    new Promise((resolve) => {
      breathing.push(resolve);
      channel.port2.postMessage(null);
    }),
};
