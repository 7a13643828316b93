import { colourDistance } from '../image/colour-signature.ts';
import { type ColourRule, productScore } from '../image/product-score.ts';
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
/** Named photos that are asked for the name, and how near one must be. */
const voters = 5;
export const leastNameScore = 0.72;

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
    const scored = near
      .map(({ content, score }) => ({
        content,
        score: productScore(score, this.#colourDistance(resolved.signature, content), rule),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.content - b.content);
    const hits = await this.#grouped(scored, wanted, limit);
    const answer = this.#named(scored, wanted);
    return { kind: 'products', hits, answer, searched, milliseconds: clock.ticks() - began };
  }

  #colourDistance(query: Uint8Array | null, content: ContentId): number | null {
    const signature = this.#parts.signatures.of(content);
    return query === null || signature === null
      ? null
      : colourDistance(query, signature, innerColourAt, innerColourAt);
  }

  /** One hit for all photos of a name, and for unnamed photos that can hardly be told from each other. */
  async #grouped(
    scored: readonly { readonly content: ContentId; readonly score: number }[],
    wanted: (id: PhotoId) => boolean,
    limit: number,
  ): Promise<ProductHit[]> {
    const { catalogue, similar, names } = this.#parts;
    const top = scored.slice(0, 3 * limit);
    const vectors = await similar.vectorsOf(top.map(({ content }) => content));
    const groups: { ids: PhotoId[]; score: number; name: string | null; vector: Float32Array | null }[] = [];
    for (const [n, { content, score }] of top.entries()) {
      const ids = catalogue.table.photosOf(content).filter(wanted);
      if (ids.length === 0) continue;
      const name = ids.map((id) => names.of(id)?.name ?? null).find((found) => found !== null) ?? null;
      const vector = vectors[n] ?? null;
      const group = groups.find((one) =>
        name !== null || one.name !== null
          ? one.name === name
          : vector !== null && one.vector !== null && dot(vector, one.vector) >= sameThing,
      );
      if (group !== undefined) group.ids.push(...ids);
      else if (groups.length < limit) groups.push({ ids: [...ids], score, name, vector });
    }
    return groups.map(({ ids, score, name }) => ({ ids, score, name }));
  }

  /** Names of the nearest named photos vote, each with its score above the least. */
  #named(
    scored: readonly { readonly content: ContentId; readonly score: number }[],
    wanted: (id: PhotoId) => boolean,
  ): NameAnswer | null {
    const { catalogue, names } = this.#parts;
    if (names.size === 0) return null;
    const votes = new Map<string, { weight: number; count: number; best: number; photo: PhotoId }>();
    let asked = 0;
    for (const { content, score } of scored) {
      if (score < leastNameScore || asked === voters) break;
      for (const id of catalogue.table.photosOf(content)) {
        const name = wanted(id) ? names.of(id)?.name : undefined;
        if (name === undefined || asked === voters) continue;
        asked++;
        const vote = votes.get(name) ?? { weight: 0, count: 0, best: score, photo: id };
        votes.set(name, { ...vote, weight: vote.weight + score - leastNameScore, count: vote.count + 1 });
      }
    }
    const [first] = [...votes].sort((a, b) => b[1].weight - a[1].weight);
    if (first === undefined) return { kind: 'unknown' };
    const [name, { count, best, photo }] = first;
    return { kind: 'named', name, votes: count, of: asked, best, columns: names.of(photo)?.columns ?? [] };
  }
}
