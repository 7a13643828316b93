import { IdBits } from '../index/id-bits.ts';
import type { LiveIndex } from '../index/live-index.ts';
import { recommendedIndex } from '../index/recommended-index.ts';
import type { SealedPart } from '../index/sealed-part.ts';
import { openSnapshot } from '../index/snapshot.ts';
import type { Clock } from './clock.ts';
import type { BuildOutcome, IndexBuilder, IndexChange, IndexNote, RunningBuild } from './index-ports.ts';
import { IndexSaver } from './index-saver.ts';
import { buildState, type UpkeepState } from './index-status.ts';
import { type ContentId, modelKeyText } from './photo.ts';
import type { PhotoStore, WriteResult } from './photo-store.ts';
import type { StoredModel } from './stored-rows.ts';

export interface IndexUpkeepParts {
  readonly model: StoredModel;
  readonly store: Pick<PhotoStore, 'eachVectorChunk' | 'index'>;
  readonly contents: () => Iterable<ContentId>;
  readonly write: (changes: readonly IndexChange[]) => Promise<WriteResult>;
  readonly builder: IndexBuilder;
  readonly clock: Clock;
  readonly changed: () => void;
  readonly crash: (error: unknown) => void;
  readonly live: () => LiveIndex | null;
  /** Adds contents from the store to the index. */
  readonly addMissing: (contents: readonly ContentId[]) => Promise<void>;
}

/** Builds that failed in a row after which it is left to the person. */
const mostFailures = 2;

/**
 * Does what a `LiveIndex` asks for, one thing after the other: codes its tail, drops dead rows, has it trained in the
 * builder, and stores it. Whatever is cut off here is found again or done again at the next start: the vectors are in
 * the store, an index is stored whole ([Note: Index at rest]), and a build goes on from its last finished phase or piece.
 */
export class IndexUpkeep {
  readonly #parts: IndexUpkeepParts;
  readonly #saver: IndexSaver;
  #state: UpkeepState = { build: null, buildMilliseconds: null, problem: null };
  #tending: Promise<void> | null = null;
  #again = false;
  #running: RunningBuild | null = null;
  /** The person wants a new index, whatever there is. */
  #anew = false;
  /** The person cancelled a build, or it failed too often. */
  #declined = false;
  #failures = 0;
  #closed = false;

