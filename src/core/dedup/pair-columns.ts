import { pairKey, type ScoredPairs } from './group-pairs.ts';
import { type Tier, tiers } from './tiers.ts';

/** Pairs of contents with their tier, as they are stored: equal lengths. */
export interface PairChunk {
  readonly first: Uint32Array<ArrayBuffer>;
  readonly second: Uint32Array<ArrayBuffer>;
  /** Places in `tiers`. */
  readonly tiers: Uint8Array<ArrayBuffer>;
  /** 0..1: of copies the part that looks the same, of others the cosine. */
  readonly scores: Float32Array<ArrayBuffer>;
}

/** What is known of one pair. */
export interface FoundTier {
  readonly tier: Tier;
  /** See `PairChunk`. */
  readonly score: number;
}

/** Growing columns of pairs; a pair that comes again takes the place of the former. */
export class PairColumns {
  readonly #first: number[] = [];
  readonly #second: number[] = [];
  readonly #tiers: number[] = [];
  readonly #scores: number[] = [];
  readonly #at = new Map<number, number>();

  get count(): number {
    return this.#first.length;
  }

  put(a: number, b: number, tier: Tier, score: number): void {
    const key = pairKey(a, b);
    const at = this.#at.get(key) ?? this.#first.length;
    this.#at.set(key, at);
    this.#first[at] = Math.min(a, b);
    this.#second[at] = Math.max(a, b);
    this.#tiers[at] = tiers.indexOf(tier);
    this.#scores[at] = score;
  }

  /** @param wanted tiers that count */
  add(
    { first, second, tiers: codes, scores }: PairChunk,
    wanted: (tier: Tier) => boolean = () => true,
  ): void {
    for (let n = 0; n < first.length; n++) {
      const tier = tiers[codes[n]!];
      if (tier !== undefined && wanted(tier)) this.put(first[n]!, second[n]!, tier, scores[n]!);
    }
  }

  find(a: number, b: number): FoundTier | null {
    const at = this.#at.get(pairKey(a, b));
    return at === undefined ? null : { tier: tiers[this.#tiers[at]!]!, score: this.#scores[at]! };
  }

  /** @param wanted pairs that count */
  ofTier(tier: Tier, wanted: (a: number, b: number) => boolean): ScoredPairs {
    const code = tiers.indexOf(tier);
    const [first, second, scores]: [number[], number[], number[]] = [[], [], []];
    for (let n = 0; n < this.#first.length; n++) {
      if (this.#tiers[n] !== code || !wanted(this.#first[n]!, this.#second[n]!)) continue;
      first.push(this.#first[n]!);
      second.push(this.#second[n]!);
      scores.push(this.#scores[n]!);
    }
    return { first, second, scores };
  }

  /** All of them, in one piece. */
  chunk(): PairChunk {
    return {
      first: Uint32Array.from(this.#first),
      second: Uint32Array.from(this.#second),
      tiers: Uint8Array.from(this.#tiers),
      scores: Float32Array.from(this.#scores),
    };
  }
}
