import { xxh32 } from '../../core/index/checksum.ts';
import type { BuildProgress } from '../../core/index/sealed-part.ts';
import { IndexBuild } from '../../core/library/index-build.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from '../../core/library/index-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';

/** Who hears of a build. */
interface Listener {
  readonly progress: (value: BuildProgress) => void;
  readonly kept: (value: KeptBuild) => void;
}

/** What a build told, of its progress only when a phase began, and what came of it. */
interface Finished {
  readonly told: readonly (BuildProgress | KeptBuild)[];
  readonly outcome: BuildOutcome;
}

const finished = new Map<string, Finished>();

/**
 * A build from the beginning is trained once for all tests: the same vectors make the same index (index-build.test.ts
 * proves it), so a later one tells the same and ends with the same, each time in copies of its own.
 */
export class TestIndexBuild {
  readonly #task: BuildTask;
  readonly #job: IndexBuild;
  #checksum: number;

  constructor(task: BuildTask) {
    this.#task = task;
    this.#job = new IndexBuild(task);
    this.#checksum = xxh32(new Uint8Array(task.contents.slice().buffer));
  }

  take(chunk: VectorChunk): void {
    this.#job.take(chunk);
    this.#checksum = xxh32(chunk.records, this.#checksum);
  }

  /** As `IndexBuild.run`; it always finds that it is time to breathe. */
  async run(breathe: () => Promise<void>, { progress, kept }: Listener): Promise<BuildOutcome> {
    const { factory, model, resume } = this.#task;
    const key = [factory, model, this.#checksum].join();
    const before = resume === null ? finished.get(key) : undefined;
    if (before !== undefined) {
      for (const value of structuredClone(before.told)) {
        if ('phase' in value) {
          progress(value);
          await breathe();
        } else kept(value);
      }
      return structuredClone(before.outcome);
    }
    const told: (BuildProgress | KeptBuild)[] = [];
    let phase: BuildProgress['phase'] | null = null;
    const outcome = await this.#job.run(
      () => Number.POSITIVE_INFINITY,
      breathe,
      (value) => {
        if (value.phase !== phase) told.push(value);
        phase = value.phase;
        progress(value);
      },
      (value) => {
        told.push(structuredClone(value));
        kept(value);
      },
    );
    if (resume === null) finished.set(key, { told, outcome: structuredClone(outcome) });
    return outcome;
  }
}
