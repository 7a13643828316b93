import type { LiveIndex } from '../index/live-index.ts';
import { isBlank, readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { listCount } from '../index/trained-index.ts';
import { dot } from '../vector/dot.ts';
import { TopK } from '../vector/top-k.ts';
import type { Clock } from './clock.ts';
import type { ContentId, ModelKey } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';
import type { VectorChunk } from './stored-rows.ts';

/** How the index does when it visits so many lists. */
export interface CheckPoint {
  /** 0: everything is exact. */
  readonly probes: number;
  /**
   * Share of the ten nearest that a search here answers with, 0..1, mean over the sample: those that are among its
   * candidates, since all of these are scored exactly in the end.
   */
  readonly recall: number;
  /** The same of the index alone: those that are among its own best ten. */
  readonly recallOfCodes: number;
  /** Milliseconds in which the index finds the candidates, on one thread. */
  readonly median: number;
  readonly p95: number;
}

export interface IndexCheck {
  /** Pictures that were asked for. */
  readonly sample: number;
  /** Pictures that were searched. */
  readonly pictures: number;
  /** By probes, ascending. */
  readonly points: readonly CheckPoint[];
}

const nearest = 10;
/** Candidates of a search, about as many as the page asks for. */
const candidates = 324;
const mostSampled = 64;
/** Queries of each point: a clock of 0.1 ms wants some. */
const leastTimed = 64;

/**
 * Compares the index with an exact search over the stored vectors, for a sample of the person's own pictures: the same
 * ones each time, spread over the library. Searches are those of find-similar, but for the exact scores at the end.
 *
 * @param contents the pictures in the index, ascending
 * @param extraProbes points to measure besides the powers of two
 * @param wanted false: give up
 * @returns null: given up, or there are too few pictures to ask for ten others
 */
export async function checkIndex(
  live: LiveIndex,
  contents: readonly ContentId[],
  model: ModelKey,
  store: Pick<PhotoStore, 'vectors' | 'eachVectorChunk'>,
  clock: Clock,
  extraProbes: readonly number[],
  wanted: () => boolean,
): Promise<IndexCheck | null> {
  const step = Math.max(1, Math.floor(contents.length / mostSampled));
  const chosen = contents.filter((_, n) => n % step === step >> 1).slice(0, mostSampled);
  const read = await store.vectors(model, chosen);
  const sample = chosen.flatMap((content, n): Query[] => {
    const vector = read[n] ?? null;
    return vector === null ? [] : [{ content, vector }];
  });
  if (sample.length === 0 || contents.length <= nearest) return null;
  const searched = new Set<number>(contents);
  const best = sample.map(() => new TopK(nearest));
  await store.eachVectorChunk(model, async (chunk) => {
    if (chunk.dim === live.dim) compare(sample, best, chunk, searched);
    await clock.breathe();
    return wanted();
  });
  const exact = best.map((top) => new Set(top.sorted().ids));
  const points: CheckPoint[] = [];
  for (const probes of probesFor(live, extraProbes)) {
    if (!wanted()) return null;
    points.push(await measured(live, sample, exact, probes, clock));
  }
  return { sample: sample.length, pictures: contents.length, points };
}

interface Query {
  readonly content: ContentId;
  readonly vector: Float32Array;
}

/** Offers a chunk's pictures to the nearest of each query. */
function compare(
  sample: readonly Query[],
  best: readonly TopK[],
  { firstContent, rows, dim, records }: VectorChunk,
  searched: ReadonlySet<number>,
): void {
  const vector = new Float32Array(dim);
  for (let row = 0; row < rows; row++) {
    const other = firstContent + row;
    const at = row * recordBytes(dim);
    if (isBlank(records, at) || !searched.has(other)) continue;
    readUnitVector(records, at, dim, vector);
    sample.forEach(({ content, vector: query }, n) => {
      if (content !== other) best[n]!.push(other, dot(query, vector, dim));
    });
  }
}

/** 1, 2, 4, ... up to all lists, and the extra ones. */
function probesFor(live: LiveIndex, extra: readonly number[]): number[] {
  if (live.sealed === null) return [0];
  const lists = listCount(live.sealed.trained);
  const probes = new Set([lists, ...extra.map((n) => Math.max(1, Math.min(lists, n)))]);
  for (let n = 1; n < lists; n *= 2) probes.add(n);
  return [...probes].sort((a, b) => a - b);
}

async function measured(
  live: LiveIndex,
  sample: readonly Query[],
  /** The nearest others of each query. */
  exact: readonly ReadonlySet<number>[],
  probes: number,
  clock: Clock,
): Promise<CheckPoint> {
  const options = probes === 0 ? {} : { nprobe: probes };
  const times: number[] = [];
  let found = 0;
  let foundByCodes = 0;
  const among = (n: number, ids: Uint32Array) =>
    ids.reduce((sum, id) => sum + (exact[n]!.has(id) ? 1 : 0), 0);
  // Recall first, unmeasured: engines run code slowly until it has run for a while, which is not the index's doing.
  for (const [n, { content, vector }] of sample.entries()) {
    found += among(n, live.search(vector, candidates + 1, options).ids);
    // One more, since the picture itself is among them.
    const best = live.search(vector, nearest + 1, options).ids.filter((id) => id !== content);
    foundByCodes += among(n, best.subarray(0, nearest));
  }
  await clock.breathe();
  for (let round = 0; round < Math.ceil(leastTimed / sample.length); round++) {
    for (const { vector } of sample) {
      const began = clock.ticks();
      live.search(vector, candidates + 1, options);
      times.push(clock.ticks() - began);
    }
    await clock.breathe();
  }
  times.sort((a, b) => a - b);
  const possible = exact.reduce((sum, { size }) => sum + size, 0);
  return {
    probes,
    recall: found / possible,
    recallOfCodes: foundByCodes / possible,
    median: times[times.length >> 1]!,
    p95: times[Math.min(times.length - 1, Math.floor(times.length * 0.95))]!,
  };
}
