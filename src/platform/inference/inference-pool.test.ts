import { describe, expect, it } from 'vitest';
import type {
  BackendConfig,
  EmbedResult,
  InferenceApi,
  InferenceHost,
  MapResult,
  ModelProblem,
  PrepareRequest,
  PrepareResult,
} from '../../protocol/inference.ts';
import type { ModelStatus } from '../../protocol/library.ts';
import { InferencePool, type PoolParts } from './inference-pool.ts';
import type { PackEssentials } from './model-store.ts';
import type { Loaded, PackManifest } from './pack-manifest.ts';

const options = { maxMegapixels: 120, thumbnailSize: 256 };
const auto = { backend: 'auto', allowSoftwareAdapter: false } as const;
const manifest = { id: 'tiny', version: '1', name: { en: 'Tiny', zh: '小' } } as PackManifest;
const damaged: ModelProblem = { code: 'damaged', file: 'model.onnx', found: '1 bytes', expected: '2 bytes' };

const mapped: MapResult = {
  ok: true,
  model: { id: 'tiny', version: '1' },
  map: { channels: 1, height: 1, width: 1, values: Float32Array.of(1) },
};
const embedded: EmbedResult = {
  ok: true,
  sha256: 'ab'.repeat(32),
  width: 1,
  height: 1,
  thumbnail: { bytes: new ArrayBuffer(1), type: 'image/webp', width: 1, height: 1 },
  signature: new Uint8Array(4),
  exif: null,
  model: { id: 'tiny', version: '1' },
  embedding: new Float32Array(2),
  scores: new Uint8Array(2),
  stages: { read: 0, hash: 0, header: 0, decode: 0, thumbnail: 0, signature: 0, preprocess: 0, inference: 0 },
};

function readyOn(config: BackendConfig, millisecondsPerPicture: number | null): PrepareResult {
  const selfTest = { cosine: 1, scoreDifference: 0 };
  return {
    kind: 'ready',
    model: { id: 'tiny', version: '1' },
    report: { config, ok: true, refusal: null, detail: 'fine', millisecondsPerPicture, selfTest },
  };
}

function refusedOn(config: BackendConfig): PrepareResult {
  return {
    kind: 'refused',
    report: {
      config,
      ok: false,
      refusal: config.backend === 'webgpu' ? 'no-adapter' : 'session',
      detail: 'none',
      millisecondsPerPicture: null,
      selfTest: null,
    },
  };
}

interface FakeWorker {
  readonly id: number;
  config: BackendConfig | null;
  alive: boolean;
  /** Calls in hand. */
  calls: { source: Blob; answer: (result: EmbedResult) => void }[];
  crash(why: string): void;
}

/** A host whose workers do what the test says, and everything else the pool needs. */
function world(change: Partial<PoolParts> = {}) {
  const workers: FakeWorker[] = [];
  const requests: PrepareRequest[] = [];
  const statuses: ModelStatus[] = [];
  const memory = new Map<string, unknown>();
  const behaviour = {
    prepare: (request: PrepareRequest, _worker: FakeWorker): Promise<PrepareResult> =>
      Promise.resolve(
        request.config.backend === 'webgpu'
          ? refusedOn(request.config)
          : readyOn(request.config, request.measure ? 20 * request.config.threads : null),
      ),
    /** Null: the call stays in hand until the test answers it. */
    embed: (_worker: FakeWorker, _source: Blob): EmbedResult | null => embedded,
    map: (_worker: FakeWorker, _source: Blob): MapResult => mapped,
    pack: async (): Promise<Loaded<PackEssentials>> => ({
      ok: true,
      value: { manifest, labels: [], golden: [], model: new ArrayBuffer(0) },
    }),
  };
  const host: InferenceHost = {
    async spawn(lost) {
      const worker: FakeWorker = {
        id: workers.length,
        config: null,
        alive: true,
        calls: [],
        crash: (why) => {
          worker.alive = false;
          lost(worker.id, why);
        },
      };
      workers.push(worker);
      return { workerId: worker.id, port: worker as unknown as MessagePort };
    },
    async kill(id) {
      workers[id]!.alive = false;
    },
  };
  const connect = (port: MessagePort): InferenceApi => {
    const worker = port as unknown as FakeWorker;
    return {
      prepare: (request) => {
        worker.config = request.config;
        requests.push(request);
        return behaviour.prepare(request, worker);
      },
      embed: (source) =>
        new Promise((answer) => {
          const result = behaviour.embed(worker, source);
          if (result) answer(result);
          else worker.calls.push({ source, answer });
        }),
      map: async (source) => behaviour.map(worker, source),
    };
  };
  const pool = new InferencePool({
    host,
    connect,
    store: { update: () => behaviour.pack(), cacheWholePack: async () => true },
    memory: { get: async (key) => memory.get(key), set: async (key, value) => void memory.set(key, value) },
    packUrl: 'https://picsift.example/models/tiny/',
    capacity: { cores: 2, isolated: true },
    runtime: 'runtime 1',
    onStatus: (status) => statuses.push(status),
    ...change,
  });
  return {
    pool,
    workers,
    requests,
    statuses,
    memory,
    behaviour,
    alive: () => workers.filter((worker) => worker.alive),
    status: () => statuses.at(-1)!,
    calls: () => workers.flatMap((worker) => (worker.alive ? worker.calls : [])),
  };
}

