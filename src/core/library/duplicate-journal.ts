import type { Decision } from '../dedup/decision.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { type RunChanges, undoneRunChanges } from './duplicate-changes.ts';
import { type DuplicateFiles, type FilesResult, writeRun } from './duplicate-files.ts';
import type { DuplicateRun } from './duplicate-run.ts';
import type { DuplicateUndo } from './duplicate-view.ts';
import type { FileHandle } from './file-handle.ts';
import type { PhotoId } from './photo.ts';
import { Serial } from './serial.ts';
import { StoreRefused } from './store-refused.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** What was decided and applied, in order, and how it is taken back. See [Note: Journal]. */
export class DuplicateJournal {
  readonly #catalogue: Catalogue;
  readonly #decided: DecidedDuplicates;
  readonly #files: DuplicateFiles;
  /** Photos that are present again. */
  readonly #restored: (ids: readonly PhotoId[]) => void;
  readonly #runs = new Map<number, DuplicateRun>();
  /** Work on files: two at once would take each other's copies for left-overs. */
  readonly #turns = new Serial();

  constructor(
    catalogue: Catalogue,
    decided: DecidedDuplicates,
    files: DuplicateFiles,
    restored: (ids: readonly PhotoId[]) => void,
  ) {
    this.#catalogue = catalogue;
    this.#decided = decided;
    this.#files = files;
    this.#restored = restored;
  }

  load(runs: readonly DuplicateRun[]): void {
    this.#runs.clear();
    for (const run of runs) this.#runs.set(run.number, run);
  }

  /** Work on files was cut off. */
  get isCutOff(): boolean {
    return [...this.#runs.values()].some(isCutOff);
  }

  /** Takes the last decision or the last run back, whichever was later; what it was, null if there was nothing. */
  undo(): Promise<DuplicateUndo | null> {
    return this.#turns.run(() => this.#undo());
  }

  async #undo(): Promise<DuplicateUndo | null> {
    let next = this.nextUndo;
    let run = this.#lastRun();
    if (next?.kind === 'run' && run !== undefined && isCutOff(run)) {
      // Where its files are has to be known first.
      const { state } = run.files!;
      if ((await this.#settle()).length > 0) return null;
      // It was being taken back: that is done now.
      if (state === 'returning') return next;
      next = this.nextUndo;
      run = this.#lastRun();
    }
    if (next?.kind === 'run' && run?.files?.items.some(({ place }) => place === 'aside')) {
      const { files, records } = await this.#files.putBack(run, (noted) => this.#note(noted));
      const isAside = new Set(files.items.flatMap(({ photo, place }) => (place === 'aside' ? photo : [])));
      await this.#catalogue.exclusive(() => this.#undoRun({ ...run, files }, isAside, records));
      return { ...next, photos: run.removed.length - isAside.size };
    }
    return this.#catalogue.exclusive(async () => {
      if (next === null) return null;
      if (next.kind === 'run') {
        const { files } = run!;
        const lost = files?.mode === 'delete' ? files.items.filter(({ place }) => place === 'gone') : [];
        await this.#undoRun(run!, new Set(lost.map(({ photo }) => photo)), []);
      } else {
        const { number } = this.#lastDecision()!;
        StoreRefused.check(await this.#catalogue.write({ deletedDuplicateDecisions: [number] }, 'strict'));
        this.#decided.change([], [number]);
      }
      return next;
    });
  }

  /** Moves aside or deletes the files of what a run removed, as far as they lie in picked folders. */
  clearFiles(number: number, mode: 'move' | 'delete'): Promise<FilesResult> {
    return this.#turns.run(() => this.#clear(number, mode));
  }

  async #clear(number: number, mode: 'move' | 'delete'): Promise<FilesResult> {
    const run = this.#runs.get(number);
    if (run?.state !== 'done' || run.files !== undefined) return { moved: 0, deleted: 0, left: 0 };
    return this.#files.clear(run, mode, (noted) => this.#note(noted));
  }

  /** Work on files that was cut off: brought to the old or the new state, file by file; folders that are out of reach. */
  settleFiles(): Promise<readonly FileHandle[]> {
    return this.#turns.run(() => this.#settle());
  }