  constructor(parts: IndexUpkeepParts) {
    this.#parts = parts;
    const { model, write, clock, crash } = parts;
    this.#saver = new IndexSaver({
      model: model.key,
      write,
      clock,
      crash,
      part: () => {
        const part = parts.live()?.sealed ?? null;
        return part && { part, buildMilliseconds: this.#state.buildMilliseconds ?? 0 };
      },
      refused: (result) => this.#refused(result),
    });
  }

  get state(): UpkeepState {
    return this.#state;
  }

  /** The stored index is open (or there is none): from now on it is tended. */
  opened(buildMilliseconds: number | null): void {
    this.#state = { ...this.#state, buildMilliseconds };
    this.tend();
  }

  /** Looks for something to do. */
  tend(): void {
    this.#again = true;
    if (this.#closed || this.#tending !== null) return;
    this.#tending = this.#tendAll().catch(this.#parts.crash);
  }

  /** Trains and codes everything again. */
  rebuild(): void {
    this.#anew = true;
    this.#declined = false;
    this.#failures = 0;
    this.tend();
  }

  /**
   * A part that was made elsewhere is searched from now on, and stored; what it lacks is added from the store.
   *
   * @throws RangeError when its vectors are of another kind
   */
  async take(live: LiveIndex, part: SealedPart): Promise<void> {
    const present = new IdBits();
    for (const content of this.#parts.contents()) present.add(content);
    const missing = live.adopt(part, present);
    this.#tell({ buildMilliseconds: null });
    this.#changed(0);
    await this.#parts.addMissing(Array.from(missing, (content) => content as ContentId));
    this.tend();
  }

  /** Gives up the build that runs; there will be none until the person wants one or the next start. */
  cancel(): void {
    this.#anew = false;
    this.#declined = true;
    this.#running?.cancel();
  }

  /** Stops, and stores what changed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.cancel();
    await this.#tending;
    await this.#saver.save();
  }

  async #tendAll(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        // What is called for several photos in a row is done once for all of them.
        await this.#parts.clock.breathe();
        const live = this.#parts.live();
        while (live !== null && !this.#closed && (await this.#tendOnce(live)));
      }
    } finally {
      // At once, not when somebody hears of it: a call in between would be lost.
      this.#tending = null;
    }
  }

  /** @returns whether there may be more to do */
  async #tendOnce(live: LiveIndex): Promise<boolean> {
    const todo = live.upkeep(!this.#declined);
    if (this.#anew) {
      this.#anew = false;
      const { factory } = recommendedIndex(live.size, live.dim);
      if (factory !== null) return this.#train(live, factory, true);
    }
    switch (todo.kind) {
      case 'nothing':
        return false;
      case 'seal':
        await this.#seal(live);
        return true;
      case 'compact':
        live.compact();
        this.#changed(0);
        return true;
      case 'train':
        return this.#train(live, todo.factory, false);
    }
  }

  async #seal(live: LiveIndex): Promise<void> {
    const rows = live.sizes.tail;
    for (const _ of live.sealSteps()) {
      await this.#parts.clock.breathe();
      // Half a seal changes nothing.
      if (this.#closed) return;
    }
    this.#changed(rows);
  }

  /** @returns whether there may be more to do */
  async #train(live: LiveIndex, factory: string, anew: boolean): Promise<boolean> {
    const { clock } = this.#parts;
    live.beginRebuild();
    this.#tell({ build: buildState('read', 0), problem: null });
    let outcome: BuildOutcome;
    let note: IndexNote;
    try {
      ({ outcome, note } = await this.#build(live, factory, anew, clock.ticks()));
    } finally {
      this.#tell({ build: null });
    }
    if (outcome.kind === 'built') {
      await this.#swap(live, outcome, note);
      this.#failures = 0;
      return true;
    }
    live.cancelRebuild();
    if (outcome.kind === 'failed') {
      this.#declined = ++this.#failures >= mostFailures;
      this.#tell({ problem: { code: 'build-failed', found: outcome.why } });
      return true;
    }
    // Closing is no cancelling: what is finished stays for the next start.
    if (this.#closed) return false;
    this.#declined = true;
    await this.#saver.dropBuild();
    return true;
  }

  async #build(
    live: LiveIndex,
    factory: string,
    anew: boolean,
    began: number,
  ): Promise<{ outcome: BuildOutcome; note: IndexNote }> {
    const { store, builder, clock, model } = this.#parts;
    const earlier = anew ? null : await this.#finishedBefore(factory);
    const contents =
      earlier?.contents ??
      Uint32Array.from([...this.#parts.contents()].filter((content) => live.has(content))).sort();
    const spentBefore = earlier?.milliseconds ?? 0;
    const note = (): IndexNote => ({
      factory,
      buildMilliseconds: spentBefore + clock.ticks() - began,
      contents,
    });
    if (this.#closed || this.#declined) return { outcome: { kind: 'cancelled' }, note: note() };
    let storing = Promise.resolve();
    let read = 0;
    let isOver = false;
    const running = builder.start(
      { factory, dim: live.dim, model: modelKeyText(model.key), contents, resume: earlier?.snapshot ?? null },
      (visit) =>
        store.eachVectorChunk(model.key, async (chunk) => {
          read += chunk.rows;
          // What is still being read when a build is given up must not bring its progress back.
          if (!isOver)
            this.#tell({ build: buildState('read', Math.min(1, read / Math.max(1, contents.length))) });
          return visit(chunk);
        }),
      ({ phase, done }) => this.#tell({ build: buildState(phase, done) }),
      ({ list, chunks }) => {
        const kept = note();
        storing = storing.then(() => this.#saver.put('build', kept, list, chunks));
        storing.catch(() => {}); // told below
      },
    );
    this.#running = running;
    const outcome = await running.done;
    isOver = true;
    this.#running = null;
    await storing;
    return { outcome, note: note() };
  }

  /** What a build of that kind finished before it was cut off; null if there is nothing. What cannot be used is dropped. */
  async #finishedBefore(
    factory: string,
  ): Promise<{ contents: Uint32Array<ArrayBuffer>; milliseconds: number; snapshot: ArrayBuffer } | null> {
    const stored = await this.#parts.store.index(this.#parts.model.key, 'build');
    if (stored === null) return null;
    const { joined } = stored;
    const { contents, buildMilliseconds } = stored.note;
    if (stored.note.factory !== factory || contents === null || joined.kind === 'refused') {
      await this.#saver.dropBuild();
      return null;
    }
    return { contents, milliseconds: buildMilliseconds, snapshot: joined.snapshot };
  }

  /** Searches use the new index from now on; then it is stored in the place of the old one. */
  async #swap(
    live: LiveIndex,
    { snapshot, list }: Extract<BuildOutcome, { kind: 'built' }>,
    note: IndexNote,
  ): Promise<void> {
    const opened = openSnapshot(snapshot, modelKeyText(this.#parts.model.key));
    if (opened.kind === 'refused') throw new Error(`a new index is ${opened.refusal.message}`);
    const missing = live.adopt(opened.part);
    this.#tell({ buildMilliseconds: note.buildMilliseconds });
    await this.#saver.replace({ ...note, contents: null }, snapshot, list);
    await this.#parts.addMissing(Array.from(missing, (content) => content as ContentId));
  }

  #changed(rows: number): void {
    this.#parts.changed();
    this.#saver.changed(rows);
  }

  #refused(result: Exclude<WriteResult, 'written'>): void {
    if (result === 'storage-full') this.#tell({ problem: { code: 'storage-full' } });
    // Another tab has the library, and tends its index.
    if (result === 'lost') {
      this.#closed = true;
      this.#running?.cancel();
    }
  }

  #tell(change: Partial<UpkeepState>): void {
    this.#state = { ...this.#state, ...change };
    this.#parts.changed();
  }
}
