import * as Comlink from 'comlink';
import type { InferenceApi, InferenceHost } from '../../protocol/inference.ts';

/** The page's offer to make workers, as it reaches the library worker through Comlink. */
export function remoteHost(remote: Comlink.Remote<InferenceHost> | InferenceHost): InferenceHost {
  return {
    spawn: (lost) => remote.spawn(Comlink.proxy(lost)),
    kill: (workerId) => remote.kill(workerId),
  };
}

/** The calls of an inference worker behind the port that leads to it. */
export function connectInference(port: MessagePort): InferenceApi {
  return Comlink.wrap<InferenceApi>(port);
}
