import * as Comlink from 'comlink';
import builderWorkerUrl from '../../../workers/builder.worker.ts?worker&url';
import inferenceWorkerUrl from '../../../workers/inference.worker.ts?worker&url';
import libraryWorkerUrl from '../../../workers/library.worker.ts?worker&url';
import { Lifeline } from '../../core/lifeline.ts';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { InferenceHost } from '../../protocol/inference.ts';
import type { LibraryApi, LibraryEvent, OpenResult } from '../../protocol/library.ts';
import { trustedScriptUrl } from './trusted-types.ts';
import { WorkerDied } from './worker-died.ts';

/** The library's verbs for the page's features. Calls reject only with `WorkerDied`, or with a bug. */
export type LibraryCalls = Omit<LibraryApi, 'open'>;

type Lost = (workerId: number, why: string) => void;

/** Starts other workers for the library worker, which cannot do so in every browser, and joins the two by a channel. */
class WorkerHost implements InferenceHost, IndexBuilderHost {
  readonly #workers = new Map<number, Worker>();
  #nextId = 1;

  async spawn(lost: Lost): Promise<{ workerId: number; port: MessagePort }> {
    return this.#start(inferenceWorkerUrl, 'inference', lost);
  }

  async spawnBuilder(lost: Lost): Promise<{ workerId: number; port: MessagePort }> {
    return this.#start(builderWorkerUrl, 'builder', lost);
  }

  #start(url: string, name: string, lost: Lost): { workerId: number; port: MessagePort } {
    const workerId = this.#nextId++;
    const worker = new Worker(trustedScriptUrl(url), { type: 'module', name: `${name}-${workerId}` });
    this.#workers.set(workerId, worker);
    const end = (why: string) => {
      if (!this.#workers.delete(workerId)) return;
      worker.terminate();
      lost(workerId, why);
    };
    worker.addEventListener('error', (event) => end(event.message || 'the worker could not start'));
    worker.addEventListener('messageerror', () => end('a message could not be read'));
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ type: 'connect', port: port1 }, [port1]);
    return Comlink.transfer({ workerId, port: port2 }, [port2]);
  }

  async kill(workerId: number): Promise<void> {
    this.#workers.get(workerId)?.terminate();
    this.#workers.delete(workerId);
  }

  killAll(): void {
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
  }
}

/** One library worker and the inference workers it asked for. */
export class Connection {
  readonly #worker: Worker;
  readonly #remote: Comlink.Remote<LibraryApi>;
  readonly #host = new WorkerHost();
  readonly #life = new Lifeline();
  /** Calls wait for it: one made while a dead worker is replaced must not reach a library that is not open yet. */
  readonly #opened: Promise<void>;
  #settleOpened: (result: OpenResult) => void = () => {};
  readonly api: LibraryCalls;

  /** `died` is called once if the worker ends by itself. */
  constructor(died: (why: string) => void) {
    this.#worker = new Worker(trustedScriptUrl(libraryWorkerUrl), { type: 'module', name: 'library' });
    this.#remote = Comlink.wrap<LibraryApi>(this.#worker);
    this.#opened = new Promise((resolve, rejectCalls) => {
      this.#settleOpened = ({ kind }) =>
        kind === 'open' ? resolve() : rejectCalls(new WorkerDied(`the library is not open: ${kind}`));
    });
    this.#opened.catch(() => {});
    const end = (why: string) => {
      this.#life.end(new WorkerDied(why));
      this.end();
      died(why);
    };
    this.#worker.addEventListener('error', (event) =>
      end(event.message || 'the library worker could not start'),
    );
    this.#worker.addEventListener('messageerror', () => end('a message could not be read'));
    this.api = this.#calls();
  }

  async open(listener: (event: LibraryEvent) => void, takeOver: boolean): Promise<OpenResult> {
    const request = {
      packUrl: new URL('models/starter/', document.baseURI).href,
      takeOver,
      hardwareConcurrency: navigator.hardwareConcurrency,
    };
    // Comlink's mapped type spreads the union over promises; it is one promise of the union.
    const answer = this.#remote.open(request, Comlink.proxy(this.#host), Comlink.proxy(listener));
    const result = await this.#life.hold(answer as Promise<OpenResult>);
    this.#settleOpened(result);
    return result;
  }

  /** Another tab has the library: the worker answers nothing any more. */
  lost(): void {
    this.#life.end(new WorkerDied('another tab took the library over'));
  }

  end(): void {
    this.#life.end(new WorkerDied('the library was let go'));
    this.#worker.terminate();
    this.#host.killAll();
  }

  /** Comlink leaves calls pending for ever when the worker dies. */
  #calls(): LibraryCalls {
    const remote = this.#remote as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    return new Proxy({} as LibraryCalls, {
      get:
        (_, verb) =>
        (...values: unknown[]) =>
          this.#life.hold(
            this.#opened.then(() =>
              (remote[verb as string] as (...values: unknown[]) => Promise<unknown>)(...values),
            ),
          ),
    });
  }
}
