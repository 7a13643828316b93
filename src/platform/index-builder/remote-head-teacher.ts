import * as Comlink from 'comlink';
import type { TeachProgress } from '../../core/learning/teach.ts';
import type {
  HeadTeacher,
  RunningTeaching,
  TeachOutcome,
  TeachTask,
} from '../../core/library/teaching-ports.ts';
import type { HeadTeacherApi, IndexBuilderHost } from '../../protocol/index-builder.ts';

/** Teaches in a builder worker of its own, which is ended when the teaching is done, cancelled or lost. */
export class RemoteHeadTeacher implements HeadTeacher {
  readonly #host: IndexBuilderHost;
  readonly #connect: (port: MessagePort) => HeadTeacherApi;
  /** With the calls of its worker: Comlink closes the channel when these are garbage. */
  readonly #running = new Map<RunningTeaching, { api: HeadTeacherApi | null }>();

  /** @param connect the calls of a builder worker behind the port that leads to it */
  constructor(host: IndexBuilderHost, connect: (port: MessagePort) => HeadTeacherApi) {
    this.#host = host;
    this.#connect = connect;
  }

  teach(task: TeachTask, progress: (progress: TeachProgress) => void): RunningTeaching {
    let end: (outcome: TeachOutcome) => void = () => {};
    let ended = false;
    const over = new Promise<TeachOutcome>((resolve) => {
      end = (outcome) => {
        ended = true;
        resolve(outcome);
      };
    });
    const held: { api: HeadTeacherApi | null } = { api: null };
    const worker = this.#host.spawnBuilder((_, why) => end({ kind: 'failed', why }));
    const work = worker.then(({ port }) => {
      const api = this.#connect(port);
      held.api = api;
      return ended ? over : api.teach(task, (value) => void (ended || progress(value)));
    });
    const failed = (error: unknown): TeachOutcome => ({
      kind: 'failed',
      why: error instanceof Error ? error.message : String(error),
    });
    const done = Promise.race([work.catch(failed), over]).then((outcome) => {
      end(outcome);
      this.#running.delete(running);
      worker.then(({ workerId }) => this.#host.kill(workerId)).catch(() => {}); // it never started
      return outcome;
    });
    const running: RunningTeaching = { done, cancel: () => end({ kind: 'cancelled' }) };
    this.#running.set(running, held);
    return running;
  }

  /** Ends whatever runs. */
  stop(): void {
    for (const running of this.#running.keys()) running.cancel();
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
