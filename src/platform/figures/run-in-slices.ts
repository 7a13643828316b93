/** Milliseconds of work between two looks at the messages that wait. */
const sliceMilliseconds = 12;

/** Runs a stepwise computation so that the worker stays responsive; null when it is not wanted any more. */
export async function runInSlices<Result>(
  steps: Generator<unknown, Result>,
  wanted: () => boolean,
): Promise<Result | null> {
  for (;;) {
    const end = performance.now() + sliceMilliseconds;
    do {
      const step = steps.next();
      if (step.done) return wanted() ? step.value : null;
    } while (performance.now() < end);
    await breathe();
    if (!wanted()) return null;
  }
}

/** Lets waiting messages be handled. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
