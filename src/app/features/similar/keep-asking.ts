export interface KeptAsking {
  /** What the answer depends on is no longer as it was. */
  changed(): void;
  /** Nothing is asked any more, and the answer under way is no longer wanted. */
  stop(): void;
}

/**
 * Asks a question until it is stopped: after `rest`, and again after changes, at most every `refresh` (both milliseconds).
 * Never while its answer is under way: the library answers the newest request only, and during an import, when changes
 * come one after another, a slow question would never be answered.
 *
 * @param ask given what tells whether its answer is still wanted; false: somebody else's question overtook it, and it is
 *   asked again after `refresh`. Its errors are its own affair
 */
export function keepAsking(
  ask: (isWanted: () => boolean) => Promise<boolean>,
  rest: number,
  refresh: number,
): KeptAsking {
  let isWanted = true;
  let isUnderWay = false;
  let hasChanged = false;
  let askedAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const run = async () => {
    timer = null;
    isUnderWay = true;
    hasChanged = false;
    askedAt = performance.now();
    try {
      if (!(await ask(() => isWanted))) hasChanged = true;
    } finally {
      isUnderWay = false;
      if (hasChanged) changed();
    }
  };
  const runAfter = (milliseconds: number) => {
    timer = setTimeout(() => void run(), milliseconds);
  };
  const changed = () => {
    if (isUnderWay) hasChanged = true;
    else if (isWanted && timer === null) runAfter(Math.max(0, askedAt + refresh - performance.now()));
  };

  runAfter(rest);
  return {
    changed,
    stop() {
      isWanted = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
