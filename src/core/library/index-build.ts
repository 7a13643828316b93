import { wordsOf } from '../error-words.ts';
import { xxh32 } from '../index/checksum.ts';
import { formatFactory, parseFactory } from '../index/factory-string.ts';
import { type BuildProgress, buildSealedPart, type SealedPart } from '../index/sealed-part.ts';
import { openSnapshot, writeSnapshot } from '../index/snapshot.ts';
import { snapshotChunks } from '../index/snapshot-chunks.ts';
import { recordSource } from '../index/stored-vectors.ts';
import { defaultTraining, type TrainedSoFar } from '../index/train-index.ts';
import { openTraining, type TrainingIdentity, writeTraining } from '../index/training-record.ts';
import { CollectedVectors } from './collected-vectors.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from './index-ports.ts';
import type { VectorChunk } from './stored-rows.ts';

/** Progress is told after so many milliseconds at the earliest. */
const tellMilliseconds = 100;

/** What is finished is kept after every piece of so many contents, but only so often: it is written anew each time. */
const leastPiece = 16_384;
const mostPieces = 16;

/**
 * One build of an index: takes the stored vectors, then trains and codes. It holds the vectors as they are stored, a
 * quarter of their floats, and besides them the training sample and the index.
 */
export class IndexBuild {
  readonly #task: BuildTask;
  readonly #vectors: CollectedVectors;
  /** Chunks of snapshots that were handed over. */
  readonly #sent = new Set<string>();

  constructor(task: BuildTask) {
    this.#task = task;
    this.#vectors = new CollectedVectors(task.contents, task.dim);
  }

  take(chunk: VectorChunk): void {
    this.#vectors.take(chunk);
  }

  /**
   * Builds, with a pause now and then.
   *
   * @param ticks milliseconds, as `Clock.ticks`
   * @param breathe lets messages go out
   */
  async run(
    ticks: () => number,
    breathe: () => Promise<void>,
    progress: (progress: BuildProgress) => void,
    kept: (kept: KeptBuild) => void,
  ): Promise<BuildOutcome> {
    try {
      const steps = this.#steps(kept);
      let told = Number.NEGATIVE_INFINITY;
      for (;;) {
        const step = steps.next();
        if (step.done) {
          const snapshot = writeSnapshot(step.value, this.#task.model);
          return { kind: 'built', snapshot, list: snapshotChunks(snapshot).list };
        }
        if (ticks() - told < tellMilliseconds) continue;
        progress(step.value);
        await breathe();
        told = ticks();
      }
    } catch (error) {
      return { kind: 'failed', why: wordsOf(error) };
    }
  }

  #steps(kept: (kept: KeptBuild) => void): Generator<BuildProgress, SealedPart> {
    const { factory, contents, dim, model } = this.#task;
    const identity = this.#identity();
    const resume = this.#resumed();
    const training = resume === null ? this.#trainedBefore(identity) : null;
    const keep = (snapshot: ArrayBuffer) => {
      const { list, chunks } = snapshotChunks(snapshot);
      // Views would be sent with all of the buffer behind them.
      const fresh = chunks
        .filter(({ key }) => !this.#sent.has(key))
        .map(({ key, bytes }) => ({ key, bytes: bytes.slice() }));
      for (const { key } of fresh) this.#sent.add(key);
      kept({ list, chunks: fresh });
    };
    return buildSealedPart(factory, recordSource(contents, dim, this.#vectors.records), dim, {
      ...defaultTraining(parseFactory(factory)),
      ...(resume !== null && { resume }),
      ...(training !== null && { training }),
      pieceRows: Math.max(leastPiece, Math.ceil(contents.length / mostPieces)),
      keepTraining: (soFar) => keep(writeTraining(soFar, identity)),
      keep: (partial) => keep(writeSnapshot(partial, model)),
    });
  }

  #identity(): TrainingIdentity {
    const { factory, model, dim, contents } = this.#task;
    const of = new Uint8Array(contents.buffer, contents.byteOffset, contents.byteLength);
    const vectors = { count: contents.length, checksum: xxh32(this.#vectors.records, xxh32(of)) };
    return { factory, model, dims: dim, options: defaultTraining(parseFactory(factory)), vectors };
  }

  /** The phases of training that an earlier build finished; null if there are none that can be used. */
  #trainedBefore(identity: TrainingIdentity): TrainedSoFar | null {
    const { resume } = this.#task;
    if (resume === null) return null;
    const opened = openTraining(resume, identity);
    return opened.kind === 'opened' ? opened.training : null;
  }

  /** What an earlier build trained and coded; null if there is nothing that can be used. */
  #resumed(): SealedPart | null {
    const { resume, model, dim, factory, contents } = this.#task;
    if (resume === null) return null;
    const opened = openSnapshot(resume, model);
    if (opened.kind === 'refused') return null;
    const { trained, segments } = opened.part;
    if (trained.dims !== dim || formatFactory(trained.spec) !== formatFactory(parseFactory(factory)))
      return null;
    // Pieces were coded in the order of contents.
    let coded = 0;
    for (const { ids } of segments) {
      if (!sameIds(ids, contents.subarray(coded, coded + ids.length))) return null;
      coded += ids.length;
    }
    return opened.part;
  }
}

/** @param ascending without repetition */
function sameIds(ids: Uint32Array, ascending: Uint32Array): boolean {
  if (ids.length !== ascending.length) return false;
  const sorted = ids.slice().sort();
  return ascending.every((id, n) => sorted[n] === id);
}
