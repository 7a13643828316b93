import { colourDistance } from '../image/colour-signature.ts';
import type { Picture } from '../image/picture.ts';
import { checkPixels, type PixelCheck } from '../image/pixel-check.ts';
import { PreparedPicture } from '../image/prepared-picture.ts';
import { queryParts, queryTurns } from '../image/query-views.ts';
import { innerColourAt, pictureColours, pictureHash } from '../image/signature.ts';
import { type PairMatch, sameBytes, verifyPair } from '../image/verify-pair.ts';
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
    const vectors = [resolved.vector, ...(await this.#embedded([...queryTurns(picture), ...parts]))];
    if (isOver()) return { kind: 'superseded' };
    const began = clock.ticks();
    const { content: own } = resolved;
    const isOwnAllowed = own !== null && ((allowed[own >> 5]! >>> (own & 31)) & 1) === 1;
    const found = this.#candidates(picture, resolved.signature, parts, vectors, allowed);
    const candidates = [...new Set([...(isOwnAllowed ? [own] : []), ...found])];
    const first = new PreparedPicture(picture);
    const hits: SameHit[] = [];
    const prepared = await this.#prepared.all(candidates);
    let [looked, unread, misses] = [0, 0, 0];
    let isHere = false;
    for (const [n, content] of candidates.entries()) {
      await clock.breathe();
      if (isOver()) return { kind: 'superseded' };
      const second = prepared[n] ?? null;
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
      for (const id of catalogue.table.photosOf(content)) if (wanted(id)) hits.push({ id, match, pixels });
    }
    hits.sort((a, b) => rankOf(b.match) - rankOf(a.match) || a.id - b.id);
    return { kind: 'same', hits, looked, unread, searched, milliseconds: clock.ticks() - began };
  }

  /** As stored; of photos whose previews were deleted ([Note: Evicted previews]) from their files, null where those are gone. */
  async #thumbnails(contents: readonly ContentId[]): Promise<(StoredThumbnail | null)[]> {
    const { catalogue, embedSubject } = this.#parts;
    const stored = await catalogue.store.thumbnails(contents);
    return Promise.all(
      contents.map(async (content, n) => {
        const [photo] = catalogue.table.photosOf(content);
        if (stored[n] != null || photo === undefined) return stored[n] ?? null;
        const outcome = await embedSubject({ kind: 'photo', id: photo, region: null });
        return outcome.ok ? outcome.thumbnail : null;
      }),
    );
  }

  async #embedded(views: readonly Picture[]): Promise<Float32Array[]> {
    const { pictures, embed } = this.#parts;
    const outcomes = await Promise.all(views.map(async (view) => embed(await pictures.encode(view), null)));
    // A view that could not be embedded is one chance less, nothing worse.
    return outcomes.flatMap((outcome) => (outcome.ok ? [outcome.embedding] : []));
  }

  /** Best first: those of the hashes, of strips and of the vectors in turns. */
  #candidates(
    picture: Picture,
    signature: Uint8Array | null,
    parts: readonly Picture[],
    vectors: readonly Float32Array[],
    allowed: Uint32Array,
  ): ContentId[] {
    const { signatures } = this.#parts;
    const ofParts = parts.flatMap((part) => pictureHash(part) ?? []);
    const byHash = signatures.nearestHashes(pictureHash(picture), ofParts, allowed, mostByHash);
    const lists = [
      byHash.map(({ content }) => content),
      signature === null ? [] : signatures.nearestStrips(signature, allowed, mostByStrips),
      this.#byVector(picture, parts, vectors, allowed),
    ];
    const longest = Math.max(...lists.map(({ length }) => length));
    const inTurns = Array.from({ length: longest }, (_, n) => lists.flatMap((list) => list[n] ?? []));
    return [...new Set(inTurns.flat())];
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
    const ofParts = parts.map(pictureColours);
    const firstPart = vectors.length - parts.length;
    const byBoth = found.slice(nearestByVector).map(({ content, score, to }) => {
      const own = signatures.of(content);
      const looked = ofParts[to - firstPart] ?? whole;
      const apart = own === null ? 0 : colourDistance(looked, own, 0, innerColourAt);
      return { content, score: score - colourWeight * apart };
    });
    byBoth.sort((a, b) => b.score - a.score || a.content - b.content);
    return [...found.slice(0, nearestByVector), ...byBoth]
      .slice(0, mostByVector)
      .map(({ content }) => content);
  }
}

function rankOf({ verdict, agreement, ofFirst, ofSecond }: PairMatch): number {
  return (verdict === 'same' ? 2 : 0) + agreement * Math.sqrt(ofFirst * ofSecond);
}
