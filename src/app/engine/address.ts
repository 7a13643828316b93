/**
 * Browsers allow some 200 changes of the address in 30 s, Safari 100, and throw beyond: a slider that is moved would soon be
 * refused. So many are made at once, further ones so many milliseconds apart: 90 in 30 s at most.
 */
const period = 30_000;
const mostAtOnce = 15;
const leastApart = 400;
const untilRetried = 2000;

/** What each history entry of ours remembers: the fragment of the entry that it was pushed on. */
interface EntryState {
  readonly from: string;
}

/** The fragment in force that the address does not show yet. */
let waiting: string | null = null;
/** The address's fragment when it was last looked at: when it is another one, somebody else changed it. */
let seen: string | null = null;
/** When the address was changed in place, within the last `period`. */
let written: number[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

/** The fragment in force: the address's own, or the one that it will show in a moment. */
export function currentAddress(): string {
  if (location.hash !== seen) {
    seen = location.hash;
    waiting = null;
  }
  return waiting ?? seen;
}

/** Changes the fragment of the present history entry. */
export function replaceAddress(fragment: string): void {
  currentAddress();
  waiting = fragment;
  const now = performance.now();
  written = written.filter((at) => at > now - period);
  writeSoon(written.length < mostAtOnce ? 0 : leastApart - (now - written.at(-1)!));
}

/** Adds a history entry; where the browser refuses, the present one is changed. */
export function pushAddress(fragment: string): void {
  flushAddress();
  try {
    history.pushState({ from: location.hash } satisfies EntryState, '', addressOf(fragment));
    seen = location.hash;
    waiting = null;
    if (timer !== null) clearTimeout(timer);
    timer = null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    waiting = fragment;
    writeSoon(untilRetried);
  }
}

/** Whether going back leads to that fragment. */
export function wasPushedOn(fragment: string): boolean {
  return (history.state as EntryState | null)?.from === fragment;
}

/** Writes what waits, as far as the browser lets it. */
export function flushAddress(): void {
  currentAddress();
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (waiting === null) return;
  try {
    history.replaceState(history.state, '', addressOf(waiting));
    written.push(performance.now());
    seen = location.hash;
    waiting = null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    writeSoon(untilRetried);
  }
}

function writeSoon(milliseconds: number): void {
  // One that is set already writes what is newest by then.
  if (timer !== null) return;
  if (milliseconds <= 0) {
    flushAddress();
    return;
  }
  timer = setTimeout(flushAddress, milliseconds);
  // Who reloads or leaves comes back to what was there last.
  addEventListener('pagehide', flushAddress, { once: true });
}

function addressOf(fragment: string): string {
  return `${location.pathname}${location.search}${fragment}`;
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'SecurityError';
}
