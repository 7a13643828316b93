/**
 * The baseline of the import bench: the stages of an import (read, hash, header, decode, thumbnail, preprocess,
 * inference) and nothing else: no library, no database, no page.
 */
import * as Comlink from 'comlink';
import { trustedScriptUrl } from '../../../src/app/engine/trusted-types.ts';
import type {
  BackendConfig,
  EmbedOptions,
  InferenceApi,
  StageTimes,
} from '../../../src/protocol/inference.ts';
import inferenceWorkerUrl from '../../../workers/inference.worker.ts?worker&url';

export interface BareLoopRequest {
  readonly config: BackendConfig;
  readonly workers: number;
  /** Calls under way in each worker: 1 is one photo after the other. */
  readonly overlap: number;
  readonly options: EmbedOptions;
}

export interface BareLoopResult {
  readonly photos: number;
  readonly seconds: number;
  /** Milliseconds per photo. */
  readonly stages: Record<keyof StageTimes, number>;
}

async function startWorker(config: BackendConfig): Promise<Comlink.Remote<InferenceApi>> {
  const worker = new Worker(trustedScriptUrl(inferenceWorkerUrl), { type: 'module' });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: 'connect', port: port1 }, [port1]);
  const api = Comlink.wrap<InferenceApi>(port2);
  const packUrl = new URL('/models/starter/', location.href).href;
  const prepared = await api.prepare({ packUrl, config, allowSoftwareAdapter: false, measure: false });
  if (prepared.kind !== 'ready') throw new Error(`Backend not ready: ${JSON.stringify(prepared)}`);
  return api;
}

async function run({ config, workers, overlap, options }: BareLoopRequest): Promise<BareLoopResult> {
  const input = document.querySelector('input');
  const files = [...(input?.files ?? [])];
  const apis = await Promise.all(Array.from({ length: workers }, () => startWorker(config)));
  const totals: Record<keyof StageTimes, number> = {
    read: 0,
    hash: 0,
    header: 0,
    decode: 0,
    thumbnail: 0,
    signature: 0,
    preprocess: 0,
    inference: 0,
  };
  let next = 0;
  let photos = 0;
  const loop = async (api: Comlink.Remote<InferenceApi>) => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const result = await api.embed(file, options);
      if (!result.ok) throw new Error(`${file.name}: ${JSON.stringify(result.failure)}`);
      photos++;
      for (const stage of Object.keys(totals) as (keyof StageTimes)[]) totals[stage] += result.stages[stage];
    }
  };
  const start = performance.now();
  await Promise.all(apis.flatMap((api) => Array.from({ length: overlap }, () => loop(api))));
  const seconds = (performance.now() - start) / 1000;
  for (const stage of Object.keys(totals) as (keyof StageTimes)[]) totals[stage] /= Math.max(1, photos);
  return { photos, seconds, stages: totals };
}

(globalThis as unknown as { bareLoop: typeof run }).bareLoop = run;
