import type { Catalogue } from './catalogue.ts';
import { bytesOf } from './duplicate-changes.ts';
import type { DuplicateRun, JournaledFile } from './duplicate-run.ts';
import type { AppliedRun, DuplicateUndo } from './duplicate-view.ts';
import type { FilePlace } from './file-removal.ts';
import type { PhotoId } from './photo.ts';

/** All runs that were applied, by number, and what follows from them. */
export class DuplicateRuns {
  readonly #catalogue: Catalogue;
  readonly #runs = new Map<number, DuplicateRun>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  load(runs: readonly DuplicateRun[]): void {
    this.#runs.clear();
    for (const run of runs) this.put(run);
  }

  put(run: DuplicateRun): void {
    this.#runs.set(run.number, run);
  }

  get(number: number): DuplicateRun | undefined {
    return this.#runs.get(number);
  }

  get all(): Iterable<DuplicateRun> {
    return this.#runs.values();
  }

  /** 0: there are none. */
  get lastNumber(): number {
    return Math.max(0, ...this.#runs.keys());
  }

  /** The one that undoing would take back next. */
  get last(): DuplicateRun | undefined {
    return [...this.#runs.values()]
      .filter(({ state }) => state === 'done')
      .sort((a, b) => a.number - b.number)
      .at(-1);
  }

  /** Photos that could not be taken back when that was tried. */
  get stuck(): number {
    return [...this.#runs.values()]
      .filter(({ state, isTried }) => state === 'done' && isTried === true)
      .reduce((sum, { removed }) => sum + removed.length, 0);
  }

  /** What undoing a run would take back. */
  undoOf({ removed, files }: DuplicateRun): DuplicateUndo {
    const { table } = this.#catalogue;
    const gone = files?.mode === 'delete' ? placed(files.items, 'gone') : new Set();
    const deleted = removed.filter(({ photo }) => gone.has(photo) || !table.has(photo)).length;
    return { kind: 'run', photos: removed.length, ...(deleted > 0 && { deleted }) };
  }

  /** Those that can be taken back, newest first; also what the person left as it is. */
  get applied(): AppliedRun[] {
    const { table } = this.#catalogue;
    const applied = [...this.#runs.values()].filter(({ state }) => state !== 'undone');
    applied.sort((a, b) => b.number - a.number);
    return applied.flatMap((run) => {
      const { number, at, files } = run;
      // A photo that the person took back by hand may still have its file aside.
      const aside = placed(files?.items ?? [], 'aside');
      const removed = run.removed.filter(
        ({ photo }) => table.has(photo) && (table.columns.removedAt[photo] !== 0 || aside.has(photo)),
      );
      if (removed.length === 0) return [];
      const { deleted = 0 } = this.undoOf(run);
      const bytes = bytesOf(this.#catalogue, removed);
      return [{ number, at, photos: removed.length, bytes, files: files?.mode ?? 'leave', deleted }];
    });
  }

  /** Photos that runs removed and that are not back. */
  *removed(): Generator<DuplicateRun['removed'][number]> {
    const { table } = this.#catalogue;
    for (const { state, removed, files } of this.#runs.values()) {
      const deleted = files?.mode === 'delete' ? placed(files.items, 'gone') : null;
      for (const one of removed) {
        const stands = state !== 'undone' || deleted?.has(one.photo) === true;
        if (stands && table.has(one.photo) && table.columns.removedAt[one.photo] !== 0) yield one;
      }
    }
  }

  /** Removed photos whose file was moved aside or deleted with them. */
  get away(): ReadonlySet<PhotoId> {
    const { table } = this.#catalogue;
    const isRemoved = (id: PhotoId) => table.has(id) && table.columns.removedAt[id] !== 0;
    const away = new Set<PhotoId>();
    for (const { files } of this.#runs.values()) {
      for (const { photo, place } of files?.items ?? []) {
        if ((place === 'aside' || place === 'gone') && isRemoved(photo)) away.add(photo);
      }
    }
    return away;
  }

  /** Photos that undoing needs: they are kept for ever, unless the person deletes them. */
  get needed(): ReadonlySet<PhotoId> {
    const runs = [...this.#runs.values()].filter(({ state }) => state !== 'undone');
    return new Set(runs.flatMap(({ removed }) => removed.map(({ photo }) => photo)));
  }
}

/** Photos whose file is in such a place. */
export function placed(items: readonly JournaledFile[], wanted: FilePlace): Set<PhotoId> {
  return new Set(items.flatMap(({ photo, place }) => (place === wanted ? photo : [])));
}
