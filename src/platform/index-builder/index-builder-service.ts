import type { BuildProgress } from '../../core/index/sealed-part.ts';
import type { TeachProgress } from '../../core/learning/teaching.ts';
import { IndexBuild } from '../../core/library/index-build.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from '../../core/library/index-ports.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import { teachSet } from '../../core/library/teach-set.ts';
import type { TeachOutcome, TeachTask } from '../../core/library/teaching-ports.ts';
import type { HeadTeacherApi, IndexBuilderApi } from '../../protocol/index-builder.ts';
import { browserClock } from '../library/browser-clock.ts';
import { connectFitHelper, exposeFitHelper } from './remote-fit-helper.ts';

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
    return this.#begun.run(browserClock.ticks, browserClock.breathe, progress, kept);
  }

  /** @param helper its other end is held by the worker that helps; null: this one does all */
  teach(
    task: TeachTask,
    progress: (progress: TeachProgress) => void,
    helper: MessagePort | null,
  ): Promise<TeachOutcome> {
    return teachSet(task, browserClock, progress, helper === null ? [] : [connectFitHelper(helper)]);
  }

  async help(port: MessagePort): Promise<void> {
    exposeFitHelper(port);
  }

  get #begun(): IndexBuild {
    if (this.#build === null) throw new Error('no build was begun; call begin first');
    return this.#build;
  }
}
