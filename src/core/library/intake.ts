import { AcceptPlan } from './accept-plan.ts';
import { type Candidate, extensionOf, type Found, isJunk, looksLikePicture } from './candidate.ts';
import { CandidateBatch } from './candidate-batch.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import type { FreshPhoto } from './fresh-photos.ts';
import type { AddReport, RefusedFile } from './import-progress.ts';
import type { ImportRun } from './import-run.ts';
import type { Failure, PhotoId } from './photo.ts';
import type { WriteResult } from './photo-store.ts';
import type { SameSource } from './same-source.ts';

export interface IntakeParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly same: SameSource;
  readonly run: ImportRun;
  readonly clock: Clock;
  /** Photos that are to be processed: new ones, and known ones that are tried again or come back. */
  readonly enqueue: (ids: readonly PhotoId[], fresh: readonly FreshPhoto[]) => void;
}

interface Tally {
  accepted: number;
  alreadyThere: number;
  refused: number;
  stopped: Failure | null;
}

/** Takes files in: looks whether they are pictures and new, and commits them as queued photos. */
export class Intake {
  readonly #parts: IntakeParts;
  /** Grows when the person cancels: what began under an older number stops. */
  #intake = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Nothing more is committed of what is coming in, but for a transaction that is under way. */
  cancel(): void {
    this.#intake++;
  }

  /**
   * Resolves when all of them are committed or refused, or the person has cancelled.
   *
   * @param intake of the report of an earlier call for the same drop; null for the first one
   * @param folders numbers of folders that are remembered already
   */
  async add(
    found: AsyncIterable<Found> | Iterable<Found>,
    intake: number | null = null,
    folders: ReadonlyMap<FileHandle, number> = new Map(),
  ): Promise<AddReport> {
    const { run, clock, catalogue } = this.#parts;
    const tally: Tally = { accepted: 0, alreadyThere: 0, refused: 0, stopped: null };
    const began = intake ?? this.#intake;
    const isCancelled = () => began !== this.#intake;
    if (isCancelled()) return { ...tally, cancelled: true, intake: began };
    const batch = new CandidateBatch();
    const roots = new Map(folders);
    run.begin();
    try {
      for await (const file of found) {
        if (isCancelled() || tally.stopped !== null) break;
        if ('refused' in file) {
          this.#refuse(file.refused, tally);
          continue;
        }
        const { candidate } = file;
        if (isJunk(candidate)) continue;
        const failure = await this.#unfit(candidate);
        if (failure !== null) {
          this.#refuse({ name: candidate.name, path: candidate.path, failure }, tally);
          continue;
        }
        if (!batch.fits(candidate)) {
          await this.#commit(batch.take(), roots, tally, isCancelled);
          await clock.breathe();
        }
        batch.push(candidate);
      }
      await this.#commit(batch.take(), roots, tally, isCancelled);
    } finally {
      run.end();
      catalogue.feed.status();
    }
    return { ...tally, cancelled: isCancelled(), intake: began };
  }

  #refuse(file: RefusedFile, tally: Tally): void {
    tally.refused++;
    this.#parts.run.refuse(file);
    this.#parts.catalogue.feed.status();
  }

  /** Why a file cannot become a photo; null if it may. */
  async #unfit({ name, bytes }: Candidate): Promise<Failure | null> {
    if (bytes.size === 0) return { code: 'empty-file' };
    if (looksLikePicture(name, bytes.type)) return null;
    const found = await this.#parts.files.unsupportedFormat(bytes);
    if (found === null) return null;
    const what = found || extensionOf(name).toUpperCase() || bytes.type;
    return what === '' ? { code: 'unsupported-type' } : { code: 'unsupported-type', found: what };
  }

  async #commit(
    candidates: readonly Candidate[],
    roots: Map<FileHandle, number>,
    tally: Tally,
    isCancelled: () => boolean,
  ): Promise<void> {
    if (candidates.length === 0) return;
    // Looked at when its turn has come: a cancellation may have gone before.
    const result = await this.#parts.catalogue.exclusive(async () =>
      isCancelled() ? 'written' : this.#commitNow(candidates, roots, tally),
    );
    if (result === 'written') return;
    if (result === 'unreadable' && candidates.length > 1) {
      // One of them cannot be read; which one shows when each is alone.
      for (const candidate of candidates) await this.#commit([candidate], roots, tally, isCancelled);
      return;
    }
    const failure: Failure = { code: result === 'unreadable' ? 'unreadable' : 'storage-full' };
    if (result !== 'unreadable') tally.stopped = failure;
    for (const { name, path } of candidates) this.#refuse({ name, path, failure }, tally);
  }

  async #commitNow(
    candidates: readonly Candidate[],
    roots: Map<FileHandle, number>,
    tally: Tally,
  ): Promise<WriteResult> {
    const { catalogue, clock, run, enqueue } = this.#parts;
    const now = clock.now();
    const plan = new AcceptPlan(catalogue, roots, now);
    let alreadyThere = 0;
    let accepted = 0;
    for (const candidate of candidates) {
      const id = await this.#parts.same.find(candidate);
      if (id === null) plan.accept(candidate);
      if (id === null || (await plan.comeBack(id, candidate))) accepted++;
      else alreadyThere++;
    }
    if (plan.rows.size > 0) {
      const result = await catalogue.write(plan.changes(), 'strict');
      if (result !== 'written') return result;
    }
    for (const [root, number] of plan.newRoots) roots.set(root, number);
    for (const [id, { name }] of plan.texts) this.#parts.same.added(id, name);
    run.found(alreadyThere);
    run.accepted(plan.queued.length);
    tally.alreadyThere += alreadyThere;
    tally.accepted += accepted;
    enqueue(plan.queued, plan.fresh);
    return 'written';
  }
}
