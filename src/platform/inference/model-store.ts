import { wordsOf } from '../../core/error-words.ts';
import type { ModelProblem } from '../../protocol/inference.ts';
import { type CacheSource, PackCache } from './pack-cache.ts';
import {
  failed,
  type GoldenVectors,
  jsonOf,
  type Loaded,
  type PackFile,
  type PackLabels,
  type PackManifest,
  parseGolden,
  parseLabels,
  parseManifest,
} from './pack-manifest.ts';

/** Bytes that have arrived, of how many. */
export type ByteProgress = (received: number, total: number) => void;

export interface ModelStoreSources {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly caches: CacheSource;
}

/** What tagging needs of a pack. */
export interface PackEssentials {
  readonly manifest: PackManifest;
  readonly model: ArrayBuffer;
  readonly labels: PackLabels;
  readonly golden: GoldenVectors;
}

/**
 * The files of one model pack: verified, kept for the next start, see [Note: Verified pack files]. Several workers may
 * each have a store on the same pack. Every failure is a value; nothing rejects.
 */
export class ModelStore {
  readonly #packUrl: string;
  readonly #fetch: ModelStoreSources['fetch'];
  readonly #cache: PackCache;
  /** What is being loaded now, by cache key: those who ask meanwhile share it. */
  readonly #inFlight = new Map<string, Promise<Loaded<ArrayBuffer>>>();

  /** @param packUrl absolute URL of the pack's folder, with a final slash */
  constructor(packUrl: string, sources: ModelStoreSources = browserSources()) {
    this.#packUrl = new URL(packUrl).href;
    this.#fetch = sources.fetch;
    this.#cache = new PackCache(this.#packUrl, sources.caches);
  }

  /**
   * Loads and checks what tagging needs, then keeps it for later starts and forgets older versions. The pack's own
   * description comes from the network when it answers; else, or when files of a newer version cannot be had, the
   * version that is kept is used.
   */
  async update(progress: ByteProgress = () => {}): Promise<Loaded<PackEssentials>> {
    const fresh = await this.#freshManifest();
    if (!fresh.ok) {
      const kept = fresh.problem.code === 'missing' ? await this.#keptManifest() : null;
      return kept ? this.#essentials(kept, progress) : fresh;
    }
    const loaded = await this.#essentials(fresh.value, progress);
    if (loaded.ok) {
      await this.#commit(fresh.value);
    } else if (loaded.problem.code === 'missing') {
      const kept = await this.#keptManifest();
      if (kept && kept.model.sha256 !== fresh.value.model.sha256) return this.#essentials(kept, progress);
    }
    return loaded;
  }

  /** The same for a worker that starts after `update`: the version that is kept, without asking the network for news. */
  async essentials(): Promise<Loaded<PackEssentials>> {
    const kept = await this.#keptManifest();
    return kept ? this.#essentials(kept, () => {}) : this.update();
  }

