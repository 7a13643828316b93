import type { BuildProgress } from '../core/index/sealed-part.ts';
import type { TeachProgress } from '../core/learning/teach.ts';
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

/** What a builder worker answers that teaches a label set. One teaching each. */
export interface HeadTeacherApi {
  teach(task: TeachTask, progress: (progress: TeachProgress) => void): Promise<TeachOutcome>;
}

/** What the page offers to the library worker besides inference workers: see `InferenceHost`. */
export interface IndexBuilderHost {
  spawnBuilder(
    lost: (workerId: number, why: string) => void,
  ): Promise<{ workerId: number; port: MessagePort }>;
  kill(workerId: number): Promise<void>;
}
