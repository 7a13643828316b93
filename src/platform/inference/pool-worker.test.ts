import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { EmbedResult, InferenceApi, PrepareRequest, PrepareResult } from '../../protocol/inference.ts';
import { PoolWorker, usualPatience } from './pool-worker.ts';

it('a worker that embeds photo after photo leaves none of their results in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const previews: WeakRef<ArrayBuffer>[] = [];
  const api = {
    prepare: async () => ({ kind: 'ready' }) as PrepareResult,
    embed: async () => {
      const bytes = new ArrayBuffer(20_000);
      previews.push(new WeakRef(bytes));
      return { ok: true, thumbnail: { bytes } } as EmbedResult;
    },
  } as unknown as InferenceApi;
  const { port1 } = new MessageChannel();
  const host = { spawn: async () => ({ workerId: 1, port: port1 }), kill: async () => {} };
  const worker = new PoolWorker(host, usualPatience);
  await worker.start(() => api, {} as PrepareRequest);
  const photo = new Blob(['a']);
  for (let n = 0; n < 50; n++) await worker.embed(photo, { maxMegapixels: 1, thumbnailSize: 64 });
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  expect(previews.filter((bytes) => bytes.deref() !== undefined).length).toBeLessThan(5);
  await worker.kill();
  port1.close();
});
