import type { BuildProgress } from '../core/index/sealed-part.ts';
import type { TeachProgress } from '../core/learning/teaching.ts';
import type { BuildOutcome, BuildTask, KeptBuild } from '../core/library/index-ports.ts';
import type { VectorChunk } from '../core/library/stored-rows.ts';
import type { TeachOutcome, TeachTask } from '../core/library/teaching-ports.ts';

/** What a builder worker answers, over the MessagePort that joins it with the library worker (Comlink). One build each. */
export interface IndexBuilderApi {
  begin(task: BuildTask): Promise<void>;
  /** Stored vectors, in the order of contents. */
  take(chunks: readonly VectorChunk[]): Promise<void>;
  /** To be called when all vectors are there. */
  run(progress: (progress: BuildProgress) => void, kept: (kept: KeptBuild) => void): Promise<BuildOutcome>;
}

/** What a builder worker answers that teaches a label set, or helps to. One teaching each. */
export interface HeadTeacherApi {
  /** @param helper leads to a worker that was asked to help; null: there is none */
  teach(
    task: TeachTask,
    progress: (progress: TeachProgress) => void,
    helper: MessagePort | null,
  ): Promise<TeachOutcome>;
  /** Does fits for the worker behind the port (`FitHelper`). */
  help(port: MessagePort): Promise<void>;
}

/** What the page offers to the library worker besides inference workers: see `InferenceHost`. */
export interface IndexBuilderHost {
  spawnBuilder(
    lost: (workerId: number, why: string) => void,
  ): Promise<{ workerId: number; port: MessagePort }>;
  kill(workerId: number): Promise<void>;
}
