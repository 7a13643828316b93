import { colourDistance } from '../image/colour-signature.ts';
import type { Picture } from '../image/picture.ts';
import { checkPixels, type PixelCheck } from '../image/pixel-check.ts';
import { PreparedPicture } from '../image/prepared-picture.ts';
import { queryParts, queryTurns } from '../image/query-views.ts';
import { innerColourAt, pictureColours, pictureHash } from '../image/signature.ts';
import { type PairMatch, sameBytes, verifyPair } from '../image/verify-pair.ts';
import { isAllowed } from '../index/vector-index.ts';
import type { MatchParts } from './match-query.ts';
import { allowedContents, type MatchQuery, resolveQuery } from './match-query.ts';
import type { SameHit, SameResult } from './match-result.ts';
import type { ContentId } from './photo.ts';
import { PreparedPictures } from './prepared-pictures.ts';
import type { StoredThumbnail } from './stored-rows.ts';

/** Candidates by hash and by vectors; each costs a few milliseconds to read, prepare and verify. */
const mostByHash = 4;
const mostByStrips = 3;
const mostByVector = 12;
/** Of those by vectors so many are the nearest ones; the others are the nearest ones whose colours are alike, too. */
const nearestByVector = 4;
/** What colours weigh then: copies keep theirs to 0.03 or so, unless they were recoloured; photos of like things do not. */
const colourWeight = 2;
/** Neighbours of each view that are looked at. */
const perView = 24;
/** Where the whole picture is here already, so many candidates in a row that are no copies end the search: the best come first. */
const mostMisses = 4;
/** Of the very same bytes. */
const allTheSame: PixelCheck = { same: true, differing: 0, place: null };
/** Candidates that are read at a time, the next ones while these are compared: an early end spares reading the rest. */
const perRead = 4;
/** Prepared candidates that are kept, for the next search. */
const mostKept = 48;

/**
 * Finds what a picture was made from, or what was made from it, among the photos of the library: candidates by
 * perceptual hashes, by strips of the layout ([Note: Strip signs]) and by the vectors of the picture, its turned versions
 * and its parts, each then verified ([Note: Copies]) on its thumbnail.
 */
export class SamePictures {
  readonly #parts: MatchParts;
  readonly #prepared: PreparedPictures;
  #latest = 0;

  constructor(parts: MatchParts) {
    this.#parts = parts;
    this.#prepared = new PreparedPictures((contents) => this.#thumbnails(contents), parts.pictures, mostKept);
  }

  /**
   * Newest wins: an earlier request that is not answered yet is 'superseded'.
   *
   * @param isStrict copies are compared pixel by pixel, too: see `SameHit.pixels`
   */
  async find(query: MatchQuery, isStrict = false): Promise<SameResult> {
    const { catalogue, clock, signatures } = this.#parts;
    const { table } = catalogue;
    const turn = ++this.#latest;
    const isOver = () => turn !== this.#latest;
    await clock.breathe();
    if (isOver()) return { kind: 'superseded' };
    await signatures.load();
    const resolved = await resolveQuery(this.#parts, query, true);
    if (isOver()) return { kind: 'superseded' };
    if (resolved.kind === 'failed') return resolved;
    const { picture } = resolved;
    if (picture === null) return { kind: 'failed', failure: { code: 'broken' } };
    const { allowed, searched, wanted } = allowedContents(catalogue, query);
    const parts = queryParts(picture);
    const embedding = await this.#embedding([...queryTurns(picture), ...parts]);
    if (isOver()) return { kind: 'superseded' };
    // Other workers embed: what needs no vectors is done meanwhile.
    const byLooks = this.#byLooks(picture, resolved.signature, parts, allowed);
    const vectors = [resolved.vector, ...(await embedding.vectors)];
    if (isOver()) return { kind: 'superseded' };
    const began = clock.ticks();
    const { content: own } = resolved;
    const isOwnAllowed = own !== null && isAllowed(allowed, own);
    const byVector = this.#byVector(picture, parts, vectors, allowed);
    const candidates = inTurns([isOwnAllowed ? [own] : [], ...byLooks, byVector]);
    const first = new PreparedPicture(picture);
    const hits: SameHit[] = [];
    let [looked, unread, misses] = [0, 0, 0];
    let isHere = false;
    for await (const [content, second] of this.#read(candidates)) {
      await clock.breathe();
      if (isOver()) return { kind: 'superseded' };
      if (second === null) unread++;
      else looked++;
      // Where the whole picture is here already, the others are given up sooner: a third of the time for those that are none.
      const match: PairMatch | null =
        content === own ? sameBytes() : second && verifyPair(first, second, isHere);
      if (match === null) {
        if (isHere && ++misses === mostMisses) break;
        continue;
      }
      misses = 0;
      isHere ||= match.verdict === 'same';
      const pixels = !isStrict
        ? null
        : content === own
          ? allTheSame
          : second && checkPixels(picture, second.picture, match.transform);
      for (const id of table.photosOf(content))
        if (wanted(id)) hits.push({ id, match, pixels, capturedAt: table.columns.capturedAt[id]! });
    }
    hits.sort((a, b) => rankOf(b.match) - rankOf(a.match) || a.id - b.id);
    return { kind: 'same', hits, looked, unread, searched, milliseconds: clock.ticks() - began };
  }

  /** The candidates, each prepared, in order; null: it cannot be read. */
  async *#read(
    candidates: readonly ContentId[],
  ): AsyncGenerator<readonly [ContentId, PreparedPicture | null]> {
    let next = this.#prepared.all(candidates.slice(0, perRead));
    for (let at = 0; at < candidates.length; at += perRead) {
      const prepared = await next;
      next = this.#prepared.all(candidates.slice(at + perRead, at + 2 * perRead));
      // Awaited above, unless the search ends before.
      next.catch(() => {});
      for (const [n, one] of prepared.entries()) yield [candidates[at + n]!, one];
    }
  }

