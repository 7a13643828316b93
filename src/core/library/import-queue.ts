import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Files } from './file-ports.ts';
import { type FreshPhoto, FreshPhotos } from './fresh-photos.ts';
import type { ImportProgress } from './import-progress.ts';
import type { ImportRun } from './import-run.ts';
import { ImportTimer } from './import-timer.ts';
import { LockedPhotos } from './locked-photos.ts';
import type { Embedder, EmbedLimits } from './model-ports.ts';
import { OutdatedPhotos } from './outdated-photos.ts';
import { type Failure, type PhotoId, photoStatusCodes } from './photo.ts';
import type { ResultPlan } from './plan-results.ts';
import { ResultWriter } from './result-writer.ts';
import { Suspects } from './suspects.ts';
import { WaitingPhotos } from './waiting-photos.ts';

/** With so many results not yet committed, no more photos are started. */
const mostUncommitted = 64;

export interface ImportQueueParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly run: ImportRun;
  readonly limits: () => EmbedLimits;
  /** Called after a batch is committed: tags and index follow. */
  readonly committed: (plan: ResultPlan) => void;
  /** A bug; the worker should end and start again from what is stored. */
  readonly crash: (error: unknown) => void;
}

/**
 * Processes queued photos. The stored status column is the queue: what is here in memory is only the order, so closing
 * at any moment loses no more than the photos under way, which are still queued in the store.
 */
export class ImportQueue {
  readonly timer: ImportTimer;
  readonly #parts: ImportQueueParts;
  readonly #waiting = new WaitingPhotos();
  readonly #outdated: OutdatedPhotos;
  readonly #locked: LockedPhotos;
  readonly #underWay = new Set<PhotoId>();
  readonly #fresh = new FreshPhotos();
  readonly #suspects = new Suspects();
  readonly #results: ResultWriter;
  /** Number of the model that photos are processed with; null: none is there. */
  #model: number | null = null;
  #paused = false;
  #cancelling = false;
  #stopped = false;
  readonly #idle: (() => void)[] = [];

