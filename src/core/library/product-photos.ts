import { colourDistance } from '../image/colour-signature.ts';
import { type ColourRule, colourLikeness, productScore } from '../image/product-score.ts';
import { innerColourAt } from '../image/signature.ts';
import { dot } from '../vector/dot.ts';
import type { ItemNames } from './item-names.ts';
import { allowedContents, type MatchParts, type MatchQuery, resolveQuery } from './match-query.ts';
import type { NameAnswer, ProductHit, ProductResult } from './match-result.ts';
import type { ContentId, PhotoId } from './photo.ts';

/** Contents that the index gives, to be ordered by colour, too. */
const pool = 400;
/** Photos that are nearer than that to one already listed are photos of the same thing, named or not. */
const sameThing = 0.9;
/** Named photos that vote. */
const voters = 5;
/** How near a named photo must be to vote for the name, by the rule that scores were made by; `npm run bench:find` tells how often that is right. */
export const leastNameScores: Readonly<Record<ColourRule, number>> = {
  counts: 0.72,
  ignored: 0.84,
  required: 0.72,
};

interface Scored {
  readonly content: ContentId;
  readonly cosine: number;
  /** Likeness, 0..1; null: not known. */
  readonly colour: number | null;
  readonly score: number;
}

/** Finds photos of the same product: on another background, from another side, in another colour if that is wanted. */
export class ProductPhotos {
  readonly #parts: MatchParts & { readonly names: ItemNames };
  #latest = 0;

  constructor(parts: MatchParts & { readonly names: ItemNames }) {
    this.#parts = parts;
  }

  /** Newest wins: an earlier request that is not answered yet is 'superseded'. At most `limit` results. */
  async find(query: MatchQuery, rule: ColourRule, limit: number): Promise<ProductResult> {
    const { catalogue, clock, signatures, similar, names } = this.#parts;
    const turn = ++this.#latest;
    await clock.breathe();
    if (turn !== this.#latest) return { kind: 'superseded' };
    await Promise.all([signatures.load(), names.load()]);
    const resolved = await resolveQuery(this.#parts, query);
    if (turn !== this.#latest) return { kind: 'superseded' };
    if (resolved.kind === 'failed') return resolved;
    const began = clock.ticks();
    const { allowed, searched, wanted } = allowedContents(catalogue, query);
    const near = await similar.nearest(resolved.vector, pool, allowed);
    if (turn !== this.#latest) return { kind: 'superseded' };
    const firstOf = ({ content }: Scored) => catalogue.table.photosOf(content)[0] ?? 0;
    const scored: Scored[] = near
      .map(({ content, score: cosine }) => {
        const apart = this.#colourDistance(resolved.signature, content);
        const colour = apart === null ? null : colourLikeness(apart);
        return { content, cosine, colour, score: productScore(cosine, apart, rule) };
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || firstOf(a) - firstOf(b));
    const hits = await this.#grouped(scored, wanted, limit);
    const answer = this.#named(scored, wanted, query, rule);
    return { kind: 'products', hits, answer, searched, milliseconds: clock.ticks() - began };
  }

  #colourDistance(query: Uint8Array | null, content: ContentId): number | null {
    const signature = this.#parts.signatures.of(content);
    return query === null || signature === null
      ? null
      : colourDistance(query, signature, innerColourAt, innerColourAt);
  }

  /** One hit for all photos of a name and those that can hardly be told from its best one, and for unnamed ones alike. */
  async #grouped(
    scored: readonly Scored[],
    wanted: (id: PhotoId) => boolean,
    limit: number,
  ): Promise<ProductHit[]> {
    const { catalogue, similar, names } = this.#parts;
    const top = scored.slice(0, 3 * limit);
    const vectors = await similar.vectorsOf(top.map(({ content }) => content));
    const groups: (ProductHit & { ids: PhotoId[]; vector: Float32Array | null })[] = [];
    for (const [n, { content, score, cosine, colour }] of top.entries()) {
      const ids = catalogue.table.photosOf(content).filter(wanted);
      if (ids.length === 0) continue;
      const name = ids.map((id) => names.of(id)?.name ?? null).find((found) => found !== null) ?? null;
      const vector = vectors[n] ?? null;
      const isNear = (one: (typeof groups)[number]) =>
        vector !== null && one.vector !== null && dot(vector, one.vector) >= sameThing;
      const capturedAt = Math.max(...ids.map((id) => catalogue.table.columns.capturedAt[id]!));
      const group =
        groups.find((one) => name !== null && one.name === name) ??
        groups.find((one) => (name === null || one.name === null) && isNear(one));
      if (group === undefined) {
        if (groups.length < limit)
          groups.push({
            ids: [...ids],
            score,
            content: Math.max(0, cosine),
            colour,
            capturedAt,
            name,
            vector,
          });
      } else {
        group.ids.push(...ids);
        // The best photo of a thing may be one without a name.
        groups[groups.indexOf(group)] = {
          ...group,
          name: group.name ?? name,
          capturedAt: Math.max(group.capturedAt, capturedAt),
        };
      }
    }
    return groups.map(({ vector: _, ...hit }) => hit);
  }

  /** Names of the nearest named photos vote, each with its score above the least. */
  #named(
    scored: readonly Scored[],
    wanted: (id: PhotoId) => boolean,
    { photo: asked, region }: MatchQuery,
    rule: ColourRule,
  ): NameAnswer | null {
    const { catalogue, names } = this.#parts;
    if (names.size === 0) return null;
    // A part of the photo may show something else.
    const own = asked === null || region !== null ? null : names.of(asked);
    if (own !== null)
      return { kind: 'named', name: own.name, votes: 1, of: 1, best: 1, columns: own.columns };
    const least = leastNameScores[rule];
    const votes = new Map<string, { weight: number; count: number; best: number; photo: PhotoId }>();
    let voted = 0;
    for (const { content, score } of scored) {
      if (score < least || voted === voters) break;
      for (const id of catalogue.table.photosOf(content)) {
        const name = wanted(id) ? names.of(id)?.name : undefined;
        if (name === undefined || voted === voters) continue;
        voted++;
        const vote = votes.get(name) ?? { weight: 0, count: 0, best: score, photo: id };
        votes.set(name, { ...vote, weight: vote.weight + score - least, count: vote.count + 1 });
      }
    }
    const [first] = [...votes].sort((a, b) => b[1].weight - a[1].weight);
    if (first === undefined) return { kind: 'unknown' };
    const [name, { count, best, photo }] = first;
    return { kind: 'named', name, votes: count, of: voted, best, columns: names.of(photo)?.columns ?? [] };
  }
}
