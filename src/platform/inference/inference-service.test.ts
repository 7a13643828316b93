import { describe, expect, it } from 'vitest';
import type { PrepareRequest } from '../../protocol/inference.ts';
import type { PreparedPhoto } from '../decode/process-photo.ts';
import { type InferenceParts, InferenceService } from './inference-service.ts';
import type { PackEssentials } from './model-store.ts';
import type { ModelOutput, ModelSession, SessionResult } from './session.ts';

const request: PrepareRequest = {
  packUrl: 'https://picsift.example/models/tiny/',
  config: { backend: 'wasm', threads: 1 },
  allowSoftwareAdapter: false,
  measure: false,
};
const options = { maxMegapixels: 120, thumbnailSize: 256 };

const pack = {
  manifest: { id: 'tiny', version: '1' },
  labels: [],
  model: new ArrayBuffer(0),
  golden: [{ seed: 0, embedding: [0.6, 0.8], scores: [0.5, 0.5] }],
} as unknown as PackEssentials;

const photo: PreparedPhoto = {
  ok: true,
  sha256: 'ab'.repeat(32),
  width: 3,
  height: 2,
  thumbnail: { bytes: new ArrayBuffer(4), type: 'image/webp', width: 3, height: 2 },
  signature: new Uint8Array(4),
  exif: null,
  pixels: new Float32Array(3),
  stages: { read: 1, hash: 1, header: 1, decode: 1, thumbnail: 1, signature: 1, preprocess: 1 },
};

function service(
  run: () => Promise<ModelOutput>,
  parts: Partial<InferenceParts> = {},
  prepared: PreparedPhoto = photo,
) {
  const map = async () => ({ channels: 2, height: 1, width: 1, values: Float32Array.of(1, 2) });
  const session: ModelSession = { inputSize: 1, run, map };
  const started: SessionResult = { ok: true, session, detail: '1 thread' };
  return new InferenceService(async () => prepared, {
    openStore: () => ({ essentials: async () => ({ ok: true, value: pack }) }),
    startSession: async () => started,
    ...parts,
  });
}

function output(embedding: number[], logits: number[]): ModelOutput {
  return { embedding: new Float32Array(embedding), logits: new Float32Array(logits), milliseconds: 7 };
}

describe('the self-test', () => {
  async function report(embedding: number[], logits: number[]) {
    const result = await service(async () => output(embedding, logits)).prepare(request);
    return result.kind === 'model-problem' ? null : result.report;
  }

  it('passes a backend that computes what the reference says, and tells the figures', async () => {
    const passed = await report([0.6, 0.8], [0, 0.04]);
    expect(passed).toMatchObject({ ok: true, refusal: null, detail: '1 thread' });
    expect(passed?.selfTest?.cosine).toBeCloseTo(1, 6);
    expect(passed?.selfTest?.scoreDifference).toBeCloseTo(0.01, 3);
  });

  it('refuses a vector or a score that differs, naming both limits', async () => {
    expect(await report([0.8, 0.6], [0, 0])).toMatchObject({ ok: false, refusal: 'self-test' });
    const scores = await report([0.6, 0.8], [0, 0.2]);
    expect(scores).toMatchObject({ ok: false, refusal: 'self-test' });
    expect(scores?.detail).toBe('cosine 1.00000 (at least 0.999), scores differ by 0.0498 (at most 0.02)');
  });

  it('refuses what is not a number and what has another length', async () => {
    expect(await report([Number.NaN, 0.8], [0, 0])).toMatchObject({ refusal: 'self-test' });
    expect(await report([0.6, 0.8], [0, Number.NaN])).toMatchObject({ refusal: 'self-test' });
    expect(await report([0.6, 0.8], [0])).toMatchObject({ refusal: 'self-test' });
  });

  it('refuses a backend that fails while it runs', async () => {
    const result = await service(() => Promise.reject(new Error('out of memory'))).prepare(request);
    expect(result).toMatchObject({
      kind: 'refused',
      report: { refusal: 'session', detail: 'out of memory' },
    });
  });
});

describe('an inference worker', () => {
  const right = async () => output([0.6, 0.8], [0, 0]);

  it('times the backend only when asked', async () => {
    expect(await service(right).prepare(request)).toMatchObject({ report: { millisecondsPerPicture: null } });
    const timed = await service(right).prepare({ ...request, measure: true });
    expect(timed.kind === 'ready' && timed.report.millisecondsPerPicture).toEqual(expect.any(Number));
  });

  it('hands on a problem of the pack and a refusal of the session', async () => {
    const problem = { code: 'missing', file: 'model.onnx', found: 'HTTP 404', expected: '' } as const;
    const openStore = () => ({ essentials: async () => ({ ok: false, problem }) as const });
    expect(await service(right, { openStore }).prepare(request)).toEqual({ kind: 'model-problem', problem });
    const startSession = async () => ({ ok: false, refusal: 'no-adapter', detail: 'none' }) as const;
    expect(await service(right, { startSession }).prepare(request)).toMatchObject({
      kind: 'refused',
      report: { ok: false, refusal: 'no-adapter', detail: 'none' },
    });
  });

  it('gives a vector and one byte per score, under the name of the model', async () => {
    const one = service(right);
    await one.prepare(request);
    expect(await one.embed(new Blob(), options)).toEqual({
      ok: true,
      sha256: photo.sha256,
      width: 3,
      height: 2,
      thumbnail: photo.thumbnail,
      signature: new Uint8Array(4),
      exif: null,
      model: { id: 'tiny', version: '1' },
      embedding: new Float32Array([0.6, 0.8]),
      scores: new Uint8Array([128, 128]),
      stages: { ...photo.stages, inference: 7 },
    });
  });

  it('has no answer before it is prepared', async () => {
    expect(await service(right).embed(new Blob(), options)).toMatchObject({
      failure: { code: 'model-unavailable' },
    });
  });

  it('tells a file at fault from a model that failed', async () => {
    const broken = { ok: false, failure: { code: 'broken' }, sha256: null } as const;
    const one = service(right, {}, broken);
    await one.prepare(request);
    expect(await one.embed(new Blob(), options)).toEqual(broken);

    let runs = 0;
    const dying = service(async () => {
      if (++runs > 1) throw new Error('device lost');
      return output([0.6, 0.8], [0, 0]);
    });
    await dying.prepare(request);
    expect(await dying.embed(new Blob(), options)).toEqual({
      ok: false,
      failure: { code: 'worker-crashed', found: 'device lost' },
      sha256: photo.sha256,
    });
  });
});
