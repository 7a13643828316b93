import type { Clock } from './clock.ts';
import type { ImportFailures, ImportProgress, RefusedFile } from './import-progress.ts';

/** Speed is told over this long. */
const rateMilliseconds = 5000;
/** A run that has been through for so long is over: files added later start a new one. */
const runEndsAfter = 3000;

/** The figures of an import: all files since the last time that nothing was left to do. */
export class ImportRun {
  readonly #clock: Clock;
  #total = 0;
  #done = 0;
  #failed = 0;
  #deferred = 0;
  #refusals = 0;
  #alreadyThere = 0;
  #scanners = 0;
  #pageScans = false;
  #cancelled = false;
  #endedAt: number | null = null;
  readonly #refused: RefusedFile[] = [];
  /** When the last photos were done, and how many at once. */
  #recent: { readonly at: number; readonly count: number }[] = [];
  #startedAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Refused files, of this run and of those before it, until they are forgotten. */
  refused(most: number): ImportFailures {
    const first = this.#refused.slice(0, most).map((file) => ({ id: null, ...file, canRetry: false }));
    return { total: this.#refused.length, first, canRetry: false };
  }

  get scanning(): boolean {
    return this.#scanners > 0 || this.#pageScans;
  }

  /** Files begin to come in; to be called before any of them is counted. */
  begin(): void {
    const ended = this.#endedAt;
    if (!this.scanning && ended !== null && this.#clock.now() - ended > runEndsAfter) this.reset();
    this.#cancelled = false;
    this.#scanners++;
    this.#endedAt = null;
  }

  end(): void {
    this.#scanners--;
    this.#note();
  }

  setPageScans(scanning: boolean): void {
    if (scanning === this.#pageScans) return;
    if (scanning) {
      this.begin();
      this.#scanners--;
    }
    this.#pageScans = scanning;
    this.#note();
  }

  accepted(count: number): void {
    this.#total += count;
    this.#endedAt = null;
  }

  found(count: number): void {
    this.#alreadyThere += count;
  }

  refuse(file: RefusedFile): void {
    this.#refused.push(file);
    this.#total++;
    this.#done++;
    this.#refusals++;
    this.#note();
  }

  /** Photos that are through: ready, failed for good, failed for now. */
  finished(ready: number, failed: number, deferred = 0): void {
    const count = ready + failed + deferred;
    this.#done += count;
    this.#total = Math.max(this.#total, this.#done);
    this.#failed += failed;
    this.#deferred += deferred;
    const now = this.#clock.now();
    if (this.#recent.length === 0) this.#startedAt = now;
    this.#recent.push({ at: now, count });
    this.#note();
  }

  /** Photos that are to be tried again, of this run and of earlier ones: had failed for good, and for now. */
  again(failed: number, deferred: number): void {
    this.#endedAt = null;
    const ofFailed = Math.min(failed, this.#failed);
    const ofDeferred = Math.min(deferred, this.#deferred);
    this.#failed -= ofFailed;
    this.#deferred -= ofDeferred;
    this.#done -= ofFailed + ofDeferred;
    this.#total += failed - ofFailed + deferred - ofDeferred;
  }

  /** Photos that were taken out of the queue. */
  cancelled(count: number): void {
    this.#cancelled = true;
    this.#total = Math.max(this.#done, this.#total - count);
    this.#note();
  }

  forgetRefused(): void {
    this.#refused.length = 0;
  }

  reset(): void {
    this.#total = 0;
    this.#done = 0;
    this.#failed = 0;
    this.#deferred = 0;
    this.#refusals = 0;
    this.#alreadyThere = 0;
    this.#recent = [];
    this.#endedAt = null;
    this.#cancelled = false;
  }

  /** True when all files of the run are through. */
  get over(): boolean {
    return !this.scanning && this.#done >= this.#total;
  }

  progress(state: ImportProgress['state']): ImportProgress {
    const photosPerSecond = state === 'running' ? this.#rate() : 0;
    const left = this.#total - this.#done;
    return {
      state,
      done: this.#done,
      total: this.#total,
      failed: this.#failed,
      deferred: this.#deferred,
      refused: this.#refusals,
      alreadyThere: this.#alreadyThere,
      photosPerSecond,
      secondsLeft: photosPerSecond > 0 && !this.scanning ? left / photosPerSecond : null,
      scanning: this.scanning,
      cancelled: this.#cancelled,
    };
  }

  /** Photos per second over the last seconds; the first batch only starts the watch. */
  #rate(): number {
    const now = this.#clock.now();
    while (this.#recent.length > 1 && now - this.#recent[0]!.at > rateMilliseconds) {
      this.#startedAt = this.#recent.shift()!.at;
    }
    const first = this.#recent[0];
    if (first === undefined) return 0;
    const counted = this.#startedAt === first.at ? this.#recent.slice(1) : this.#recent;
    const seconds = (now - this.#startedAt) / 1000;
    const photos = counted.reduce((sum, { count }) => sum + count, 0);
    return photos === 0 || seconds < 0.2 ? 0 : photos / seconds;
  }

  #note(): void {
    if (this.over) this.#endedAt ??= this.#clock.now();
  }
}
