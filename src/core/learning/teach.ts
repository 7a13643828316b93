import type { FitResult } from './fit-task.ts';
import { teachInBatches } from './teach-in-batches.ts';
import type { Lesson, Teaching, TeachOptions, TeachProgress } from './teaching.ts';

/**
 * Teaches a head: logistic regression (a sigmoid per label, a softmax per group) on standardised embeddings with an L2
 * penalty, by L-BFGS; its penalty chosen, its probabilities calibrated and its thresholds set on held-out photos only.
 * The same lesson and options give the same head, to the bit, on one engine.
 *
 * @yields how far it is; stop asking to cancel. Of 10,000 photos x 20 labels most steps take some tens of milliseconds, a few
 *   (setting up, the end) up to a second on a busy machine
 * @throws RangeError when a size, a value or an option is out of its range
 */
export function* teach(lesson: Lesson, options: TeachOptions): Generator<TeachProgress, Teaching> {
  const batches = teachInBatches(lesson, options);
  for (let step = batches.next([]); ; ) {
    if (step.done) return step.value;
    const { place, phase, tasks, from, share } = step.value;
    const results: FitResult[] = [];
    if (tasks.length === 0) yield { phase, done: from };
    for (const task of tasks) {
      const steps = place.steps(task);
      let fit = steps.next();
      for (; !fit.done; fit = steps.next()) {
        yield { phase, done: from + (share * (results.length + fit.value)) / tasks.length };
      }
      results.push(fit.value);
    }
    step = batches.next(results);
  }
}