  async #settle(): Promise<readonly FileHandle[]> {
    const outOfReach: FileHandle[] = [];
    for (const run of [...this.#runs.values()].filter(isCutOff)) {
      const settled = await this.#files.settle(run.files!);
      if ('outOfReach' in settled) {
        outOfReach.push(...settled.outOfReach);
      } else if (run.files!.state === 'working') {
        await this.#note({ ...run, files: settled });
      } else {
        const isAside = new Set(
          settled.items.flatMap(({ photo, place }) => (place === 'aside' ? photo : [])),
        );
        await this.#catalogue.exclusive(() => this.#undoRun({ ...run, files: settled }, isAside, []));
      }
    }
    return outOfReach;
  }

  /** In the catalogue's turn: one transaction, then memory follows. */
  async write(run: RunChanges, added: readonly Decision[], deleted: readonly number[]): Promise<void> {
    StoreRefused.check(await this.#catalogue.write(run.changes, 'strict'));
    this.#runs.set(run.run.number, run.run);
    this.#decided.change(added, deleted);
    const { tags, feed } = this.#catalogue;
    for (const [photo, verdicts] of run.verdicts) {
      for (const label of tags.verdictsOf(photo).keys()) {
        if (!verdicts.has(label)) tags.setVerdict(photo, label, null);
      }
      for (const [label, verdict] of verdicts) tags.setVerdict(photo, label, verdict);
    }
    feed.photos(run.verdicts.keys());
  }

  /** For the next decision or run. */
  get nextNumber(): number {
    return 1 + Math.max(0, ...this.#decided.all.map(({ number }) => number).slice(-1), ...this.#runs.keys());
  }

  #lastDecision(): Decision | undefined {
    return this.#decided.all.filter(({ run }) => run === null).at(-1);
  }

  #lastRun(): DuplicateRun | undefined {
    return [...this.#runs.values()]
      .filter(({ state }) => state === 'done')
      .sort((a, b) => a.number - b.number)
      .at(-1);
  }

  /** What undoing would take back next; null: nothing. */
  get nextUndo(): DuplicateUndo | null {
    const [decision, run] = [this.#lastDecision(), this.#lastRun()];
    if (run !== undefined && run.number > (decision?.number ?? 0)) return undoOf(run);
    return decision === undefined ? null : { kind: decision.kind, photos: decision.photos.length };
  }

  /** @param stays photos that stay removed: their files could not be put back */
  async #undoRun(
    run: DuplicateRun,
    stays: ReadonlySet<PhotoId>,
    records: readonly PhotoRecord[],
  ): Promise<void> {
    const { table } = this.#catalogue;
    const back = run.removed.filter(({ photo }) => !stays.has(photo));
    const left = run.removed.filter(({ photo }) => stays.has(photo));
    const numbers = this.#decided.all.filter(({ run: of }) => of === run.number).map(({ number }) => number);
    // A run that goes on keeps its decisions; one that is over leaves none behind.
    const deleted = left.length === 0 || run.files?.mode === 'delete' ? numbers : [];
    const undone = undoneRunChanges(this.#catalogue, { ...run, removed: back }, deleted);
    const after: DuplicateRun =
      // What was deleted cannot come back: with the rest there the run is over.
      left.length === 0 || run.files?.mode === 'delete'
        ? { ...run, state: 'undone' }
        : { ...run, removed: left, merged: [], bytes: bytesOf(this.#catalogue, left) };
    const changes = { ...undone.changes, duplicateRuns: [after], records };
    await this.write({ ...undone, run: after, changes }, [], deleted);
    this.#restored(back.map(({ photo }) => photo).filter((id) => table.has(id)));
  }

  async #note(run: DuplicateRun): Promise<void> {
    await writeRun(this.#catalogue, run);
    this.#runs.set(run.number, run);
  }
}

function bytesOf({ table }: Catalogue, removals: readonly { readonly photo: PhotoId }[]): number {
  return removals.reduce((sum, { photo }) => sum + table.columns.size[photo]!, 0);
}

function undoOf({ removed, files }: DuplicateRun): DuplicateUndo {
  const deleted = files?.mode === 'delete' ? files.items.filter(({ place }) => place === 'gone').length : 0;
  return { kind: 'run', photos: removed.length, ...(deleted > 0 && { deleted }) };
}

function isCutOff({ files }: DuplicateRun): boolean {
  return files !== undefined && files.state !== 'done';
}
