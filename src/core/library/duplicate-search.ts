import type { FoundBlock } from '../dedup/find-pairs.ts';
import type { ScoredPairs } from '../dedup/group-pairs.ts';
import { type FoundTier, PairColumns } from '../dedup/pair-columns.ts';
import type { Tier } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { KeptPairs } from './kept-pairs.ts';
import { PairIntake } from './pair-intake.ts';
import type { PairFinder, RunningPairs } from './pair-ports.ts';
import { PairSorter } from './pair-sorter.ts';
import { contentsOfModel, morePairs, pairTask } from './pair-task.ts';
import type { ContentId } from './photo.ts';
import type { SignatureSource } from './signatures.ts';
import type { StoredModel } from './stored-rows.ts';

/** How the search for pairs goes. */
export interface DuplicateSearchStatus {
  /** `off`: nobody has asked for duplicates yet, and few photos came in. `waiting`: for the end of an import or of a build of the index. */
  readonly state: 'off' | 'waiting' | 'running' | 'paused' | 'done' | 'failed';
  /** Contents that are compared, and all there are. */
  readonly done: number;
  readonly total: number;
  /** Grows with what is found. */
  readonly revision: number;
}

export interface DuplicateSearchParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly finder: PairFinder;
  readonly signatures: SignatureSource;
  readonly model: () => StoredModel | null;
  /** The index is being built or opened: better later. */
  readonly isBusy: () => boolean;
  /** Photos are coming in. */
  readonly isImporting: () => boolean;
  readonly changed: () => void;
  readonly crash: (error: unknown) => void;
}

export const noDuplicateSearch: DuplicateSearchStatus = { state: 'off', done: 0, total: 0, revision: 0 };

/** Whether it is time to begin is looked at so often. */
const lookMilliseconds = 1000;
/** After what was found could not be stored: there is hardly more room in a second. */
const refusedMilliseconds = 60_000;
/**
 * While photos are coming in it begins when so many are new, and that part of what is compared already: reading it all
 * again costs little then. From then on it takes them as they come: see `PairIntake`.
 */
const leastFresh = 256;
const freshShare = 0.03;
/** So many new ones: it does not keep up with the import, which then makes way. */
const mostBehind = 384;
/** So many that come in are compared as they come, asked for or not: afterwards it would take long. */
const unaskedAdded = 2000;
/** Where the store remembers that the person paused it. */
const pausedKey = 'duplicatesPaused';

/**
 * Keeps the pairs of alike contents up to date: what is new is compared with all, in the builder, whenever nothing more
 * urgent goes on; what was finished is stored, so a search that was cut off or paused goes on where it was.
 */
export class DuplicateSearch {
  readonly #parts: DuplicateSearchParts;
  readonly #sorter: PairSorter;
  #kept: KeptPairs;
  #model: StoredModel | null = null;
  #loading: Promise<void> = Promise.resolve();
  #wanted = false;
  /** There may be something to compare. */
  #isPending = true;
  /** Contents not compared when that was last counted, and all that came in since, without those compared since. */
  #freshAtMost = Number.POSITIVE_INFINITY;
  #paused = false;
  /** Once it is known whether an earlier session was paused. */
  #recalled: Promise<void> | null = null;
  #failed = false;
  /** What was found last could not be stored. */
  #isRefused = false;
  #running: RunningPairs | null = null;
  /** The next look, and when it is due, ticks. */
  #cancelLook: (() => void) | null = null;
  #lookAt = 0;
  #closed = false;
  /** In this session. */
  #added = 0;
  #revision = 0;
  #total = 0;

  constructor(parts: DuplicateSearchParts) {
    this.#parts = parts;
    this.#sorter = new PairSorter(parts.catalogue);
    this.#kept = new KeptPairs(parts.catalogue, [], 0);
  }

