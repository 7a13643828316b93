import { colourDistance } from '../image/colour-signature.ts';
import { layoutDistance } from '../image/layout-signature.ts';
import {
  colourScore,
  layoutScore,
  mixedScore,
  type PartScores,
  type PartWeights,
  typeScore,
} from '../image/part-scores.ts';
import { colourAt, layoutAt } from '../image/signature.ts';
import { dot } from '../vector/dot.ts';
import { TopK } from '../vector/top-k.ts';
import { allowedContents, type MatchParts, type MatchQuery, resolveQuery } from './match-query.ts';
import type { MixedHit, MixedResult } from './match-result.ts';
import type { ContentId } from './photo.ts';

type Resolved = Extract<Awaited<ReturnType<typeof resolveQuery>>, { kind: 'resolved' }>;

/** Contents that the index gives, and as many that all signatures give, to be scored in full. */
const pool = 600;
/** Contents gone through before waiting messages are handled. */
const contentsPerBreath = 16_384;

/**
 * Finds the photos that are most alike by a mix of content, type, colours and layout. By content alone the index knows
 * them; where other parts count, too, photos may come first that it would never have listed: so all signatures are gone
 * through, as well.
 */
export class MixedPhotos {
  readonly #parts: MatchParts;
  #latest = 0;

  constructor(parts: MatchParts) {
    this.#parts = parts;
  }

  /** Newest wins: an earlier request that is not answered yet is 'superseded'. At most `limit` photos, best first. */
  async find(query: MatchQuery, weights: PartWeights, limit: number): Promise<MixedResult> {
    const { catalogue, clock, signatures, similar, tagsLoaded } = this.#parts;
    const turn = ++this.#latest;
    const isOver = () => turn !== this.#latest;
    await clock.breathe();
    if (isOver()) return { kind: 'superseded' };
    await Promise.all([signatures.load(), tagsLoaded()]);
    const resolved = await resolveQuery(this.#parts, query);
    if (isOver()) return { kind: 'superseded' };
    if (resolved.kind === 'failed') return resolved;
    const began = clock.ticks();
    const { allowed, searched, wanted } = allowedContents(catalogue, query);
    const scores = new Map<ContentId, number>();
    for (const { content, score } of await similar.nearest(resolved.vector, pool, allowed))
      scores.set(content, score);
    const others = await this.#byLooks(resolved, weights, allowed, isOver);
    if (others === null || isOver()) return { kind: 'superseded' };
    const unknown = others.filter((content) => !scores.has(content));
    const vectors = await similar.vectorsOf(unknown);
    unknown.forEach((content, n) => {
      const vector = vectors[n];
      if (vector != null) scores.set(content, dot(resolved.vector, vector, vector.length));
    });
    if (isOver()) return { kind: 'superseded' };
    const { capturedAt } = catalogue.table.columns;
    const hits: MixedHit[] = [];
    for (const [content, cosine] of scores) {
      for (const id of catalogue.table.photosOf(content)) {
        if (!wanted(id)) continue;
        const parts = this.#partsOf(resolved, content, cosine);
        if (parts !== null) hits.push({ id, cosine, parts, capturedAt: capturedAt[id]! });
      }
    }
    const order = new Map(hits.map((hit) => [hit, mixedScore(hit.parts, weights)]));
    hits.sort((a, b) => order.get(b)! - order.get(a)! || a.id - b.id);
    return { kind: 'mixed', hits: hits.slice(0, limit), searched, milliseconds: clock.ticks() - began };
  }

  #partsOf(query: Resolved, content: ContentId, cosine: number): PartScores | null {
    const own = this.#parts.signatures.of(content);
    if (query.signature === null || own === null) return null;
    return {
      content: 100 * Math.max(0, cosine),
      type: typeScore(query.profile, this.#parts.catalogue.profiles.get(content)),
      colour: colourScore(colourDistance(query.signature, own, colourAt, colourAt)),
      layout: layoutScore(layoutDistance(query.signature, own, layoutAt, layoutAt)),
    };
  }

  /** The contents that are best by what the index does not know; null when another question came. */
  async #byLooks(
    { signature, profile }: Resolved,
    weights: PartWeights,
    allowed: Uint32Array,
    isOver: () => boolean,
  ): Promise<ContentId[] | null> {
    const { catalogue, clock, signatures } = this.#parts;
    if (signature === null || weights.type + weights.colour + weights.layout === 0) return [];
    const best = new TopK(pool);
    for (let word = 0, seen = 0; word < allowed.length; word++) {
      for (let bits = allowed[word]!; bits !== 0; bits &= bits - 1) {
        const content = (word * 32 + 31 - Math.clz32(bits & -bits)) as ContentId;
        const own = signatures.of(content);
        if (own === null) continue;
        let score = 0;
        if (weights.colour > 0)
          score += weights.colour * colourScore(colourDistance(signature, own, colourAt, colourAt));
        if (weights.type > 0) score += weights.type * typeScore(profile, catalogue.profiles.get(content));
        // Layout takes longest, and most are out of the running without it.
        if (weights.layout > 0 && score + 100 * weights.layout >= best.bar)
          score += weights.layout * layoutScore(layoutDistance(signature, own, layoutAt, layoutAt));
        best.push(content, score);
        if (++seen % contentsPerBreath !== 0) continue;
        await clock.breathe();
        if (isOver()) return null;
      }
    }
    return Array.from(best.sorted().ids, (content) => content as ContentId);
  }
}
