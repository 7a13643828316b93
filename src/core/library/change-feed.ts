import type { Clock } from './clock.ts';
import type { PhotoId } from './photo.ts';

/** What changed since the notice before. */
export interface ChangeNotice {
  readonly changed: Uint32Array<ArrayBuffer> | 'all';
  readonly labelsChanged: boolean;
}

/** At most ten notices a second. */
const quietMilliseconds = 100;
const mostListed = 4096;

/** Gathers what changes and tells it in batches. */
export class ChangeFeed {
  readonly #clock: Clock;
  readonly #notify: (notice: ChangeNotice) => void;
  #changed = new Set<PhotoId>();
  #all = false;
  #labels = false;
  #scheduled = false;
  #last = Number.NEGATIVE_INFINITY;
  /** Grows whenever a view asked before may be out of date. */
  contentRevision = 1;

  constructor(clock: Clock, notify: (notice: ChangeNotice) => void) {
    this.#clock = clock;
    this.#notify = notify;
  }

  /** Photos changed so that views and cells may differ. */
  photos(ids: Iterable<PhotoId> | 'all'): void {
    this.contentRevision++;
    if (ids === 'all') this.#all = true;
    else for (const id of ids) this.#changed.add(id);
    if (this.#changed.size > mostListed) this.#all = true;
    this.status();
  }

  labels(): void {
    this.#labels = true;
    this.status();
  }

  /** Something of the status changed. */
  status(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#last + quietMilliseconds - this.#clock.now());
    this.#clock.after(Math.min(wait, quietMilliseconds), () => this.#tell());
  }

  #tell(): void {
    this.#scheduled = false;
    this.#last = this.#clock.now();
    const changed = this.#all ? 'all' : Uint32Array.from(this.#changed);
    const labelsChanged = this.#labels;
    this.#changed = new Set();
    this.#all = false;
    this.#labels = false;
    this.#notify({ changed, labelsChanged });
  }
}