  /**
   * Keeps the files that only some screens need, too. True when everything of the pack that `update` settled on is in
   * the cache, so that no screen needs the network; to be called when there is time.
   */
  async cacheWholePack(): Promise<boolean> {
    const manifest = await this.#keptManifest();
    if (!manifest) return false;
    let whole = true;
    for (const file of filesOf(manifest)) {
      const key = this.#cache.keyOf(file);
      if (await this.#cache.has(key)) continue;
      whole = (await this.file(file)).ok && (await this.#cache.has(key)) && whole;
    }
    const card = this.#cache.plainKey(manifest.card);
    if (!(await this.#cache.has(card))) {
      const text = await this.#download(manifest.card, null, () => {});
      whole = text.ok && (await this.#cache.put(card, text.value)) && whole;
    }
    return whole;
  }

  /** One file of the pack, verified. Callers share the buffer: it must not be written to or transferred. */
  file(file: PackFile, progress: ByteProgress = () => {}): Promise<Loaded<ArrayBuffer>> {
    const key = this.#cache.keyOf(file);
    const already = this.#inFlight.get(key);
    if (already) return already;
    const loading = this.#load(file, key, progress).finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, loading);
    return loading;
  }

  async #load(file: PackFile, key: string, progress: ByteProgress): Promise<Loaded<ArrayBuffer>> {
    const kept = await this.#cache.get(key);
    if (kept) {
      if ((await damageOf(kept, file)) === null) {
        progress(file.bytes, file.bytes);
        return { ok: true, value: kept };
      }
      await this.#cache.delete(key);
    }
    const fetched = await this.#download(file.path, file.bytes, progress);
    if (!fetched.ok) return fetched;
    const damage = await damageOf(fetched.value, file);
    if (damage) return failed(damage);
    await this.#cache.put(key, fetched.value);
    return fetched;
  }

  async #essentials(manifest: PackManifest, progress: ByteProgress): Promise<Loaded<PackEssentials>> {
    const files = [manifest.model, manifest.labels, manifest.golden];
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    const received = files.map(() => 0);
    const load = (n: number) =>
      this.file(files[n]!, (bytes) => {
        received[n] = bytes;
        progress(
          received.reduce((sum, one) => sum + one, 0),
          total,
        );
      });
    const [model, labelBytes, goldenBytes] = await Promise.all([load(0), load(1), load(2)]);
    if (!model.ok) return model;
    if (!labelBytes.ok) return labelBytes;
    if (!goldenBytes.ok) return goldenBytes;
    const labels = parseLabels(labelBytes.value, manifest.labels.path);
    if (!labels.ok) return labels;
    const golden = parseGolden(goldenBytes.value, manifest.golden.path);
    if (!golden.ok) return golden;
    const { dim } = manifest.outputs.embedding;
    for (const { embedding, scores } of golden.value) {
      if (embedding.length === dim && scores.length === labels.value.length) continue;
      return failed({
        code: 'invalid',
        file: manifest.golden.path,
        found: `${embedding.length} components and ${scores.length} scores`,
        expected: `${dim} components and ${labels.value.length} scores`,
      });
    }
    return {
      ok: true,
      value: { manifest, model: model.value, labels: labels.value, golden: golden.value },
    };
  }

  async #freshManifest(): Promise<Loaded<PackManifest>> {
    const bytes = await this.#download('pack.json', null, () => {});
    if (!bytes.ok) return bytes;
    const json = jsonOf(bytes.value);
    if (json === undefined && (await this.#keptManifest())) {
      // A login page of a network that answers for everybody: as good as no network.
      return failed({ code: 'missing', file: 'pack.json', found: 'no JSON', expected: 'JSON' });
    }
    return parseManifest(json);
  }

  async #keptManifest(): Promise<PackManifest | null> {
    const bytes = await this.#cache.get(this.#cache.plainKey('pack.json'));
    if (!bytes) return null;
    const manifest = parseManifest(jsonOf(bytes));
    return manifest.ok ? manifest.value : null;
  }

  async #commit(manifest: PackManifest): Promise<void> {
    const essential = [manifest.model, manifest.labels, manifest.golden];
    const kept = await Promise.all(essential.map((file) => this.#cache.has(this.#cache.keyOf(file))));
    if (!kept.every(Boolean)) return;
    const key = this.#cache.plainKey('pack.json');
    const text = JSON.stringify(manifest);
    const before = await this.#cache.get(key);
    const plain = ['pack.json'];
    // What is not named by its hash stays only while the version does.
    if (before && new TextDecoder().decode(before) === text) plain.push(manifest.card);
    else await this.#cache.put(key, text);
    await this.#cache.keepOnly(
      new Set([
        ...filesOf(manifest).map((file) => this.#cache.keyOf(file)),
        ...plain.map((path) => this.#cache.plainKey(path)),
      ]),
    );
  }

  /** @param bytes how many are expected, for the progress and as a limit; null when not known */
  async #download(path: string, bytes: number | null, progress: ByteProgress): Promise<Loaded<ArrayBuffer>> {
    const url = `${this.#packUrl}${path}`;
    const missing = (found: string) =>
      failed({ code: 'missing', file: path, found, expected: 'an answer with the file' });
    for (let attempt = 1; ; attempt++) {
      try {
        // Without the HTTP cache: it may be writing the same URL for somebody else, and we keep our own copy.
        const response = await this.#fetch(url, { cache: 'no-store' });
        if (!response.ok) return missing(`HTTP ${response.status}`);
        return { ok: true, value: await readBody(response, bytes, progress) };
      } catch (error) {
        // A connection that broke deserves a second try.
        if (attempt === 2) return missing(wordsOf(error));
      }
    }
  }
}

function browserSources(): ModelStoreSources {
  return {
    fetch: (url, init) => fetch(url, init),
    caches: 'caches' in globalThis ? globalThis.caches : null,
  };
}

function filesOf(manifest: PackManifest): readonly PackFile[] {
  return [manifest.model, manifest.labels, manifest.golden, manifest.heads, manifest.projection];
}

/** The whole body; stops reading once there is more than `expected` bytes. */
async function readBody(
  response: Response,
  expected: number | null,
  progress: ByteProgress,
): Promise<ArrayBuffer> {
  if (!response.body || expected === null) return response.arrayBuffer();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    received += value.byteLength;
    if (received > expected) {
      await reader.cancel();
      break;
    }
    progress(received, expected);
  }
  const whole = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}

async function damageOf(bytes: ArrayBuffer, file: PackFile): Promise<ModelProblem | null> {
  if (bytes.byteLength !== file.bytes) {
    const more = bytes.byteLength > file.bytes ? 'at least ' : '';
    return {
      code: 'damaged',
      file: file.path,
      found: `${more}${bytes.byteLength} bytes`,
      expected: `${file.bytes} bytes`,
    };
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 === file.sha256) return null;
  return {
    code: 'damaged',
    file: file.path,
    found: `SHA-256 ${sha256}`,
    expected: `SHA-256 ${file.sha256}`,
  };
}