  constructor(parts: ImportQueueParts) {
    this.#parts = parts;
    this.timer = new ImportTimer(parts.clock);
    const { catalogue, files, clock, run, committed } = parts;
    this.#outdated = new OutdatedPhotos(catalogue);
    this.#locked = new LockedPhotos(catalogue, files);
    this.#results = new ResultWriter({
      catalogue,
      clock,
      run,
      committed,
      timer: this.timer,
      again: (ids) => this.#again(ids),
      settled: () => this.#pump(),
      broken: (error) => this.#break(error),
    });
  }

  get state(): ImportProgress['state'] {
    if (this.#cancelling) return 'cancelling';
    if (this.#results.full) return 'storage-full';
    const left = this.#waiting.count > 0 || this.#suspects.count > 0 || this.#unfinished > 0;
    const { run } = this.#parts;
    if (this.#paused && (left || !run.over)) return 'paused';
    if (left && !this.#onlyOutdated()) return this.#model === null ? 'waiting-model' : 'running';
    if (run.scanning) return 'running';
    return this.#locked.ids.size > 0 ? 'waiting-permission' : 'idle';
  }

  get locked(): ReadonlySet<PhotoId> {
    return this.#locked.ids;
  }

  /** Adds photos at the end; those that are there already or not queued any more are passed over when their turn comes. */
  enqueue(ids: Iterable<PhotoId>, fresh: readonly FreshPhoto[] = []): void {
    this.#fresh.put(fresh);
    this.#waiting.add(ids);
    this.#pump();
  }

  /** The permission that was missing may be there now. */
  unlock(): number {
    const ids = this.#locked.takeAll();
    this.#findOutdated();
    this.enqueue(ids);
    return ids.length;
  }

  /** Photos go on with this model; those with results of another one are done again when nothing else is left. */
  modelReady(number: number): void {
    this.#model = number;
    this.#findOutdated();
    this.#pump();
  }

  /** Photos that are still to be done again with the model that runs now. */
  get outdated(): number {
    return this.#outdated.count;
  }

  #findOutdated(): void {
    if (this.#model !== null) this.#outdated.find(this.#model);
  }

  modelGone(): void {
    this.#model = null;
    this.#parts.catalogue.feed.status();
  }

  pause(): void {
    this.#paused = true;
    this.timer.stop();
    this.#parts.catalogue.feed.status();
  }

  /** Goes on after a pause, or after storage was full. */
  resume(): void {
    this.#paused = false;
    this.#results.tryAgain();
    this.#pump();
  }

  /** Something was deleted: where storage was full, it is tried again. */
  roomMayBeThere(): void {
    if (this.#results.full) this.#results.tryAgain();
    this.#pump();
  }

  /** Empties the queue; answers the photos that were in it. Those under way are none of them: they end on their own. */
  takeAll(): PhotoId[] {
    this.#cancelling = true;
    const { table } = this.#parts.catalogue;
    const ids = [...this.#waiting.takeAll(), ...this.#suspects.takeAll(), ...this.#locked.takeAll()];
    this.#fresh.clear();
    this.#paused = false;
    return [...new Set(ids)].filter(
      (id) => table.has(id) && table.columns.status[id] === photoStatusCodes.queued && !this.#isStarted(id),
    );
  }

  /** Starts no more photos; resolves when what is under way is committed (or given up, after `patience` milliseconds). */
  async stop(patience: number): Promise<void> {
    this.#stopped = true;
    if (this.#underWay.size > 0) {
      await new Promise<void>((resolve) => {
        this.#idle.push(resolve);
        this.#parts.clock.after(patience, resolve);
      });
    }
    await this.#results.close();
  }

  /** What was taken out with `takeAll` is gone. */
  cancelled(): void {
    this.#cancelling = false;
    this.#parts.catalogue.feed.status();
  }

  /** Photos that are looked at now go first, the last ones named before all others. */
  prefer(ids: Iterable<number>): void {
    if (this.#cancelling) return;
    const { status } = this.#parts.catalogue.table.columns;
    this.#waiting.prefer([...ids].filter((id): id is PhotoId => status[id] === photoStatusCodes.queued));
  }

  #isStarted(id: PhotoId): boolean {
    return this.#underWay.has(id) || this.#results.waiting.some((result) => result.id === id);
  }

  /** Photos that were started and are not committed. */
  get #unfinished(): number {
    return this.#underWay.size + this.#results.waiting.length;
  }

  #onlyOutdated(): boolean {
    const { status } = this.#parts.catalogue.table.columns;
    const ready = (id: PhotoId) => status[id] === photoStatusCodes.ready;
    return (
      this.#waiting.count === 0 &&
      this.#suspects.count === 0 &&
      [...this.#underWay].every(ready) &&
      this.#results.waiting.every(({ id }) => ready(id))
    );
  }

  #pump(): void {
    const { embedder, catalogue } = this.#parts;
    while (
      !this.#paused &&
      !this.#results.full &&
      !this.#stopped &&
      this.#model !== null &&
      !this.#suspects.isTrying &&
      this.#underWay.size < embedder.capacity &&
      this.#results.waiting.length < mostUncommitted
    ) {
      const id = this.#take();
      if (id === null) break;
      this.#underWay.add(id);
      this.timer.start();
      this.#process(id).then(
        () => this.#ended(id),
        (error) => this.#break(error),
      );
    }
    // Nothing more will come that would be worth waiting for.
    if (this.#underWay.size === 0) {
      if (this.#unfinished === 0 || this.#results.full) this.timer.stop();
      else void this.#results.flush();
    }
    catalogue.feed.status();
  }

  /** A bug: nothing more is tried; what is stored is whole. */
  #break(error: unknown): void {
    this.#stopped = true;
    this.#parts.crash(error);
  }

  #ended(id: PhotoId): void {
    this.#underWay.delete(id);
    this.#suspects.ended(id);
    if (this.#underWay.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    this.#pump();
  }

  #take(): PhotoId | null {
    const { table } = this.#parts.catalogue;
    const { status, removedAt } = table.columns;
    const isWanted = (id: PhotoId) =>
      status[id] === photoStatusCodes.queued &&
      removedAt[id] === 0 &&
      !this.#suspects.has(id) &&
      !this.#isStarted(id);
    const waiting = this.#waiting.take(isWanted, (id) => this.#locked.ids.has(id));
    if (waiting !== null) return waiting;
    if (this.#suspects.count > 0 && this.#underWay.size > 0) return null;
    const suspect = this.#suspects.take(isWanted);
    if (suspect !== null) return suspect;
    return this.#outdated.take(this.#model, (id) => this.#underWay.has(id));
  }

  /** Those that are ready still have results of another model. */
  #again(ids: readonly PhotoId[]): void {
    this.#outdated.add(ids);
    this.enqueue(ids);
  }

  #putBack(id: PhotoId): void {
    if (!this.#suspects.putBack(id)) this.#waiting.putBack(id);
  }

  async #process(id: PhotoId): Promise<void> {
    const { catalogue, embedder, limits } = this.#parts;
    const { table } = catalogue;
    const placements = catalogue.placements.get(id) ?? 0;
    const seen = { row: table.row(id), path: table.path(id), placements };
    const taken = this.#fresh.take(id);
    const isFresh = taken?.bytes.size === seen.row.size && Object.is(taken.modifiedAt, seen.row.modifiedAt);
    const fresh = isFresh ? taken : null;
    const [record] = fresh === null ? await catalogue.store.records([id]) : [fresh.record];
    if (record === null || record === undefined) return; // deleted meanwhile
    const opened = fresh ?? (await this.#locked.open(record));
    if (opened === 'locked') return;
    if (!('bytes' in opened)) return this.#results.add({ id, seen, size: 0, modifiedAt: 0, outcome: opened });
    const outcome = await embedder.embed(opened.bytes, limits(), false);
    if (!outcome.ok && outcome.failure.code === 'model-unavailable') {
      this.#putBack(id);
      return this.modelGone();
    }
    // The file that was taken in changed or went since: what is stored, or behind the handle now, counts.
    if (!outcome.ok && fresh !== null && isGone(outcome.failure)) return this.#putBack(id);
    if (!outcome.ok && outcome.failure.code === 'worker-crashed' && this.#suspects.crashed(id)) return;
    this.#suspects.acquit(id);
    this.#results.add({ id, seen, size: opened.bytes.size, modifiedAt: opened.modifiedAt, outcome });
  }
}

function isGone({ code }: Failure): boolean {
  return code === 'unreadable' || code === 'file-missing';
}