/** Lets everything that can go on go on. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve));
}

describe('starting', () => {
  it('tries the candidates one at a time, keeps the fastest and fills the pool with it', async () => {
    const { pool, requests, status, alive } = world();
    await pool.start(auto);
    await settled();
    expect(requests.map((one) => [one.config.backend, one.config.threads, one.measure])).toEqual([
      ['webgpu', 1, true],
      ['wasm', 1, true],
      ['wasm', 2, true],
      ['wasm', 1, false],
    ]);
    expect(status()).toMatchObject({ state: 'ready', workers: 2, active: { config: { threads: 1 } } });
    const now = status();
    expect(now.state === 'ready' && now.reports.map((one) => one.refusal)).toEqual([
      'no-adapter',
      null,
      'slower',
    ]);
    expect(alive().map((worker) => worker.config)).toEqual([
      { backend: 'wasm', threads: 1 },
      { backend: 'wasm', threads: 1 },
    ]);
  });

  it('remembers the choice: later it is tested, not timed, and shown with its reasons', async () => {
    const first = world();
    await first.pool.start(auto);
    const memory = { get: async (key: string) => first.memory.get(key), set: async () => {} };
    const { pool, requests, status } = world({ memory });
    await pool.start(auto);
    expect(requests[0]).toMatchObject({ config: { backend: 'wasm', threads: 1 }, measure: false });
    expect(status()).toMatchObject({ state: 'ready', active: { millisecondsPerPicture: 20 } });
    const now = status();
    expect(now.state === 'ready' && now.reports.length).toBe(3);

    const newRuntime = world({ memory, runtime: 'runtime 2' });
    await newRuntime.pool.start(auto);
    expect(newRuntime.requests[0]).toMatchObject({ config: { backend: 'webgpu' }, measure: true });
  });

  it('looks anew when the remembered backend fails now', async () => {
    const first = world();
    await first.pool.start(auto);
    const memory = { get: async (key: string) => first.memory.get(key), set: async () => {} };
    const { pool, behaviour, requests, status } = world({ memory });
    behaviour.prepare = async ({ config }) => (config.threads === 1 ? refusedOn(config) : readyOn(config, 9));
    await pool.start(auto);
    expect(requests[1]).toMatchObject({ config: { backend: 'webgpu' }, measure: true });
    expect(status()).toMatchObject({ state: 'ready', active: { config: { threads: 2 } } });
  });

  it('makes do with a memory that fails or holds rubbish', async () => {
    const failing = {
      get: () => Promise.reject(new Error('no')),
      set: () => Promise.reject(new Error('no')),
    };
    for (const memory of [failing, { get: async () => [{ ok: 'yes' }], set: async () => {} }]) {
      const { pool, status } = world({ memory });
      await pool.start(auto);
      expect(status().state).toBe('ready');
    }
  });

  it('does not fall back from a forced backend', async () => {
    const { pool, status, requests, alive } = world();
    await pool.start({ backend: 'webgpu', allowSoftwareAdapter: true });
    expect(status()).toMatchObject({ state: 'no-backend', reports: [{ refusal: 'no-adapter' }] });
    expect(requests.map((one) => [one.config.backend, one.allowSoftwareAdapter])).toEqual([['webgpu', true]]);
    expect(alive()).toEqual([]);
    expect(await pool.embed(new Blob(), options)).toMatchObject({ failure: { code: 'model-unavailable' } });
  });

  it('takes a worker that dies or throws while it starts for a refusal', async () => {
    const { pool, behaviour, status } = world();
    const usual = behaviour.prepare;
    behaviour.prepare = (request, worker) => {
      if (request.config.backend === 'webgpu') {
        worker.crash('GPU process gone');
        return new Promise(() => {});
      }
      if (request.config.threads === 2) return Promise.reject(new Error('a bug'));
      return usual(request, worker);
    };
    await pool.start(auto);
    const now = status();
    expect(now.state === 'ready' && now.reports.map((one) => one.detail)).toEqual([
      'GPU process gone',
      'fine',
      'a bug',
    ]);
  });

  it('gives up on a worker that does not answer', async () => {
    const { pool, behaviour, status, alive } = world({
      patience: { prepare: 40, embed: 40, embedPerMegabyte: 0 },
    });
    behaviour.prepare = () => new Promise(() => {});
    await pool.start({ backend: 'webgpu', allowSoftwareAdapter: false });
    expect(status()).toMatchObject({ state: 'no-backend', reports: [{ refusal: 'session' }] });
    expect(alive()).toEqual([]);
  });

  it('tells a problem of the pack, and works after a retry', async () => {
    const { pool, behaviour, status, workers } = world();
    const usual = behaviour.pack;
    behaviour.pack = async () => ({ ok: false, problem: damaged });
    const starting = pool.start(auto);
    const waiting = pool.embed(new Blob(), options);
    await starting;
    expect(status()).toEqual({ state: 'problem', problem: damaged });
    expect(await waiting).toMatchObject({ ok: false, failure: { code: 'model-unavailable' } });
    expect(workers).toEqual([]);
    behaviour.pack = usual;
    await pool.start();
    expect(status().state).toBe('ready');
    expect(await pool.embed(new Blob(), options)).toBe(embedded);
    expect(await pool.map(new Blob(), options)).toBe(mapped);
  });

  it('drops what an older start began', async () => {
    const { pool, behaviour, statuses, status, alive } = world();
    const usual = behaviour.prepare;
    let release = () => {};
    behaviour.prepare = (request, worker) =>
      new Promise((resolve) => {
        release = () => resolve(usual(request, worker));
      });
    const old = pool.start(auto);
    await settled();
    behaviour.prepare = usual;
    await pool.start({ backend: 'wasm', allowSoftwareAdapter: false });
    const before = statuses.length;
    release();
    await old;
    await settled();
    expect(statuses.slice(before).every((one) => one.state === 'ready')).toBe(true);
    expect(status()).toMatchObject({ state: 'ready', workers: 2 });
    expect(alive().length).toBe(2);
  });
});

describe('keeping the pack', () => {
  it('is told when everything is there', async () => {
    const told: boolean[] = [];
    const { pool } = world({ onStored: (whole) => told.push(whole) });
    await pool.start(auto);
    await settled();
    expect(told).toEqual([true]);
  });
});

describe('embedding', () => {
  it('waits for the model, then overlaps calls and spreads them over the workers', async () => {
    const { pool, behaviour, workers, alive } = world();
    behaviour.embed = () => null;
    const starting = pool.start(auto);
    const answers = Array.from({ length: 6 }, () => pool.embed(new Blob(), options));
    await starting;
    await settled();
    expect(alive().map((worker) => worker.calls.length)).toEqual([2, 2]);
    expect(pool.capacity).toBe(4);
    behaviour.embed = () => embedded;
    for (const worker of workers) for (const call of worker.calls) call.answer(embedded);
    expect((await Promise.all(answers)).every((one) => one.ok)).toBe(true);
  });

  it('lets an urgent one go first', async () => {
    const { pool, behaviour, calls } = world({ capacity: { cores: 1, isolated: false } });
    behaviour.embed = () => null;
    await pool.start(auto);
    const names = ['a', 'b', 'c'];
    for (const name of names) void pool.embed(new Blob([name]), options);
    void pool.embed(new Blob(['urgent']), options, true);
    calls()[0]!.answer(embedded);
    await settled();
    expect(await calls()[2]!.source.text()).toBe('urgent');
  });

  it('answers the calls of a worker that dies, replaces it and goes on', async () => {
    const { pool, behaviour, alive, workers, status } = world();
    await pool.start(auto);
    await settled();
    behaviour.embed = (worker) => (worker.id === alive()[0]!.id ? null : embedded);
    const answers = [1, 2, 3, 4].map(() => pool.embed(new Blob(), options));
    await settled();
    const dying = workers.find((worker) => worker.calls.length > 0)!;
    const inHand = dying.calls.length;
    behaviour.embed = () => embedded;
    dying.crash('Out of memory');
    const results = await Promise.all(answers);
    const crashed = results.filter((one) => !one.ok);
    expect(crashed.length).toBe(inHand);
    expect(crashed[0]).toMatchObject({ failure: { code: 'worker-crashed', found: 'Out of memory' } });
    await settled();
    expect(status()).toMatchObject({ state: 'ready', workers: 2 });
    expect(await pool.embed(new Blob(), options)).toBe(embedded);
  });

  it('replaces a worker whose model failed, and one that is silent', async () => {
    const { pool, behaviour, workers, status } = world({
      patience: { prepare: 1000, embed: 40, embedPerMegabyte: 0 },
    });
    await pool.start(auto);
    await settled();
    const before = workers.length;
    const failure = { code: 'worker-crashed', found: 'device lost' } as const;
    behaviour.embed = (_, { type }) => {
      if (type === 'image/fails') return { ok: false, failure, sha256: null };
      return type === 'image/hangs' ? null : embedded;
    };
    const photo = (type: string) => new Blob([], { type });
    expect(await pool.embed(photo('image/fails'), options)).toMatchObject({ failure });
    expect(await pool.embed(photo('image/hangs'), options)).toMatchObject({
      failure: { code: 'worker-crashed' },
    });
    await settled();
    expect(workers.length).toBe(before + 2);
    expect(status()).toMatchObject({ state: 'ready', workers: 2 });
  });

  it('gives a backend up after three crashes in a row and takes the next one', async () => {
    const { pool, behaviour, status } = world();
    await pool.start(auto);
    behaviour.embed = (worker) => {
      if (worker.config?.threads === 2) return embedded;
      queueMicrotask(() => worker.crash('illegal instruction'));
      return null;
    };
    // The photo itself, then twice the picture that is known to be good.
    expect(await pool.embed(new Blob(), options)).toMatchObject({ failure: { code: 'worker-crashed' } });
    await settled();
    expect(status()).toMatchObject({ state: 'ready', active: { config: { backend: 'wasm', threads: 2 } } });
    const now = status();
    expect(now.state === 'ready' && now.reports.find((one) => one.config.threads === 1)?.detail).toContain(
      '3 times in a row: illegal instruction',
    );
    expect(await pool.embed(new Blob(), options)).toBe(embedded);
  });

  it('says that there is no backend when the last one keeps crashing, and can be tried again', async () => {
    const { pool, behaviour, status, alive } = world({ capacity: { cores: 1, isolated: false } });
    await pool.start(auto);
    behaviour.embed = (worker) => {
      queueMicrotask(() => worker.crash('gone'));
      return null;
    };
    const answers = Array.from({ length: 10 }, () => pool.embed(new Blob(), options));
    const codes = (await Promise.all(answers)).map((one) => !one.ok && one.failure.code);
    await settled();
    expect(status()).toMatchObject({ state: 'no-backend' });
    expect(codes.filter((code) => code === 'worker-crashed').length).toBe(2);
    expect(codes.filter((code) => code === 'model-unavailable').length).toBe(8);
    expect(alive()).toEqual([]);
    behaviour.embed = () => embedded;
    await pool.start();
    expect(await pool.embed(new Blob(), options)).toBe(embedded);
  });

  it('does not count crashes between which photos were embedded', async () => {
    const { pool, behaviour, status } = world({ capacity: { cores: 1, isolated: false } });
    await pool.start(auto);
    for (let i = 0; i < 5; i++) {
      behaviour.embed = () => embedded;
      expect((await pool.embed(new Blob(), options)).ok).toBe(true);
      behaviour.embed = (worker) => {
        queueMicrotask(() => worker.crash('poisonous photo'));
        return null;
      };
      expect((await pool.embed(new Blob(), options)).ok).toBe(false);
      await settled();
    }
    expect(status().state).toBe('ready');
  });

  it('keeps a backend whose workers die over photos only, however many such photos come first', async () => {
    const { pool, behaviour, status } = world({ capacity: { cores: 1, isolated: false } });
    await pool.start(auto);
    behaviour.embed = (worker, { type }) => {
      if (type !== 'image/kills') return embedded;
      queueMicrotask(() => worker.crash('out of memory'));
      return null;
    };
    for (let i = 0; i < 8; i++) {
      const photo = new Blob([], { type: 'image/kills' });
      expect(await pool.embed(photo, options)).toMatchObject({ failure: { code: 'worker-crashed' } });
      await settled();
    }
    expect(status()).toMatchObject({ state: 'ready', active: { config: { backend: 'wasm', threads: 1 } } });
    expect(await pool.embed(new Blob(), options)).toBe(embedded);
  });

  it('replaces a worker with a decoder that hangs once the photos beside it are through', async () => {
    const { pool, behaviour, workers, alive, status } = world({ capacity: { cores: 1, isolated: false } });
    behaviour.embed = () => null;
    await pool.start(auto);
    await settled();
    const hanging = pool.embed(new Blob(), options);
    const beside = pool.embed(new Blob(), options);
    const [worker] = alive();
    const tooSlow = { ok: false, failure: { code: 'too-slow', found: '10' }, sha256: null } as const;
    worker!.calls[0]!.answer(tooSlow);
    expect(await hanging).toEqual(tooSlow);
    const next = pool.embed(new Blob(), options);
    await settled();
    // It is given nothing more, and not ended while it has a photo in hand.
    expect([worker!.alive, worker!.calls.length]).toEqual([true, 2]);
    behaviour.embed = () => embedded;
    worker!.calls[1]!.answer(embedded);
    expect(await beside).toBe(embedded);
    expect(await next).toBe(embedded);
    await settled();
    expect(worker!.alive).toBe(false);
    expect(workers.at(-1)!.alive).toBe(true);
    expect(status()).toMatchObject({ state: 'ready', workers: 1 });
  });

  it('takes photos along through a restart', async () => {
    const { pool, behaviour, alive } = world();
    behaviour.embed = () => null;
    await pool.start(auto);
    const answers = [1, 2, 3].map(() => pool.embed(new Blob(), options));
    await settled();
    behaviour.embed = () => embedded;
    await pool.start({ backend: 'wasm', allowSoftwareAdapter: false });
    expect((await Promise.all(answers)).every((one) => one.ok)).toBe(true);
    await settled();
    expect(alive().length).toBe(2);
  });

  it('answers everything when it is stopped', async () => {
    const { pool, behaviour, alive } = world();
    behaviour.embed = () => null;
    await pool.start(auto);
    const answers = [1, 2, 3, 4, 5, 6].map(() => pool.embed(new Blob(), options));
    await settled();
    await pool.stop();
    expect((await Promise.all(answers)).map((one) => !one.ok && one.failure.code)).toEqual(
      Array(6).fill('model-unavailable'),
    );
    expect(alive()).toEqual([]);
    expect(await pool.embed(new Blob(), options)).toMatchObject({ failure: { code: 'model-unavailable' } });
  });

  it('goes on with fewer workers when more do not start', async () => {
    const { pool, behaviour, status, alive } = world({ capacity: { cores: 4, isolated: false } });
    const usual = behaviour.prepare;
    behaviour.prepare = (request, worker) =>
      alive().length > 2 ? Promise.resolve(refusedOn(request.config)) : usual(request, worker);
    await pool.start(auto);
    await settled();
    expect(status()).toMatchObject({ state: 'ready', workers: 2 });
    expect(await pool.embed(new Blob(), options)).toBe(embedded);
  });
});
