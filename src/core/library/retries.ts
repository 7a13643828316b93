import type { Catalogue } from './catalogue.ts';
import type { ImportFailure } from './import-progress.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportRun } from './import-run.ts';
import { type FailureCode, type PhotoId, photoStatusCodes } from './photo.ts';
import type { PhotoRow } from './photo-table.ts';
import { StoreRefused } from './store-refused.ts';

const { queued, failed, deferred } = photoStatusCodes;

/** Trying again cannot help: the file is what it is. */
const hopeless: ReadonlySet<FailureCode> = new Set(['unsupported-type', 'empty-file', 'zero-size']);

/** Photos that failed: listed, and tried again. */
export class Retries {
  readonly #catalogue: Catalogue;
  readonly #queue: ImportQueue;
  readonly #run: ImportRun;

  constructor(catalogue: Catalogue, queue: ImportQueue, run: ImportRun) {
    this.#catalogue = catalogue;
    this.#queue = queue;
    this.#run = run;
  }

  /** Goes on with what the last session left queued, and tries again what failed for now. */
  async opened(): Promise<void> {
    const { table } = this.#catalogue;
    const { status, removedAt } = table.columns;
    const again = [...table.ids()].filter((id) => status[id] === deferred && removedAt[id] === 0);
    try {
      await this.setStatus(again, queued);
    } catch (error) {
      if (!StoreRefused.isFull(error)) throw error; // they wait until the next start
    }
    const ids = [...table.ids()].filter(
      (id) => table.columns.status[id] === queued && table.columns.removedAt[id] === 0,
    );
    this.#run.accepted(ids.length);
    this.#queue.enqueue(ids);
  }

  /** Null: all that failed and may do better now. */
  async retry(ids: Iterable<number> | null): Promise<void> {
    this.#queue.unlock();
    const { table } = this.#catalogue;
    const failures = new Map((await this.failures()).map((failure) => [failure.id, failure]));
    const wanted = ids === null ? [...failures.keys()] : [...ids];
    const again = wanted.filter(
      (id): id is PhotoId => id !== null && table.has(id) && failures.get(id as PhotoId)?.canRetry === true,
    );
    if (again.length === 0) return;
    const forGood = again.filter((id) => table.columns.status[id] === failed).length;
    await this.setStatus(again, queued);
    this.#run.again(forGood, again.length - forGood);
    this.#queue.enqueue(again);
  }

  async failures(): Promise<ImportFailure[]> {
    const { table, store } = this.#catalogue;
    const { status, removedAt } = table.columns;
    const ids = [...table.ids()].filter(
      (id) => (status[id] === failed || status[id] === deferred) && removedAt[id] === 0,
    );
    const records = await store.records(ids);
    return records.flatMap((record) => {
      if (record === null || record.failure === null || !table.has(record.id)) return [];
      const { id, failure } = record;
      const canRetry = !hopeless.has(failure.code);
      return { id, name: table.name(id), path: table.path(id), failure, canRetry };
    });
  }

  setStatus(ids: readonly PhotoId[], status: number): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      const { table } = this.#catalogue;
      const photoRows = new Map<PhotoId, PhotoRow>();
      for (const id of ids) if (table.has(id)) photoRows.set(id, { ...table.row(id), status });
      if (photoRows.size > 0) StoreRefused.check(await this.#catalogue.write({ photoRows }, 'relaxed'));
    });
  }
}
