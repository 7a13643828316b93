import { type CheckPairs, type ContentPair, type FoundBlock, PairSearch } from '../dedup/find-pairs.ts';
import { PictureLooks } from '../dedup/picture-looks.ts';
import { listRows } from '../index/row-lists.ts';
import { runSteps } from '../index/run-steps.ts';
import { recordSource } from '../index/stored-vectors.ts';
import { CollectedVectors } from './collected-vectors.ts';
import type { MorePairs, PairOutcome, PairTask } from './pair-ports.ts';
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
    check: CheckPairs,
    ticks: () => number,
    found: (blocks: readonly FoundBlock[]) => Promise<void>,
    more: () => Promise<MorePairs | null>,
  ): Promise<PairOutcome> {
    try {
      const { dim, contents, times, known } = this.#task;
      let { fresh } = this.#task;
      const { records } = this.#vectors;
      const pairs = Array.from(
        { length: known.length / 2 },
        (_, n): ContentPair => [known[2 * n]!, known[2 * n + 1]!],
      );
      const search = new PairSearch(
        {
          dim,
          contents,
          records,
          lists: runSteps(listRows(recordSource(contents, dim, records), dim, fresh.length)),
          times,
          looks: new PictureLooks(this.#task.signatures, rowsOf(fresh, contents)),
          known: pairs,
        },
        check,
      );
      for (;;) {
        await tell(search.run(fresh), ticks, found);
        const next = await more();
        if (next === null) return { kind: 'done' };
        search.add(next);
        fresh = next.contents;
      }
    } catch (error) {
      return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function tell(
  blocks: AsyncIterable<FoundBlock>,
  ticks: () => number,
  found: (blocks: readonly FoundBlock[]) => Promise<void>,
): Promise<void> {
  let waiting: FoundBlock[] = [];
  let told = ticks();
  for await (const block of blocks) {
    waiting.push(block);
    if (ticks() - told < tellMilliseconds) continue;
    await found(waiting);
    waiting = [];
    told = ticks();
  }
  if (waiting.length > 0) await found(waiting);
}

/** @param contents ascending, as `some` of them are */
function rowsOf(some: Uint32Array, contents: Uint32Array): Set<number> {
  const rows = new Set<number>();
  let row = 0;
  for (const content of some) {
    while (contents[row] !== content && row < contents.length) row++;
    rows.add(row);
  }
  return rows;
}
