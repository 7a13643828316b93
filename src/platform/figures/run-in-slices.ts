/** Milliseconds of work between two looks at the messages that wait. */
const sliceMilliseconds = 12;

/**
 * Runs a stepwise computation so that the worker stays responsive; null when it is not wanted any more.
 *
 * @param heard called with what the computation yielded last, after each slice
 */
export async function runInSlices<Step, Result>(
  steps: Generator<Step, Result>,
  wanted: () => boolean,
  heard?: (step: Step) => void,
): Promise<Result | null> {
  for (;;) {
    const end = performance.now() + sliceMilliseconds;
    let last: Step;
    do {
      const step = steps.next();
      if (step.done) return wanted() ? step.value : null;
      last = step.value;
    } while (performance.now() < end);
    await breathe();
    if (!wanted()) return null;
    heard?.(last);
  }
}

/** Lets waiting messages be handled. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
