/** The page of `--browser`: starts workers and passes messages on. */
import { trustedScriptUrl } from '../../../../src/app/engine/trusted-types.ts';
import type { Answer, Request } from './worker.ts';
import workerUrl from './worker.ts?worker&url';

declare global {
  interface Window {
    /** Asks a worker: a new one with `fresh`, else the same as before. */
    askWorker(request: Request, fresh: boolean): Promise<Answer>;
  }
}

let worker: Worker | null = null;

window.askWorker = (request, fresh) => {
  if (fresh) {
    worker?.terminate();
    worker = null;
  }
  worker ??= new Worker(trustedScriptUrl(workerUrl), { type: 'module' });
  const asked = worker;
  return new Promise((resolve, reject) => {
    asked.onerror = (event) => reject(new Error(event.message));
    asked.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    asked.postMessage(request);
  });
};
