import * as Comlink from 'comlink';
import type { TeachProgress } from '../../core/learning/teach.ts';
import type {
  HeadTeacher,
  RunningTeaching,
  TeachOutcome,
  TeachTask,
} from '../../core/library/teaching-ports.ts';
import type { HeadTeacherApi, IndexBuilderHost } from '../../protocol/index-builder.ts';
import { BuilderRuns } from './builder-runs.ts';

/** Teaches in a builder worker of its own. */
export class RemoteHeadTeacher implements HeadTeacher {
  readonly #runs: BuilderRuns<HeadTeacherApi, TeachOutcome>;

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => HeadTeacherApi) {
    this.#runs = new BuilderRuns(host, connect);
  }

  teach(task: TeachTask, progress: (progress: TeachProgress) => void): RunningTeaching {
    return this.#runs.start((api, wanted) => api.teach(task, (value) => void (wanted() && progress(value))));
  }

  /** Ends whatever runs. */
  stop(): void {
    this.#runs.stop();
  }
}

/** The calls of a builder worker behind the port that leads to it. */
export function connectHeadTeacher(port: MessagePort): HeadTeacherApi {
  const remote = Comlink.wrap<HeadTeacherApi>(port);
  return {
    // Comlink's mapped type spreads the union over promises; it is one promise of the union.
    teach: (task, progress) =>
      remote.teach(
        Comlink.transfer(task, [task.embeddings.buffer]),
        Comlink.proxy(progress),
      ) as Promise<TeachOutcome>,
  };
}
