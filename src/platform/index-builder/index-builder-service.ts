import type { BuildProgress } from '../../core/index/sealed-part.ts';
import { IndexBuild } from '../../core/library/index-build.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from '../../core/library/index-ports.ts';
import type { VectorChunk } from '../../core/library/ports.ts';
import type { IndexBuilderApi } from '../../protocol/index-builder.ts';

/** The builder worker's side of a build. */
export class IndexBuilderService implements IndexBuilderApi {
  #build: IndexBuild | null = null;

  async begin(task: BuildTask): Promise<void> {
    this.#build = new IndexBuild(task);
  }

  async take(chunks: readonly VectorChunk[]): Promise<void> {
    for (const chunk of chunks) this.#begun.take(chunk);
  }

  run(progress: (progress: BuildProgress) => void, kept: (kept: KeptBuild) => void): Promise<BuildOutcome> {
    const ticks = () => performance.now();
    const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));
    return this.#begun.run(ticks, breathe, progress, kept);
  }

  get #begun(): IndexBuild {
    if (this.#build === null) throw new Error('no build was begun; call begin first');
    return this.#build;
  }
}
