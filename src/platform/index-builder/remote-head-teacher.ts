import * as Comlink from 'comlink';
import type { TeachProgress } from '../../core/learning/teaching.ts';
import type {
  HeadTeacher,
  RunningTeaching,
  TeachOutcome,
  TeachTask,
} from '../../core/library/teaching-ports.ts';
import type { HeadTeacherApi, IndexBuilderHost } from '../../protocol/index-builder.ts';
import { BuilderRuns } from './builder-runs.ts';

/** Photos x outputs from which on a second worker is worth its start. */
const worthHelp = 20_000;

/** Teaches in a builder worker of its own, large lessons in two. */
export class RemoteHeadTeacher implements HeadTeacher {
  readonly #runs: BuilderRuns<HeadTeacherApi, TeachOutcome>;
  readonly #cores: number;

  /**
   * @param connect the calls of a builder worker behind the port that leads to it
   * @param cores of the machine
   */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => HeadTeacherApi, cores: number) {
    this.#runs = new BuilderRuns(host, connect);
    this.#cores = cores;
  }

  teach(task: TeachTask, progress: (progress: TeachProgress) => void): RunningTeaching {
    const outputs = task.groups.reduce((sum, { labels }) => sum + labels.length, 0);
    const helped = this.#cores > 1 && (task.embeddings.length / task.dims) * outputs >= worthHelp;
    return this.#runs.start(
      async (api, wanted, [helper]) => {
        const told = (value: TeachProgress) => void (wanted() && progress(value));
        if (helper === undefined) return api.teach(task, told, null);
        const { port1, port2 } = new MessageChannel();
        const [outcome] = await Promise.all([api.teach(task, told, port1), helper.help(port2)]);
        return outcome;
      },
      helped ? 1 : 0,
    );
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
    teach: (task, progress, helper) =>
      remote.teach(
        Comlink.transfer(task, [task.embeddings.buffer, task.signatures.buffer]),
        Comlink.proxy(progress),
        helper === null ? null : Comlink.transfer(helper, [helper]),
      ) as Promise<TeachOutcome>,
    help: (port2) => remote.help(Comlink.transfer(port2, [port2])),
  };
}
