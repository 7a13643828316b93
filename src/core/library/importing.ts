import type { Found } from './candidate.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files, FolderAccess } from './file-ports.ts';
import { foundInPlace } from './found-in-place.ts';
import type { AddReport, ImportFailures } from './import-progress.ts';
import { ImportQueue } from './import-queue.ts';
import { ImportRun } from './import-run.ts';
import type { Timings } from './import-timer.ts';
import { Intake } from './intake.ts';
import type { Embedder, EmbedLimits } from './model-ports.ts';
import type { Originals } from './originals.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';
import { triedFlag } from './photo-table.ts';
import { PickedFolders } from './picked-folders.ts';
import type { ResultPlan } from './plan-results.ts';
import type { Previews } from './previews.ts';
import { type RelinkResult, relinkPhoto } from './relink.ts';
import { Retries } from './retries.ts';
import { SameSource } from './same-source.ts';

/** How long closing waits for photos under way. */
const closePatience = 1500;

export interface ImportingParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly folderAccess: FolderAccess;
  /** See `RescanParts`. */
  readonly away: () => Promise<ReadonlySet<PhotoId>>;
  readonly embedder: Embedder;
  readonly originals: Originals;
  readonly previews: Previews;
  readonly clock: Clock;
  readonly limits: () => EmbedLimits;
  /** Called after a batch is committed: tags and index follow. */
  readonly committed: (plan: ResultPlan) => void;
  /** Deletes photos for good. */
  readonly purge: (ids: readonly PhotoId[]) => Promise<void>;
  readonly crash: (error: unknown) => void;
}

/** How photos come in: from files and folders, through the queue, again after failures. */
export class Importing {
  readonly #parts: ImportingParts;
  readonly #run: ImportRun;
  readonly #intake: Intake;
  readonly #retries: Retries;
  readonly queue: ImportQueue;
  /** The folders that the person picked. */
  readonly folders: PickedFolders;

  constructor(parts: ImportingParts) {
    const { catalogue, files, embedder, clock, limits, committed, crash } = parts;
    this.#parts = parts;
    this.#run = new ImportRun(clock);
    this.queue = new ImportQueue({
      catalogue,
      files,
      embedder,
      clock,
      run: this.#run,
      limits,
      committed,
      crash,
    });
    const same = new SameSource(catalogue, files, parts.away);
    this.#intake = new Intake({
      catalogue,
      files,
      same,
      run: this.#run,
      clock,
      enqueue: (ids, fresh) => this.queue.enqueue(ids, fresh),
    });
    this.#retries = new Retries(catalogue, this.queue, this.#run);
    this.folders = new PickedFolders({
      catalogue,
      access: parts.folderAccess,
      away: parts.away,
      files,
      same,
      clock,
      take: async (found, folders) => (await this.#intake.add(found, null, folders)).accepted,
      again: (ids) => this.#again(ids),
      crash,
    });
  }

  /** Goes on with what the last session left. */
  async opened(): Promise<void> {
    await this.#retries.opened();
    await this.folders.opened();
  }

  /** Takes nothing more in. */
  end(): void {
    this.#intake.cancel();
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await this.folders.close();
    await this.queue.stop(closePatience);
  }

  progress() {
    return this.#run.progress(this.queue.state);
  }

  /** @param intake of the report of an earlier call for the same drop */
  add(found: AsyncIterable<Found> | Iterable<Found>, intake: number | null = null): Promise<AddReport> {
    return this.#intake.add(found, intake);
  }

  /** Adds what is in folders that were picked, and the files that were picked with them; the folders are remembered. */
  async addPicked(handles: readonly FileHandle[], found: AsyncIterable<Found>): Promise<AddReport> {
    const places = await this.folders.picked(handles.filter(({ kind }) => kind === 'directory'));
    const numbers = new Map([...places.values()].map(({ root, number }) => [root, number]));
    const report = await this.#intake.add(foundInPlace(found, places), null, numbers);
    // Who does not want these photos now does not want them at the next start either.
    if (report.cancelled)
      for (const number of new Set(numbers.values())) await this.folders.follow(number, false);
    return report;
  }

  /** See `relinkPhoto`. */
  relink(id: PhotoId, handle: FileHandle, evenIfDifferent: boolean): Promise<RelinkResult> {
    const { catalogue, files } = this.#parts;
    return relinkPhoto(catalogue, files, { id, handle }, evenIfDifferent, (ids) => this.#again(ids));
  }

  /** Photos came in with a backup. */
  restored(ids: readonly PhotoId[]): void {
    this.#run.accepted(ids.length);
    this.queue.enqueue(ids);
  }

  setScanning(scanning: boolean): void {
    this.#run.setPageScans(scanning);
    this.#parts.catalogue.feed.status();
  }

  pause(): void {
    this.queue.pause();
  }

  resume(): void {
    this.queue.resume();
  }

  /** Photos that were never tried go; those that are tried again stay, as failed for now. */
  async cancel(): Promise<void> {
    this.#intake.cancel();
    const { catalogue, purge } = this.#parts;
    const { table } = catalogue;
    // What is being taken in at this moment is stored first, then taken out again with the rest.
    const queued = await catalogue.exclusive(async () => this.queue.takeAll());
    try {
      this.#run.cancelled(queued.length);
      catalogue.feed.status();
      const tried = queued.filter((id) => (table.columns.flags[id]! & triedFlag) !== 0);
      const fresh = queued.filter((id) => (table.columns.flags[id]! & triedFlag) === 0);
      await this.#retries.setStatus(tried, photoStatusCodes.deferred);
      await purge(fresh);
    } finally {
      this.queue.cancelled();
    }
  }

  timings(): Timings {
    return this.queue.timer.timings();
  }

  /** @param most that are listed */
  async failures(most: number): Promise<ImportFailures> {
    const failed = await this.#retries.failures(most);
    const refused = this.#run.refused(most - failed.first.length);
    return {
      total: failed.total + refused.total,
      first: [...failed.first, ...refused.first],
      canRetry: failed.canRetry,
    };
  }

  /** Null: all that failed and may do better now. */
  retry(ids: Iterable<number> | null): Promise<void> {
    const { originals, previews, crash } = this.#parts;
    originals.permissionMayBeThere();
    previews.permissionMayBeThere();
    this.folders.permissionMayBeThere().catch(crash);
    return this.#retries.retry(ids);
  }

  /** Forgets refused files and the counts of a finished run. */
  dismiss(): void {
    this.#run.forgetRefused();
    if (this.#run.over) this.#run.reset();
    this.#parts.catalogue.feed.status();
  }

  async handlesNeedingPermission(): Promise<readonly FileHandle[]> {
    const { originals, files } = this.#parts;
    const folders = this.folders.handlesNeedingPermission();
    const others = await originals.handlesOf([...this.queue.locked]);
    const isNew = await Promise.all(
      others.map(async (other) => {
        for (const folder of folders) if (await files.isSameEntry(folder, other)) return false;
        return true;
      }),
    );
    return [...folders, ...others.filter((_, i) => isNew[i])];
  }

  /** Photos whose files changed are processed again. */
  #again(ids: readonly PhotoId[]): void {
    if (ids.length === 0) return;
    this.#run.begin();
    this.#run.accepted(ids.length);
    this.#run.end();
    this.queue.enqueue(ids);
  }
}
