/** A content's number; its hash where the library has nothing of it any more. */
export type ContentNode = number | string;

/** A content that went, or is to go, for the sake of another one. */
export interface Bequest {
  readonly gone: ContentNode;
  readonly keptFor: ContentNode;
}

/**
 * [Note: Heirs]
 * A photo for whose sake others went may be the last to show what they showed. It goes only for the sake of one that
 * shows all of that as well: a verified pair of each of them, or kept for it by a decision about these two. So a chain A-B-C
 * whose ends differ is not eaten up run by run, whatever the lists and rules of each run.
 */
export class Heirs {
  /** By content: those that went for its sake. */
  readonly #below = new Map<ContentNode, Set<ContentNode>>();
  readonly #isThere: (content: ContentNode) => boolean;
  readonly #shows: (kept: ContentNode, other: ContentNode) => boolean;
  readonly #known = new Map<ContentNode, ReadonlySet<ContentNode>>();

  /**
   * @param isThere whether the library has a photo of a content that is not removed
   * @param shows whether the first shows what the second shows
   */
  constructor(
    bequests: Iterable<Bequest>,
    isThere: (content: ContentNode) => boolean,
    shows: (kept: ContentNode, other: ContentNode) => boolean,
  ) {
    for (const { gone, keptFor } of bequests) {
      const below = this.#below.get(keptFor) ?? new Set();
      this.#below.set(keptFor, below.add(gone));
    }
    this.#isThere = isThere;
    this.#shows = shows;
  }

  /** Whether a content may go for the sake of another: nothing is lost by it. */
  mayTake(kept: ContentNode, going: ContentNode): boolean {
    if (kept === going) return true;
    for (const one of [going, ...this.#heldBy(going)]) {
      const isSaid = this.#below.get(kept)?.has(one) === true;
      if (one !== kept && !isSaid && !this.#shows(kept, one)) return false;
    }
    return true;
  }

  /** What went for its sake, then for the sake of those, and is not there. */
  #heldBy(content: ContentNode): ReadonlySet<ContentNode> {
    const known = this.#known.get(content);
    if (known !== undefined) return known;
    const held = new Set<ContentNode>();
    const waiting = [content];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const gone of this.#below.get(at) ?? []) {
        if (gone === content || held.has(gone) || this.#isThere(gone)) continue;
        held.add(gone);
        waiting.push(gone);
      }
    }
    this.#known.set(content, held);
    return held;
  }
}