  get status(): DuplicateSearchStatus {
    const counts = {
      done: Math.min(this.#kept.compared.count, this.#total),
      total: this.#total,
      revision: this.#revision,
    };
    return { state: this.#state(), ...counts };
  }

  /** Duplicates are asked for, or will be: from now on whatever is new is compared. Resolves when what is stored is there. */
  async want(): Promise<void> {
    await this.#recall();
    this.#wanted = true;
    const model = this.#parts.model();
    if (model !== null) await this.#load(model);
    this.#look(0);
  }

  /** Once it is known whether it was ever wanted: goes on by itself. */
  async opened(): Promise<void> {
    if ((await this.#parts.catalogue.store.duplicatePairs()).length > 0) await this.want();
  }

  /** @param added contents that came in; others may be gone or changed */
  contentsChanged(added: number): void {
    this.#isPending = true;
    this.#freshAtMost += added;
    this.#added += added;
    if (!this.#wanted && this.#added >= unaskedAdded) this.want().catch(this.#parts.crash);
    if (this.#wanted) this.#look(lookMilliseconds);
  }

  /** Holds until it is resumed, over restarts as well. */
  async pause(): Promise<void> {
    await this.#recall();
    this.#paused = true;
    this.#running?.cancel();
    this.#parts.changed();
    await this.#parts.catalogue.store.remember(pausedKey, true);
  }

  async resume(): Promise<void> {
    await this.#recall();
    const wasPaused = this.#paused;
    this.#paused = false;
    this.#failed = false;
    this.#look(0);
    if (wasPaused) await this.#parts.catalogue.store.remember(pausedKey, false);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelLook?.();
    this.#running?.cancel();
    await this.#running?.done;
  }

  pairs(tier: Tier, wanted: (a: ContentId, b: ContentId) => boolean): ScoredPairs {
    return this.#kept.pairs.ofTier(tier, (a, b) => wanted(a as ContentId, b as ContentId));
  }

  /** Null: compared and no pair of any tier, or not compared yet. */
  pairOf(a: ContentId, b: ContentId): FoundTier | null {
    return this.#kept.pairs.find(a, b);
  }

  async #recall(): Promise<void> {
    this.#recalled ??= this.#parts.catalogue.store.remembered(pausedKey).then((paused) => {
      this.#paused = paused === true;
    });
    await this.#recalled;
  }

  #state(): DuplicateSearchStatus['state'] {
    if (!this.#wanted) return 'off';
    if (this.#failed) return 'failed';
    if (this.#paused) return 'paused';
    if (this.#running !== null) return 'running';
    return this.#isPending ? 'waiting' : 'done';
  }

  /** Once what is stored of the model is there, nothing is compared or stored before. */
  #load(model: StoredModel): Promise<void> {
    if (this.#model?.number !== model.number) {
      this.#model = model;
      this.#freshAtMost = Number.POSITIVE_INFINITY;
      this.#running?.cancel(); // by another model
      this.#kept = new KeptPairs(this.#parts.catalogue, [], model.number);
      this.#loading = this.#read(model);
    }
    return this.#loading;
  }

  async #read(model: StoredModel): Promise<void> {
    const { catalogue } = this.#parts;
    const stored = await catalogue.store.duplicatePairs();
    // Another one took its place meanwhile.
    if (this.#model?.number !== model.number) return;
    this.#kept = new KeptPairs(catalogue, stored, model.number);
    this.#revision++;
  }

  /** At that time or earlier: photos that come in one after the other must not put it off for ever. */
  #look(after: number): void {
    const { clock } = this.#parts;
    const due = clock.ticks() + after;
    if (this.#closed || (this.#cancelLook !== null && this.#lookAt <= due)) return;
    this.#cancelLook?.();
    this.#lookAt = due;
    this.#cancelLook = clock.after(after, () => {
      this.#cancelLook = null;
      this.#begin().catch(this.#parts.crash);
    });
  }

  async #begin(): Promise<void> {
    const { catalogue, finder, signatures, model: current, isBusy, isImporting, changed } = this.#parts;
    const model = current();
    if (this.#closed || this.#paused || this.#running !== null || this.#failed) return;
    if (model === null || isBusy()) return this.#look(lookMilliseconds);
    await this.#load(model);
    if (this.#closed || this.#running !== null) return;
    const enough = Math.max(leastFresh, freshShare * this.#kept.compared.count);
    if (isImporting() && this.#freshAtMost < enough) return this.#look(lookMilliseconds);
    const { contents, fresh } = this.#count(model);
    changed();
    if (fresh.length === 0 || this.#closed) return;
    if (isImporting() && fresh.length < enough) return this.#look(lookMilliseconds);
    const [some] = await catalogue.store.vectors(model.key, [fresh[0]! as ContentId]);
    const dim = some?.length ?? 0;
    if (dim === 0) return;
    await signatures.load();
    const { store } = catalogue;
    if (this.#closed || this.#paused || this.#running !== null) return;
    const intake = this.#intake(model, dim, contents);
    const running = finder.start(
      pairTask(dim, contents, fresh, this.#sorter, signatures, this.#kept.pairs),
      (visit) => store.eachVectorChunk(model.key, visit),
      (wanted) => store.thumbnails(wanted),
      (blocks) => this.#keep(model, blocks),
      () => intake.next(),
      () => isImporting() && this.#freshAtMost < mostBehind,
    );
    this.#running = running;
    changed();
    const outcome = await running.done;
    this.#running = null;
    this.#failed = outcome.kind === 'failed';
    changed();
    // Cancelled by a pause that is over, or by another model: what is left is still to be compared.
    if (!this.#failed && (this.#isPending || outcome.kind === 'cancelled'))
      this.#look(this.#isRefused ? refusedMilliseconds : lookMilliseconds);
  }

  #count(model: StoredModel) {
    const contents = contentsOfModel(this.#parts.catalogue.table, model);
    this.#total = contents.length;
    const fresh = contents.filter((content) => !this.#kept.compared.has(content));
    this.#freshAtMost = fresh.length;
    this.#isPending = fresh.length > 0;
    return { contents, fresh };
  }

  #intake(model: StoredModel, dim: number, contents: Uint32Array): PairIntake {
    const { catalogue, clock, isImporting, signatures } = this.#parts;
    const parts = {
      clock,
      isImporting,
      isWanted: () => !this.#closed && !this.#paused && this.#parts.model()?.number === model.number,
      behind: () => this.#freshAtMost,
      fresh: () => this.#count(model).fresh,
      read: (fresh: Uint32Array<ArrayBuffer>) =>
        morePairs(catalogue.store, model.key, dim, fresh, this.#sorter, signatures),
    };
    return new PairIntake(parts, contents);
  }

  /** Stores what is finished. */
  async #keep(model: StoredModel, blocks: readonly FoundBlock[]): Promise<void> {
    const { catalogue, changed } = this.#parts;
    const found = new PairColumns();
    for (const { pairs } of blocks) await this.#sorter.sort(pairs, found);
    const compared = Uint32Array.from(blocks.flatMap((block) => block.compared));
    await catalogue.exclusive(async () => {
      // Found by the vectors of a model that is no longer the one: those of the present one say it anew.
      if (this.#closed || this.#model?.number !== model.number) return;
      this.#isRefused = !(await this.#kept.keep(found, compared));
      // All that it finds is to be compared again.
      if (this.#isRefused) return this.#running?.cancel();
      this.#freshAtMost -= compared.length;
      this.#revision++;
    });
    changed();
  }
}
