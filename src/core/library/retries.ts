import type { Catalogue } from './catalogue.ts';
import type { ImportFailure, ImportFailures } from './import-progress.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportRun } from './import-run.ts';
import { type FailureCode, type PhotoId, photoStatusCodes } from './photo.ts';
import type { PhotoRow } from './photo-table.ts';
import { StoreRefused } from './store-refused.ts';

const { queued, failed, deferred } = photoStatusCodes;
/** Records read at once. */
const perRead = 256;

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
    const wanted = ids === null ? null : new Set(ids);
    const those = this.#failed().filter((id) => wanted?.has(id) ?? true);
    const again: PhotoId[] = [];
    for await (const failure of this.#failuresOf(those)) {
      if (failure.canRetry && table.has(failure.id)) again.push(failure.id);
    }
    if (again.length === 0) return;
    const forGood = again.filter((id) => table.columns.status[id] === failed).length;
    await this.setStatus(again, queued);
    this.#run.again(forGood, again.length - forGood);
    this.#queue.enqueue(again);
  }

  /** @param most that are listed */
  async failures(most: number): Promise<ImportFailures> {
    const ids = this.#failed();
    const first: ImportFailure[] = [];
    let canRetry = false;
    let seen = 0;
    for await (const failure of this.#failuresOf(ids)) {
      seen++;
      if (first.length < most) first.push(failure);
      canRetry ||= failure.canRetry;
      if (canRetry && seen > most) return { total: ids.length, first, canRetry };
    }
    return { total: seen, first, canRetry };
  }

  #failed(): PhotoId[] {
    const { table } = this.#catalogue;
    const { status, removedAt } = table.columns;
    const ids: PhotoId[] = [];
    for (const id of table.ids()) {
      if ((status[id] === failed || status[id] === deferred) && removedAt[id] === 0) ids.push(id);
    }
    return ids;
  }

  async *#failuresOf(ids: readonly PhotoId[]): AsyncGenerator<ImportFailure & { readonly id: PhotoId }> {
    const { table, store } = this.#catalogue;
    for (let start = 0; start < ids.length; start += perRead) {
      for (const record of await store.records(ids.slice(start, start + perRead))) {
        if (record === null || record.failure === null || !table.has(record.id)) continue;
        const { id, failure } = record;
        const canRetry = !hopeless.has(failure.code);
        yield { id, name: table.name(id), path: table.path(id), failure, canRetry };
      }
    }
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
