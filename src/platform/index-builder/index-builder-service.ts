import type { BuildProgress } from '../../core/index/sealed-part.ts';
import type { TeachProgress } from '../../core/learning/teach.ts';
import { IndexBuild } from '../../core/library/index-build.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from '../../core/library/index-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import { teachSet } from '../../core/library/teach-set.ts';
import type { TeachOutcome, TeachTask } from '../../core/library/teaching-ports.ts';
import type { HeadTeacherApi, IndexBuilderApi } from '../../protocol/index-builder.ts';

const ticks = () => performance.now();
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The builder worker's side of a build, or of a teaching. */
export class IndexBuilderService implements IndexBuilderApi, HeadTeacherApi {
  #build: IndexBuild | null = null;

  async begin(task: BuildTask): Promise<void> {
    this.#build = new IndexBuild(task);
  }

  async take(chunks: readonly VectorChunk[]): Promise<void> {
    for (const chunk of chunks) this.#begun.take(chunk);
  }

  run(progress: (progress: BuildProgress) => void, kept: (kept: KeptBuild) => void): Promise<BuildOutcome> {
    return this.#begun.run(ticks, breathe, progress, kept);
  }

  teach(task: TeachTask, progress: (progress: TeachProgress) => void): Promise<TeachOutcome> {
    return teachSet(task, ticks, breathe, progress);
  }

  get #begun(): IndexBuild {
    if (this.#build === null) throw new Error('no build was begun; call begin first');
    return this.#build;
  }
}
