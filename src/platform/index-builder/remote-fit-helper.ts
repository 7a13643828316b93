import * as Comlink from 'comlink';
import type { FitHelper } from '../../core/learning/fit-lanes.ts';
import { FitPlace } from '../../core/learning/fit-task.ts';
import { runSteps } from '../../core/learning/run-steps.ts';

/** In the worker that teaches: the one that helps, behind the port. */
export function connectFitHelper(port: MessagePort): FitHelper {
  const remote = Comlink.wrap<FitHelper>(port);
  return { begin: (site) => remote.begin(site), fit: (task) => remote.fit(task) };
}

/** In the worker that helps. */
export function exposeFitHelper(port: MessagePort): void {
  let place: FitPlace | null = null;
  const helper: FitHelper = {
    async begin(site) {
      place = new FitPlace(site);
    },
    async fit(task) {
      if (place === null) throw new Error('no lesson was begun; call begin first');
      const result = runSteps(place.steps(task));
      const buffers = new Set([...result.points, result.logits].map(({ buffer }) => buffer as ArrayBuffer));
      return Comlink.transfer(result, [...buffers]);
    },
  };
  Comlink.expose(helper, port);
}
