import { type CheckPair, type FoundBlock, PairSearch } from '../dedup/find-pairs.ts';
import { PictureHashes } from '../dedup/picture-hashes.ts';
import { IdBits } from '../index/id-bits.ts';
import { LiveIndex } from '../index/live-index.ts';
import { openSnapshot } from '../index/snapshot.ts';
import { isBlank, readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { CollectedVectors } from './collected-vectors.ts';
import type { PairOutcome, PairTask } from './pair-ports.ts';
import type { VectorChunk } from './stored-rows.ts';

/** What is found is handed over after so many milliseconds at the earliest. */
const tellMilliseconds = 500;

/** One search for pairs: takes the stored vectors, then compares. */
export class PairBuild {
  readonly #task: PairTask;
  readonly #vectors: CollectedVectors;

  constructor(task: PairTask) {
    this.#task = task;
    this.#vectors = new CollectedVectors(task.contents, task.dim);
  }

  take(chunk: VectorChunk): void {
    this.#vectors.take(chunk);
  }

  /** @param ticks milliseconds, as `Clock.ticks` */
  async run(
    check: CheckPair,
    ticks: () => number,
    found: (blocks: readonly FoundBlock[]) => Promise<void>,
  ): Promise<PairOutcome> {
    try {
      const { dim, contents, times, fresh, known } = this.#task;
      const { records } = this.#vectors;
      const pairs = Array.from({ length: known.length / 2 }, (_, n): [number, number] => [
        known[2 * n]!,
        known[2 * n + 1]!,
      ]);
      const search = new PairSearch(
        {
          dim,
          contents,
          records,
          index: this.#index(),
          times,
          hashes: new PictureHashes(this.#task.hashes),
          known: pairs,
        },
        check,
      );
      let waiting: FoundBlock[] = [];
      let told = ticks();
      for await (const block of search.run(fresh)) {
        waiting.push(block);
        if (ticks() - told < tellMilliseconds) continue;
        await found(waiting);
        waiting = [];
        told = ticks();
      }
      if (waiting.length > 0) await found(waiting);
      return { kind: 'done' };
    } catch (error) {
      return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The stored index, and what it lacks in its exact part. */
  #index(): LiveIndex {
    const { dim, contents, model, snapshot } = this.#task;
    const { records } = this.#vectors;
    const live = new LiveIndex(dim);
    if (snapshot !== null) {
      const opened = openSnapshot(snapshot, model);
      if (opened.kind === 'opened' && opened.part.trained.dims === dim) {
        const present = new IdBits();
        for (const content of contents) present.add(content);
        live.adopt(opened.part, present);
      }
    }
    const size = recordBytes(dim);
    const vector = new Float32Array(dim);
    contents.forEach((content, row) => {
      if (live.has(content) || isBlank(records, row * size)) return;
      readUnitVector(records, row * size, dim, vector);
      live.add(content, vector);
    });
    return live;
  }
}
