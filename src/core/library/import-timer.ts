import type { Clock } from './clock.ts';
import type { StageTimes } from './model-ports.ts';
import type { PhotoResult } from './plan-results.ts';

/** Where the time of the photos processed so far went: sums over all workers, milliseconds. */
export interface Timings {
  /** Photos that became ready. */
  readonly photos: number;
  readonly stages: StageTimes;
  /** Time in transactions that store results. */
  readonly write: number;
  /** From the first photo sent to a worker to the last one stored, pauses left out. */
  readonly elapsed: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds up `Timings`; its own cost does not count. */
export class ImportTimer {
  readonly #clock: Clock;
  readonly #stages: Mutable<StageTimes> = {
    read: 0,
    hash: 0,
    header: 0,
    decode: 0,
    thumbnail: 0,
    signature: 0,
    preprocess: 0,
    inference: 0,
  };
  #photos = 0;
  #write = 0;
  #elapsed = 0;
  #startedAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(): void {
    this.#startedAt ??= this.#clock.now();
  }

  stop(): void {
    if (this.#startedAt !== null) this.#elapsed += this.#clock.now() - this.#startedAt;
    this.#startedAt = null;
  }

  committed(results: readonly PhotoResult[], milliseconds: number): void {
    this.#write += milliseconds;
    for (const { outcome } of results) {
      if (!outcome.ok) continue;
      this.#photos++;
      for (const stage of Object.keys(this.#stages) as (keyof StageTimes)[]) {
        this.#stages[stage] += outcome.stages[stage];
      }
    }
  }

  timings(): Timings {
    const running = this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt;
    return {
      photos: this.#photos,
      stages: { ...this.#stages },
      write: this.#write,
      elapsed: this.#elapsed + running,
    };
  }
}
