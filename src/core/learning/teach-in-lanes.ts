import type { FitLanes } from './fit-lanes.ts';
import { teachInBatches } from './teach-in-batches.ts';
import type { Lesson, Teaching, TeachOptions, TeachProgress } from './teaching.ts';

/**
 * Teaches a head: logistic regression (a sigmoid per label, a softmax per group) on standardised embeddings with an L2
 * penalty, by L-BFGS; its penalty chosen, its probabilities calibrated and its thresholds set on held-out photos only.
 * The same lesson and options give the same head, to the bit, on one engine.
 *
 * @param lanes where the fits are done, and what is asked between their steps: of 10,000 photos x 20 labels most take some
 *   tens of milliseconds, a few (setting up, the end) up to a second on a busy machine
 * @throws RangeError when a size, a value or an option is out of its range
 */
export async function teachInLanes(
  lesson: Lesson,
  options: TeachOptions,
  lanes: FitLanes,
  progress: (progress: TeachProgress) => void = () => {},
): Promise<Teaching> {
  const batches = teachInBatches(lesson, options);
  for (let step = batches.next([]); ; ) {
    if (step.done) return step.value;
    const { phase, from, share } = step.value;
    progress({ phase, done: from });
    const results = await lanes.run(step.value, (done) => progress({ phase, done: from + share * done }));
    step = batches.next(results);
  }
}
