import type { Engine } from './engine.ts';
import { modelStorageChanged, startOffline } from './pwa.ts';
import type { EngineState } from './state.ts';

function isModelSettled({ phase, status }: EngineState): boolean {
  // Once all is erased nothing may be kept again.
  if (phase === 'starting' || phase === 'erased') return false;
  return phase !== 'open' || status.model.state !== 'loading';
}

function isBusy({ status }: EngineState): boolean {
  return status.import.state === 'running' || status.import.scanning;
}

/** Joins the offline shell to the library: it waits for the model, and watches whether the model is kept. */
export function startOfflineWith(engine: Engine): void {
  const modelSettled = new Promise<void>((resolve) => {
    const stop = engine.subscribe(() => {
      if (!isModelSettled(engine.getState())) return;
      stop();
      resolve();
    });
  });
  startOffline({
    modelSettled,
    isModelStored: () => engine.getState().status.modelStored,
    isBusy: () => isBusy(engine.getState()),
  });
  let stored = false;
  engine.subscribe(() => {
    const { modelStored } = engine.getState().status;
    if (modelStored === stored) return;
    stored = modelStored;
    void modelStorageChanged();
  });
}