  /** As stored; of photos whose previews were deleted ([Note: Evicted previews]) from their files, null where those are gone. */
  async #thumbnails(contents: readonly ContentId[]): Promise<(StoredThumbnail | null)[]> {
    const { catalogue, embedSubject } = this.#parts;
    const stored = await catalogue.store.thumbnails(contents);
    return Promise.all(
      contents.map(async (content, n) => {
        if (stored[n] != null) return stored[n];
        // One file may be gone while another one with the same bytes is there.
        for (const id of catalogue.table.photosOf(content)) {
          const outcome = await embedSubject({ kind: 'photo', id, region: null });
          if (outcome.ok) return outcome.thumbnail;
        }
        return null;
      }),
    );
  }

  /** Begins to embed the views; resolves when other workers have them. */
  async #embedding(views: readonly Picture[]): Promise<{ readonly vectors: Promise<Float32Array[]> }> {
    const { pictures, embed } = this.#parts;
    const encoded = await Promise.all(views.map((view) => pictures.encode(view)));
    const outcomes = Promise.all(encoded.map((view) => embed(view, null)));
    // A view that could not be embedded is one chance less, nothing worse.
    return {
      vectors: outcomes.then((all) => all.flatMap((outcome) => (outcome.ok ? [outcome.embedding] : []))),
    };
  }

  /** Candidates by hashes and by strips, best first. */
  #byLooks(
    picture: Picture,
    signature: Uint8Array | null,
    parts: readonly Picture[],
    allowed: Uint32Array,
  ): readonly (readonly ContentId[])[] {
    const { signatures } = this.#parts;
    const ofParts = parts.flatMap((part) => pictureHash(part) ?? []);
    const byHash = signatures.nearestHashes(pictureHash(picture), ofParts, allowed, mostByHash);
    return [
      byHash.map(({ content }) => content),
      signature === null ? [] : signatures.nearestStrips(signature, allowed, mostByStrips),
    ];
  }

  /** @param vectors of the picture, its turned versions, its parts */
  #byVector(
    picture: Picture,
    parts: readonly Picture[],
    vectors: readonly Float32Array[],
    allowed: Uint32Array,
  ): ContentId[] {
    const { signatures, similar } = this.#parts;
    const found = similar.nearestToAny(vectors, perView, allowed);
    const whole = pictureColours(picture);
    const ofParts: (Uint8Array | undefined)[] = [];
    const coloursOf = (part: number) => {
      const own = parts[part];
      if (own === undefined) return whole;
      ofParts[part] ??= pictureColours(own);
      return ofParts[part];
    };
    const firstPart = vectors.length - parts.length;
    const byBoth = found.slice(nearestByVector).map(({ content, score, to }) => {
      const own = signatures.of(content);
      const looked = coloursOf(to - firstPart);
      const apart = own === null ? 0 : colourDistance(looked, own, 0, innerColourAt);
      return { content, score: score - colourWeight * apart };
    });
    byBoth.sort((a, b) => b.score - a.score || a.content - b.content);
    return [...found.slice(0, nearestByVector), ...byBoth]
      .slice(0, mostByVector)
      .map(({ content }) => content);
  }
}

/** The first of each list, the second of each, and so on; each content once. */
function inTurns(lists: readonly (readonly ContentId[])[]): readonly ContentId[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return [
    ...new Set(Array.from({ length: longest }, (_, n) => lists.flatMap((list) => list[n] ?? [])).flat()),
  ];
}

function rankOf({ verdict, agreement, ofFirst, ofSecond }: PairMatch): number {
  return (verdict === 'same' ? 2 : 0) + agreement * Math.sqrt(ofFirst * ofSecond);
}
