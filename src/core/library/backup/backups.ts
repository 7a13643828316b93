import type { BackupHead } from '../../backup/entries.ts';
import type { Frame } from '../../backup/write-frames.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import type { FileBytes } from '../file-handle.ts';
import type { Files } from '../file-ports.ts';
import type { PhotoId } from '../photo.ts';
import { Restore } from './restore-backup.ts';
import type { BackupStep, RestoreParts } from './restore-parts.ts';
import type { RestoreReport } from './restore-report.ts';
import { type BackupCounts, backupFrames } from './write-backup.ts';

/** The one long job on backups that is under way. */
export interface BackupJob {
  /** `check`: a dry run. */
  readonly kind: 'backup' | 'check' | 'restore';
  /** 0..1 */
  readonly progress: number;
}

export interface BackupsParts
  extends Pick<RestoreParts, 'catalogue' | 'files' | 'committed' | 'merged' | 'enqueue'> {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly clock: Clock;
  readonly open: (id: PhotoId) => Promise<FileBytes | null>;
  /** A backup was taken in. */
  readonly restored: () => void;
}

/** The person ended it. */
export class BackupCancelled extends Error {
  override readonly name = 'BackupCancelled';
}

/** Makes backups of the library and takes them in; one at a time. */
export class Backups {
  readonly #parts: BackupsParts;
  #job: BackupJob | null = null;
  #cancelled = false;

  constructor(parts: BackupsParts) {
    this.#parts = parts;
  }

  get job(): BackupJob | null {
    return this.#job;
  }

  cancel(): void {
    this.#cancelled = this.#job !== null;
  }

  /**
   * The frames of a backup, made as they are taken.
   *
   * @throws BackupCancelled
   */
  async *write(head: Pick<BackupHead, 'app' | 'originals'>, counts: BackupCounts): AsyncGenerator<Frame> {
    const { catalogue, clock, files, open } = this.#parts;
    this.#begin('backup');
    try {
      let photos = 0;
      let decisions = 0;
      for (const id of catalogue.table.ids()) {
        photos++;
        decisions += catalogue.tags.verdictsOf(id).size;
      }
      const progress = (done: number, total: number) => this.#progress(total === 0 ? 1 : done / total);
      const whole = { ...head, created: clock.now(), photos, decisions };
      for await (const frame of backupFrames({ catalogue, files, open, progress }, whole, counts)) {
        yield frame;
        await clock.breathe();
        if (this.#cancelled) throw new BackupCancelled('the backup was cancelled');
      }
    } finally {
      this.#end();
    }
  }

  /** @param dry counts what taking it in would change, and changes nothing */
  async restore(
    read: (progress: (share: number) => void) => AsyncIterable<BackupStep>,
    join: RestoreParts['join'],
    dry: boolean,
  ): Promise<RestoreReport> {
    const { clock, restored } = this.#parts;
    this.#begin(dry ? 'check' : 'restore');
    try {
      const wanted = () => !this.#cancelled;
      const restore = new Restore({ ...this.#parts, now: clock.now(), dry, join, wanted });
      return await restore.run(read((share) => this.#progress(share)));
    } finally {
      this.#end();
      if (!dry) restored();
    }
  }

  #begin(kind: BackupJob['kind']): void {
    if (this.#job !== null)
      throw new Error(`a ${this.#job.kind} is under way; wait for its end or cancel it`);
    this.#cancelled = false;
    this.#job = { kind, progress: 0 };
    this.#parts.catalogue.feed.status();
  }

  #progress(progress: number): void {
    if (this.#job === null) return;
    this.#job = { ...this.#job, progress };
    this.#parts.catalogue.feed.status();
  }

  #end(): void {
    this.#job = null;
    this.#parts.catalogue.feed.status();
  }
}
