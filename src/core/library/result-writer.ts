import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { ImportRun } from './import-run.ts';
import type { ImportTimer } from './import-timer.ts';
import { type PhotoId, photoStatusCodes, transientFailures } from './photo.ts';
import { absentFlag, missingFlag } from './photo-table.ts';
import { type CurrentResult, type PhotoResult, ResultPlan } from './plan-results.ts';

/** Results are committed when so many wait, or the first has waited so long. */
const batchResults = 32;
const batchMilliseconds = 400;
/** When storage is full it is tried again so often: other programs free space, too. */
const fullMilliseconds = 20_000;

export interface ResultWriterParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly run: ImportRun;
  readonly timer: ImportTimer;
  /** A batch is committed: tags and index follow. */
  readonly committed: (plan: ResultPlan) => void;
  /** Photos whose files changed while they were under way: their results count for nothing. */
  readonly again: (ids: readonly PhotoId[]) => void;
  /** There is room for more results, or storage is full. */
  readonly settled: () => void;
  readonly broken: (error: unknown) => void;
}

/** Commits results in batches, status and all in one transaction. */
export class ResultWriter {
  readonly #parts: ResultWriterParts;
  #waiting: PhotoResult[] = [];
  #writing = false;
  #cancelTimer: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #full = false;
  #closed = false;

  constructor(parts: ResultWriterParts) {
    this.#parts = parts;
  }

  /** Storage takes no more; the results wait. */
  get full(): boolean {
    return this.#full;
  }

  /** There may be room now. */
  tryAgain(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#full = false;
    void this.flush();
  }

  /** Commits what waits, if there is room, and nothing after it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    await this.flush();
  }

  /** Results that are not committed yet. */
  get waiting(): readonly PhotoResult[] {
    return this.#waiting;
  }

  add(result: PhotoResult): void {
    this.#waiting.push(result);
    if (this.#waiting.length >= batchResults) {
      void this.flush();
    } else {
      this.#cancelTimer ??= this.#parts.clock.after(batchMilliseconds, () => void this.flush());
    }
  }

  /** Commits what waits, now. */
  async flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#writing || this.#full) return;
    this.#writing = true;
    try {
      while (this.#waiting.length > 0 && !this.#full) await this.#commit();
    } catch (error) {
      this.#waiting = [];
      this.#parts.broken(error);
    } finally {
      this.#writing = false;
    }
    this.#parts.settled();
  }

  #commit(): Promise<void> {
    const { catalogue, clock, committed, timer } = this.#parts;
    return catalogue.exclusive(async () => {
      const began = clock.now();
      const { status } = catalogue.table.columns;
      const batch = this.#waiting.slice(0, batchResults);
      const overtaken = batch.filter((one) => isOvertaken(one, catalogue)).map(({ id }) => id);
      const current = await this.#currentOf(batch.filter(({ id }) => !overtaken.includes(id)));
      const plan = new ResultPlan(catalogue, await this.#contentsOf(current));
      const taken = current.filter((result) => plan.add(result));
      // Photos that had results of another model are no part of the import's figures.
      const counted = taken.filter(({ id }) => status[id] !== photoStatusCodes.ready);
      const result = taken.length === 0 ? 'written' : await catalogue.write(plan.changes(), 'relaxed');
      if (result === 'unreadable') throw new Error('results hold no files, yet one could not be read');
      if (result !== 'written') {
        // Nothing is lost: the photos are still queued in the store.
        this.#full = true;
        if (result === 'storage-full' && !this.#closed) {
          this.#cancelRetry = clock.after(fullMilliseconds, () => this.tryAgain());
        }
        return;
      }
      this.#waiting.splice(0, batch.length);
      timer.committed(taken, clock.now() - began);
      const failures = counted.flatMap(({ outcome }) => (outcome.ok ? [] : outcome.failure.code));
      const deferred = failures.filter((code) => transientFailures.has(code)).length;
      this.#parts.run.finished(counted.length - failures.length, failures.length - deferred, deferred);
      committed(plan);
      if (overtaken.length > 0) this.#parts.again(overtaken);
    });
  }

  /** With what is stored now: others may have written since the photos were read. */
  async #currentOf(results: readonly PhotoResult[]): Promise<CurrentResult[]> {
    const records = await this.#parts.catalogue.store.records(results.map(({ id }) => id));
    return results.flatMap((result, i) => {
      const record = records[i] ?? null;
      return record === null ? [] : [{ ...result, record }];
    });
  }

  async #contentsOf(batch: readonly CurrentResult[]) {
    const hashes = new Set<string>();
    for (const { record, outcome } of batch) {
      if (record.sha256 !== null) hashes.add(record.sha256);
      if (outcome.ok) hashes.add(outcome.sha256);
    }
    const list = [...hashes];
    const found = await this.#parts.catalogue.store.contents(list);
    return new Map(list.map((sha256, i) => [sha256, found[i] ?? null]));
  }
}

/** The photo has another file than the one that was processed. */
function isOvertaken({ id, seen, outcome }: PhotoResult, { table, placements }: Catalogue): boolean {
  if (!table.has(id)) return false;
  const row = table.row(id);
  const changed = row.flags ^ seen.row.flags;
  if (!Object.is(row.size, seen.row.size) || !Object.is(row.modifiedAt, seen.row.modifiedAt)) return true;
  if ((changed & absentFlag) !== 0) return true;
  // What came of a file stands wherever the file is now; that there was none does not.
  const isPlaced = (placements.get(id) ?? 0) !== seen.placements || table.path(id) !== seen.path;
  return !outcome.ok && (isPlaced || (changed & seen.row.flags & missingFlag) !== 0);
}
