import * as Comlink from 'comlink';
import figuresWorkerUrl from '../../../workers/figures.worker.ts?worker&url';
import type { FiguresApi } from '../../protocol/figures.ts';
import type { LibraryCalls } from './connection.ts';
import { trustedScriptUrl } from './trusted-types.ts';

/** A figures worker, for as long as figures are on the screen. */
export interface FiguresWorker {
  readonly api: Comlink.Remote<FiguresApi>;
  end(): void;
}

/** Starts a figures worker and joins it with the library. `died` is called once if it ends by itself. */
export function startFigures(library: LibraryCalls, died: (why: string) => void): FiguresWorker {
  const worker = new Worker(trustedScriptUrl(figuresWorkerUrl), { type: 'module', name: 'figures' });
  const toPage = new MessageChannel();
  const toLibrary = new MessageChannel();
  const end = () => {
    worker.terminate();
    toPage.port2.close();
  };
  const lost = (why: string) => {
    end();
    died(why);
  };
  worker.addEventListener('error', (event) => lost(event.message || 'the figures worker could not start'));
  worker.addEventListener('messageerror', () => lost('a message could not be read'));
  const ports = { page: toPage.port1, library: toLibrary.port1 };
  worker.postMessage({ type: 'connect', ...ports }, Object.values(ports));
  // Rejects when the library's worker has died: the screen starts anew with the next one.
  library.connectFigures(Comlink.transfer(toLibrary.port2, [toLibrary.port2])).catch(() => {});
  return { api: Comlink.wrap<FiguresApi>(toPage.port2), end };
}
