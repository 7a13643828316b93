import * as Comlink from 'comlink';
import { preparePhoto } from '../src/platform/decode/process-photo.ts';
import { InferenceService } from '../src/platform/inference/inference-service.ts';
import type { EmbedResult, InferenceApi } from '../src/protocol/inference.ts';

// ONNX Runtime starts its threads as workers from plain URLs: those of our own origin are let through, nothing else is.
const trustedTypes = (
  self as {
    trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): void };
  }
).trustedTypes;
trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (new URL(url, self.location.href).origin === self.location.origin) return url;
    throw new TypeError(`A script of another origin was asked for: ${url}`);
  },
});

function transferred(result: EmbedResult): EmbedResult {
  if (!result.ok) return result;
  return Comlink.transfer(result, [
    result.embedding.buffer,
    result.scores.buffer,
    result.signature.buffer,
    result.thumbnail.bytes,
  ]);
}

const service = new InferenceService(preparePhoto);
const api: InferenceApi = {
  prepare: (request) => service.prepare(request),
  embed: async (source, options) => transferred(await service.embed(source, options)),
  map: async (source, options) => {
    const result = await service.map(source, options);
    return result.ok ? Comlink.transfer(result, [result.map.values.buffer]) : result;
  },
};

// The page joins us with the library worker: its first message carries our end of their channel.
self.addEventListener('message', ({ data }: MessageEvent<{ type?: unknown; port?: unknown } | null>) => {
  if (data?.type === 'connect' && data.port instanceof MessagePort) Comlink.expose(api, data.port);
});
