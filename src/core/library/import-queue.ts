import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileBytes } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import { type FreshPhoto, FreshPhotos } from './fresh-photos.ts';
import type { ImportProgress } from './import-progress.ts';
import type { ImportRun } from './import-run.ts';
import { ImportTimer } from './import-timer.ts';
import type { Embedder, EmbedLimits } from './model-ports.ts';
import { type Failure, type PhotoId, photoStatusCodes } from './photo.ts';
import type { ResultPlan } from './plan-results.ts';
import { ResultWriter } from './result-writer.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** With so many results not yet committed, no more photos are started. */
const mostUncommitted = 64;
/**
 * [Note: Suspects]
 * A worker that dies takes all photos along that it has in hand, and which of them killed it is not known. Each is tried
 * once more when nothing else is left to do, with nothing else under way: the one that kills a worker then is left aside,
 * and its neighbours come to no harm.
 */
const mostCrashes = 2;

/** About as many as fit on a screen. */
const mostPreferred = 128;

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
  #waiting: PhotoId[] = [];
  #next = 0;
  /** In sight, the next one last. They wait in their old place, too. */
  #preferred: PhotoId[] = [];
  /** Ready photos whose results are of another model: after all others, the newest last as it goes first. */
  #outdated: PhotoId[] = [];
  /** Queued photos behind handles that need permission, until it is given. */
  readonly #locked = new Set<PhotoId>();
  readonly #lockedFolders = new Set<number>();
  readonly #underWay = new Set<PhotoId>();
  readonly #fresh = new FreshPhotos();
  readonly #crashes = new Map<PhotoId, number>();
  /** See [Note: Suspects]. */
  #suspects: PhotoId[] = [];
  /** The suspect that is under way, alone. */
  #onTrial: PhotoId | null = null;
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
    const { catalogue, clock, run, committed } = parts;
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
    const left = this.#waiting.length > this.#next || this.#suspects.length > 0 || this.#unfinished > 0;
    const { run } = this.#parts;
    if (this.#paused && (left || !run.over)) return 'paused';
    if (left && !this.#onlyOutdated()) return this.#model === null ? 'waiting-model' : 'running';
    if (run.scanning) return 'running';
    return this.#locked.size > 0 ? 'waiting-permission' : 'idle';
  }

  get locked(): ReadonlySet<PhotoId> {
    return this.#locked;
  }

  /** Adds photos at the end; those that are there already or not queued any more are passed over when their turn comes. */
  enqueue(ids: Iterable<PhotoId>, fresh: readonly FreshPhoto[] = []): void {
    this.#fresh.put(fresh);
    for (const id of ids) this.#waiting.push(id);
    this.#pump();
  }

  /** The permission that was missing may be there now. */
  unlock(): number {
    const ids = [...this.#locked];
    this.#locked.clear();
    this.#lockedFolders.clear();
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
    return this.#outdated.length;
  }

  #findOutdated(): void {
    if (this.#model === null) return;
    const { table } = this.#parts.catalogue;
    const { status, model, removedAt, capturedAt } = table.columns;
    this.#outdated = [...table.ids()]
      .filter(
        (id) => status[id] === photoStatusCodes.ready && model[id] !== this.#model && removedAt[id] === 0,
      )
      .sort((a, b) => capturedAt[a]! - capturedAt[b]! || a - b);
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
    const ids = [...this.#waiting.slice(this.#next), ...this.#suspects, ...this.#locked];
    this.#waiting = [];
    this.#next = 0;
    this.#suspects = [];
    this.#locked.clear();
    this.#fresh.clear();
    this.#preferred = [];
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
    for (const id of ids) if (status[id] === photoStatusCodes.queued) this.#preferred.push(id as PhotoId);
    this.#preferred = this.#preferred.slice(-mostPreferred);
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
      this.#waiting.length === this.#next &&
      this.#suspects.length === 0 &&
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
      this.#onTrial === null &&
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
    if (this.#onTrial === id) this.#onTrial = null;
    if (this.#underWay.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    this.#pump();
  }

  #take(): PhotoId | null {
    const { table } = this.#parts.catalogue;
    const { status, removedAt, model } = table.columns;
    const isWanted = (id: PhotoId) =>
      status[id] === photoStatusCodes.queued &&
      removedAt[id] === 0 &&
      !this.#suspects.includes(id) &&
      !this.#isStarted(id);
    while (this.#preferred.length > 0) {
      const id = this.#preferred.pop()!;
      if (isWanted(id) && !this.#locked.has(id)) return id;
    }
    while (this.#next < this.#waiting.length) {
      const id = this.#waiting[this.#next++]!;
      if (isWanted(id)) return id;
    }
    this.#waiting = [];
    this.#next = 0;
    if (this.#suspects.length > 0 && this.#underWay.size > 0) return null;
    for (let id = this.#suspects.shift(); id !== undefined; id = this.#suspects.shift()) {
      if (!isWanted(id)) continue;
      this.#onTrial = id;
      return id;
    }
    for (let id = this.#outdated.pop(); id !== undefined; id = this.#outdated.pop()) {
      const isDone = model[id] === this.#model || this.#underWay.has(id);
      if (status[id] === photoStatusCodes.ready && removedAt[id] === 0 && !isDone) return id;
    }
    return null;
  }

  /** Those that are ready still have results of another model. */
  #again(ids: readonly PhotoId[]): void {
    const { status } = this.#parts.catalogue.table.columns;
    this.#outdated.push(...ids.filter((id) => status[id] === photoStatusCodes.ready));
    this.enqueue(ids);
  }

  #putBack(id: PhotoId): void {
    if (this.#onTrial === id) this.#suspects.unshift(id);
    else if (this.#next > 0) this.#waiting[--this.#next] = id;
    else this.#waiting.unshift(id);
  }

  async #process(id: PhotoId): Promise<void> {
    const { catalogue, embedder, limits } = this.#parts;
    const { table } = catalogue;
    const seen = { row: table.row(id), path: table.path(id) };
    const taken = this.#fresh.take(id);
    const isFresh = taken?.bytes.size === seen.row.size && Object.is(taken.modifiedAt, seen.row.modifiedAt);
    const fresh = isFresh ? taken : null;
    const [record] = fresh === null ? await catalogue.store.records([id]) : [fresh.record];
    if (record === null || record === undefined) return; // deleted meanwhile
    const opened = fresh ?? (await this.#open(record));
    if (opened === 'locked') return;
    if (!('bytes' in opened)) return this.#results.add({ id, seen, size: 0, modifiedAt: 0, outcome: opened });
    const outcome = await embedder.embed(opened.bytes, limits(), false);
    if (!outcome.ok && outcome.failure.code === 'model-unavailable') {
      this.#putBack(id);
      return this.modelGone();
    }
    // The file that was taken in changed or went since: what is stored, or behind the handle now, counts.
    if (!outcome.ok && fresh !== null && isGone(outcome.failure)) return this.#putBack(id);
    if (!outcome.ok && outcome.failure.code === 'worker-crashed') {
      const crashes = (this.#crashes.get(id) ?? 0) + 1;
      this.#crashes.set(id, crashes);
      if (crashes < mostCrashes) {
        this.#suspects.push(id);
        return;
      }
    }
    this.#crashes.delete(id);
    this.#results.add({ id, seen, size: opened.bytes.size, modifiedAt: opened.modifiedAt, outcome });
  }

  async #open(
    record: PhotoRecord,
  ): Promise<
    { bytes: FileBytes; modifiedAt: number } | { ok: false; failure: Failure; sha256: null } | 'locked'
  > {
    const { catalogue, files } = this.#parts;
    const { source, id } = record;
    if (source.kind === 'stored') {
      const bytes = await catalogue.store.blob(source.blob);
      const modifiedAt = catalogue.table.row(id).modifiedAt;
      return bytes === null
        ? { ok: false, failure: { code: 'file-missing' }, sha256: null }
        : { bytes, modifiedAt };
    }
    if (source.kind === 'absent') return { ok: false, failure: { code: 'file-missing' }, sha256: null };
    const isLocked = source.folder !== null && this.#lockedFolders.has(source.folder);
    const opened = isLocked ? null : await files.open(source.handle);
    if (opened?.ok) return opened;
    if (opened === null || opened.failure.code === 'no-permission') {
      // Still queued; the person is asked once for all of them.
      if (source.folder !== null) this.#lockedFolders.add(source.folder);
      if (catalogue.table.columns.status[id] === photoStatusCodes.queued) this.#locked.add(id);
      return 'locked';
    }
    return { ok: false, failure: opened.failure, sha256: null };
  }
}

function isGone({ code }: Failure): boolean {
  return code === 'unreadable' || code === 'file-missing';
}
