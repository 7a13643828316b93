import type { FitResult, FitSite, FitTask } from './fit-task.ts';
import type { TeachBatch } from './teach-in-batches.ts';

/** Another place for fits, in another worker. */
export interface FitHelper {
  /** Called first, and again for another site: what is asked then is fitted there. */
  begin(site: FitSite): Promise<void>;
  fit(task: FitTask): Promise<FitResult>;
}

/** Does the fits of lessons, one after the other, here and with helpers side by side. See [Note: parts of a lesson]. */
export class FitLanes {
  readonly #helpers: readonly FitHelper[];
  readonly #pause: () => Promise<void> | null;
  #site: FitSite | null = null;
  #begun: Promise<unknown> | null = null;

  /** @param pause asked between the steps of a fit; null: go on */
  constructor(helpers: readonly FitHelper[], pause: () => Promise<void> | null) {
    this.#helpers = helpers;
    this.#pause = pause;
  }

  /**
   * @param progress told 0..1 of the batch
   * @returns [tasks of the batch]
   */
  async run({ place, tasks }: TeachBatch, progress: (done: number) => void): Promise<FitResult[]> {
    const results: FitResult[] = [];
    let next = 0;
    let done = 0;
    let here = 0;
    const tell = () => progress((done + here) / tasks.length);
    const lane = async (work: (task: FitTask) => Promise<FitResult>) => {
      while (next < tasks.length) {
        const n = next++;
        results[n] = await work(tasks[n]!);
        done++;
        tell();
      }
    };
    if (this.#site !== place.site) {
      this.#site = place.site;
      this.#begun = Promise.all(this.#helpers.map((helper) => helper.begin(place.site)));
    }
    // Helpers are asked first, as it goes on here until the first pause.
    const lanes = this.#helpers.map((helper) => lane((task) => helper.fit(task)));
    const own = lane(async (task) => {
      const steps = place.steps(task);
      for (let step = steps.next(); ; step = steps.next()) {
        here = step.done ? 0 : step.value;
        if (step.done) return step.value;
        const pause = this.#pause();
        if (pause === null) continue;
        tell();
        await pause;
      }
    });
    await Promise.all([...lanes, own, this.#begun]);
    return results;
  }
}
