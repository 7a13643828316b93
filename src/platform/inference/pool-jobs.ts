import type { PoolWorker } from './pool-worker.ts';

interface Job {
  /** Does it; what it resolves with hands the answer on. */
  readonly run: (worker: PoolWorker) => Promise<() => void>;
  /** There is nobody to do it. */
  readonly refuse: () => void;
}

/** What waits for a worker and what workers have in hand: each is answered once, whatever becomes of the workers. */
export class PoolJobs {
  /** The next one first. */
  readonly #waiting: Job[] = [];
  readonly #inHand = new Map<Job, PoolWorker>();
  readonly #answered: (worker: PoolWorker) => void;

  /** @param answered called when a worker has done one */
  constructor(answered: (worker: PoolWorker) => void) {
    this.#answered = answered;
  }

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * @param urgent goes before those that wait
   * @param refusal the answer when there is nobody to do it
   */
  add<Result, Refusal>(
    call: (worker: PoolWorker) => Promise<Result>,
    urgent: boolean,
    refusal: Refusal,
  ): Promise<Result | Refusal> {
    return new Promise((answer) => {
      const run = async (worker: PoolWorker) => {
        const result = await call(worker);
        return () => answer(result);
      };
      const job: Job = { run, refuse: () => answer(refusal) };
      if (urgent) this.#waiting.unshift(job);
      else this.#waiting.push(job);
    });
  }

  /** Gives a worker the next one that waits. */
  async give(worker: PoolWorker): Promise<void> {
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#inHand.set(job, worker);
    const deliver = await job.run(worker);
    if (this.#inHand.get(job) !== worker) return; // taken back meanwhile
    this.#inHand.delete(job);
    deliver();
    this.#answered(worker);
  }

  /** What these workers have in hand waits again, before all others. */
  takeBack(workers: readonly PoolWorker[]): void {
    const back = [...this.#inHand].filter(([, worker]) => workers.includes(worker)).map(([job]) => job);
    for (const job of back) this.#inHand.delete(job);
    this.#waiting.unshift(...back);
  }

  /** Answers all that wait: nobody will do them. */
  refuseAll(): void {
    for (const job of this.#waiting.splice(0)) job.refuse();
  }
}
