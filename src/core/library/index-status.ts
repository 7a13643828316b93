import { formatFactory } from '../index/factory-string.ts';
import type { LiveIndex } from '../index/live-index.ts';
import { recommendedIndex } from '../index/recommended-index.ts';
import { type BuildProgress, sealedBytes } from '../index/sealed-part.ts';
import type { Refusal } from '../index/snapshot-layout.ts';
import { listCount } from '../index/trained-index.ts';

/** What a build is at; `share`: 0..1 of all phases together. */
export interface BuildState {
  readonly phase: BuildProgress['phase'] | 'read';
  readonly share: number;
}

/** Why there is no (newer) index: searches are right all the same, but take more memory or time. */
export type IndexProblem =
  | { readonly code: 'build-failed' /** The error's words. */; readonly found: string }
  /** It works, but is not kept: the next start builds it again. */
  | { readonly code: 'storage-full' };

/** How the search for similar photos stands, for people. */
export interface IndexStatus {
  /** False while stored vectors are being read: what is not read yet is not found yet. */
  readonly loaded: boolean;
  /** Factory string of what is compressed; null: everything is exact. */
  readonly factory: string | null;
  /** Different pictures; equal files count once. */
  readonly pictures: number;
  /** Of these, those that are not compressed yet. */
  readonly tail: number;
  /** Components of a vector; 0: there is none yet. */
  readonly dim: number;
  /** Memory of all that a search needs. */
  readonly bytes: number;
  /** Lists that the pictures are sorted into; 0: everything is exact. */
  readonly lists: number;
  /** Lists that a search visits, and that it would visit unless the person had chosen. */
  readonly probes: number;
  readonly advisedProbes: number;
  /** What the build took; null: nothing was built. */
  readonly buildMilliseconds: number | null;
  readonly build: BuildState | null;
  readonly problem: IndexProblem | null;
  /** What was wrong with the stored index, which was not used then; null: nothing. */
  readonly refused: Refusal | null;
}

/** What `IndexUpkeep` adds to the status. */
export interface UpkeepState {
  readonly build: BuildState | null;
  readonly buildMilliseconds: number | null;
  readonly problem: IndexProblem | null;
}

export const noIndexStatus: IndexStatus = {
  loaded: false,
  factory: null,
  pictures: 0,
  tail: 0,
  dim: 0,
  bytes: 0,
  lists: 0,
  probes: 0,
  advisedProbes: 0,
  buildMilliseconds: null,
  build: null,
  problem: null,
  refused: null,
};

/** @param probes what the person chose; null: nothing */
export function indexStatus(
  live: LiveIndex | null,
  loaded: boolean,
  refused: Refusal | null,
  upkeep: UpkeepState,
  probes: number | null,
): IndexStatus {
  if (live === null) return { ...noIndexStatus, ...upkeep, loaded, refused };
  const { sealed: part, dim, size } = live;
  const { tail, sealed } = live.sizes;
  const lists = part === null ? 0 : listCount(part.trained);
  const advisedProbes = part === null ? 0 : Math.min(lists, recommendedIndex(sealed, dim).nprobe);
  return {
    ...upkeep,
    loaded,
    refused,
    factory: part === null ? null : formatFactory(part.trained.spec),
    pictures: size,
    tail,
    dim,
    bytes: live.tailBytes + (part === null ? 0 : sealedBytes(part).total),
    lists,
    probes: Math.min(lists, probes ?? advisedProbes),
    advisedProbes,
  };
}

/** Phases in order, with their share of the time of a build of some 100,000 pictures. */
const shares = [
  ['read', 0.05],
  ['sample', 0.02],
  ['axes', 0.05],
  ['lists', 0.33],
  ['codes', 0.15],
  ['encode', 0.38],
  ['arrange', 0.02],
] as const satisfies readonly (readonly [BuildState['phase'], number])[];

/** @param done 0..1 of the phase */
export function buildState(phase: BuildState['phase'], done: number): BuildState {
  let share = 0;
  for (const [name, weight] of shares) {
    if (name === phase) return { phase, share: share + weight * done };
    share += weight;
  }
  throw new Error(`a build has no phase "${phase}"`);
}
