import type { Decision } from '../dedup/decision.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { bytesOf, type RunChanges, undoneRunChanges } from './duplicate-changes.ts';
import { type DuplicateFiles, type FilesResult, nothingCleared, writeRun } from './duplicate-files.ts';
import type { DuplicateRun, JournaledFile } from './duplicate-run.ts';
import { DuplicateRuns, placed } from './duplicate-runs.ts';
import type { DuplicateUndo, FileProgress } from './duplicate-view.ts';
import type { FileHandle } from './file-handle.ts';
import { FileWork } from './file-work.ts';
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
  readonly runs: DuplicateRuns;
  readonly #work: FileWork;
  /** Runs of this session whose work on files is still to begin. */
  readonly #prepared = new Set<number>();
  /** Work on files: two at once would take each other's copies for left-overs. */
  readonly #turns = new Serial();

  constructor(
    catalogue: Catalogue,
    decided: DecidedDuplicates,
    files: DuplicateFiles,
    restored: (ids: readonly PhotoId[]) => void,
    changed: () => void,
  ) {
    this.#catalogue = catalogue;
    this.runs = new DuplicateRuns(catalogue);
    this.#decided = decided;
    this.#files = files;
    this.#restored = restored;
    this.#work = new FileWork(changed);
  }

  load(runs: readonly DuplicateRun[]): void {
    this.runs.load(runs);
  }

  /** Work on files that is under way; null: none. */
  get progress(): FileProgress | null {
    return this.#work.progress;
  }

  /** Work on files was cut off. */
  get isCutOff(): boolean {
    return this.#cutOff().length > 0;
  }

  #cutOff(): DuplicateRun[] {
    return [...this.runs.all].filter(
      ({ number, files }) =>
        files !== undefined &&
        files.state !== 'done' &&
        number !== this.#work.run &&
        !this.#prepared.has(number),
    );
  }

  /** Picked folders that undoing (that run, else what was done last) or settling writes in. */
  foldersToWrite(number?: number): Promise<readonly FileHandle[]> {
    const next = this.#toUndo(number).run?.files;
    const isAside = next?.items.some(({ place }) => place === 'aside') === true;
    return this.#files.foldersWith([
      ...this.#cutOff().flatMap(({ files }) => files ?? []),
      ...(isAside && next !== undefined ? [next] : []),
    ]);
  }

  /** Takes that run back, else the last decision or run, whichever was later; what it was, null if there was nothing. */
  undo(number?: number): Promise<DuplicateUndo | null> {
    return this.#turns.run(() => this.#files.alone(() => this.#undo(number)));
  }

  async #undo(number?: number): Promise<DuplicateUndo | null> {
    let { next, run } = this.#toUndo(number);
    if (next !== null && run !== undefined && this.#cutOff().includes(run)) {
      // Where its files are has to be known first.
      const { state } = run.files!;
      if ((await this.#settle()).length > 0) return { ...next, photos: 0, left: run.removed.length };
      // It was being taken back: that is done now.
      if (state === 'returning') return next;
      ({ next, run } = this.#toUndo(number));
    }
    if (next === null) return null;
    if (run === undefined) return this.#catalogue.exclusive(() => this.#undoDecision());
    if (run.state === 'left' && run.files !== undefined) {
      // It may have been left as nobody knew where its files were.
      const files = await this.#files.settle(run.files);
      if ('outOfReach' in files) return { ...next, photos: 0, left: run.removed.length };
      run = { ...run, files };
    }
    const { files: before } = run;
    if (before?.items.some(({ place }) => place === 'aside') !== true) {
      // Not begun, or nothing of it is aside: whatever it was to do with files is not done any more.
      const over = before === undefined ? run : { ...run, files: { ...before, state: 'done' as const } };
      return { ...next, ...(await this.#catalogue.exclusive(() => this.#undoRun(over))) };
    }
    const { files, records } = await this.#work.under(run.number, 'return', (told) =>
      this.#files.putBack(run, (noted) => this.#note(noted), told),
    );
    const wereAside = placed(before.items, 'aside');
    const returned = new Set([...placed(files.items, 'original')].filter((photo) => wereAside.has(photo)));
    const after = { ...run, files };
    return { ...next, ...(await this.#catalogue.exclusive(() => this.#undoRun(after, records, returned))) };
  }

  /** What is taken back, and which run that is; none: decisions. */
  #toUndo(number?: number): { next: DuplicateUndo | null; run?: DuplicateRun | undefined } {
    if (number === undefined)
      return { next: this.nextUndo, ...(this.nextUndo?.kind === 'run' && { run: this.runs.last }) };
    const run = this.runs.get(number);
    return run === undefined || run.state === 'undone'
      ? { next: null }
      : { next: this.runs.undoOf(run), run };
  }

  async #undoDecision(): Promise<DuplicateUndo | null> {
    const decision = this.#lastDecision();
    if (decision === undefined) return null;
    const numbers = this.#together(decision).map(({ number }) => number);
    const undone = this.#undoOfDecision(decision);
    StoreRefused.check(await this.#catalogue.write({ deletedDuplicateDecisions: numbers }, 'strict'));
    this.#decided.change([], numbers);
    return undone;
  }

  /** Files of what is to be removed, as they are now: see `DuplicateFiles.look`. */
  look(removed: DuplicateRun['removed']): Promise<JournaledFile[] | null> {
    return this.#turns.run(() => this.#work.under(null, 'look', (told) => this.#files.look(removed, told)));
  }

  /** No more files are touched; what is done stays so, until it is undone. Putting back is not stopped. */
  stopFiles(): void {
    if (this.progress?.kind !== 'return') this.#work.stop();
  }

  /** Moves aside or deletes the files of what a run of this session removed, as it said it would. */
  clearFiles(number: number): Promise<FilesResult> {
    return this.#turns.run(() => this.#files.alone(() => this.#clear(number)));
  }

  async #clear(number: number): Promise<FilesResult> {
    const run = this.runs.get(number);
    if (run?.files === undefined || !this.#prepared.delete(number)) return nothingCleared;
    if (run.state !== 'done' || run.files.state !== 'working') return nothingCleared;
    const { files } = run;
    return this.#work.under(number, files.mode, (told) =>
      this.#files.clear({ ...run, files }, (noted) => this.#note(noted), told),
    );
  }

  /** Work on files that was cut off: brought to the old or the new state, file by file; folders that are out of reach. */
  settleFiles(): Promise<readonly FileHandle[]> {
    return this.#turns.run(() => this.#files.alone(() => this.#settle()));
  }

  /** What could not be taken back, or brought to an end, stays as it is: undoing goes on with what was before. */
  leave(): Promise<void> {
    return this.#turns.run(async () => {
      const cutOff = this.#cutOff();
      for (const run of [...this.runs.all]) {
        if (run.state !== 'done' || (run.isTried !== true && !cutOff.includes(run))) continue;
        const { files, ...rest } = run;
        await this.#note({ ...rest, state: 'left', ...(files && { files: { ...files, state: 'done' } }) });
      }
    });
  }

  async #settle(): Promise<readonly FileHandle[]> {
    const outOfReach: FileHandle[] = [];
    for (const run of this.#cutOff()) {
      const settled = await this.#files.settle(run.files!);
      if ('outOfReach' in settled) {
        outOfReach.push(...settled.outOfReach);
      } else if (run.files!.state === 'working') {
        await this.#note({ ...run, files: settled });
      } else {
        const returned = placed(settled.items, 'original');
        await this.#catalogue.exclusive(() => this.#undoRun({ ...run, files: settled }, [], returned));
      }
    }
    return outOfReach;
  }

  /** In the catalogue's turn, as `write`: what the run says of files is not cut off but about to be done. */
  async apply(run: RunChanges, decisions: readonly Decision[]): Promise<void> {
    await this.write(run, decisions, []);
    if (run.run.files !== undefined) this.#prepared.add(run.run.number);
  }

  /** In the catalogue's turn: one transaction, then memory follows. */
  async write(run: RunChanges, added: readonly Decision[], deleted: readonly number[]): Promise<void> {
    StoreRefused.check(await this.#catalogue.write(run.changes, 'strict'));
    this.runs.put(run.run);
    this.#decided.change(added, deleted);
    const { tags, marks, feed } = this.#catalogue;
    for (const [photo, verdicts] of run.verdicts) {
      for (const label of tags.verdictsOf(photo).keys()) {
        if (!verdicts.has(label)) tags.setVerdict(photo, label, null);
      }
      for (const [label, verdict] of verdicts) tags.setVerdict(photo, label, verdict);
    }
    for (const [set, ofSet] of run.marks) {
      for (const [photo, mark] of ofSet) {
        marks.set(set, photo, mark);
        tags.recombine(photo);
      }
    }
    feed.photos(
      new Set([...run.verdicts.keys(), ...[...run.marks.values()].flatMap((one) => [...one.keys()])]),
    );
  }

  /** For the next decision or run. */
  get nextNumber(): number {
    return 1 + Math.max(this.#decided.all.at(-1)?.number ?? 0, this.runs.lastNumber);
  }

  #lastDecision(): Decision | undefined {
    return this.#decided.all.findLast(({ run, batch }) => run === null || batch !== undefined);
  }

  /** What is taken back with a decision: all that was imported with it. */
  #together(decision: Decision): readonly Decision[] {
    const { batch } = decision;
    return batch === undefined ? [decision] : this.#decided.all.filter((one) => one.batch === batch);
  }

  #undoOfDecision(decision: Decision): DuplicateUndo {
    const { kind, photos, batch } = decision;
    if (batch !== undefined) return { kind: 'import', photos: this.#together(decision).length };
    return { kind, photos: photos.length };
  }

  /** What undoing would take back next; null: nothing. */
  get nextUndo(): DuplicateUndo | null {
    const [decision, run] = [this.#lastDecision(), this.runs.last];
    if (run !== undefined && run.number > (decision?.number ?? 0)) return this.runs.undoOf(run);
    return decision === undefined ? null : this.#undoOfDecision(decision);
  }

  /**
   * Photos come back, but those whose file is still aside, for another try, or was deleted by the run. One whose file
   * another program took away meanwhile comes back as a photo without its file.
   *
   * @param returned photos whose file was seen in its place
   * @returns how many are back, how many of them without a file, and how many stay removed
   */
  async #undoRun(
    run: DuplicateRun,
    records: readonly PhotoRecord[] = [],
    returned: ReadonlySet<PhotoId> = new Set(),
  ): Promise<Pick<DuplicateUndo, 'photos' | 'left' | 'missing'>> {
    const { table } = this.#catalogue;
    const items = run.files?.items ?? [];
    const [aside, gone] = [placed(items, 'aside'), placed(items, 'gone')];
    const isDeleted = run.files?.mode === 'delete';
    const left = run.removed.filter(({ photo }) => aside.has(photo));
    // What was deleted for good in the library cannot come back either.
    const back = run.removed.filter(
      ({ photo }) => table.has(photo) && !aside.has(photo) && !(isDeleted && gone.has(photo)),
    );
    // A run that goes on keeps its decisions; one that is over leaves none behind.
    const isOver = left.length === 0;
    const numbers = this.#decided.all.filter(({ run: of }) => of === run.number).map(({ number }) => number);
    const deleted = isOver ? numbers : [];
    const undone = undoneRunChanges(this.#catalogue, { ...run, removed: back }, deleted, gone, returned);
    const after: DuplicateRun = isOver
      ? { ...run, state: 'undone' }
      : { ...run, isTried: true, removed: left, merged: [], bytes: bytesOf(this.#catalogue, left) };
    const changes = { ...undone.changes, duplicateRuns: [after], records };
    await this.write({ ...undone, run: after, changes }, [], deleted);
    this.#restored(back.map(({ photo }) => photo));
    const missing = back.filter(({ photo }) => gone.has(photo)).length;
    const stay = run.removed.length - back.length;
    return { photos: back.length, ...(missing > 0 && { missing }), ...(stay > 0 && { left: stay }) };
  }

  async #note(run: DuplicateRun): Promise<void> {
    await writeRun(this.#catalogue, run);
    this.runs.put(run);
  }
}
