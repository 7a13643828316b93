import { allowRow } from '../index/vector-index.ts';
import { profileOf, recommend, type TellingLabel, tellingLabels } from '../search/recommend.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { ContentHit, PhotoIndex } from './photo-index.ts';
import { favouriteFlag } from './photo-table.ts';
import { shownTest } from './query-photos.ts';

/** Photos and tags that the person may like. */
export interface ForYou {
  readonly photos: readonly {
    readonly id: PhotoId;
    /** The photo for whose sake, and whether it is a favourite, was tagged, or merely opened; or a label that it carries. */
    readonly because:
      | { readonly reason: LikeReason; readonly photo: PhotoId }
      | { readonly reason: 'label'; readonly label: LabelNumber };
  }[];
  readonly labels: readonly LabelNumber[];
}

export type LikeReason = 'favourite' | 'tagged' | 'opened';

/** How much each says. */
const weights: Readonly<Record<LikeReason, number>> = { favourite: 1, tagged: 0.6, opened: 0.5 };
/** So many liked photos are looked at, the newest ones of each kind. */
const most: Readonly<Record<LikeReason, number>> = { favourite: 24, tagged: 8, opened: 8 };
/** Neighbours of each. */
const perPhoto = 24;
/** Without a favourite, what was tagged and opened must say so much in all: 7 tagged photos, or 8 opened ones. */
const leastWeight = 4;
/** Of the newest photos that carry one of the most telling labels so many are looked at, and the best so many taken. */
const labelled = { labels: 3, looked: 400, taken: 24 };
/** Opened photos that are remembered. */
const remembered = 100;
const key = 'opened';

/** What the person may like, from favourites, from photos that they opened and from those that they tagged. */
export class Recommendations {
  readonly #catalogue: Catalogue;
  readonly #index: () => PhotoIndex | null;
  /** Newest last; null until read. */
  #opened: PhotoId[] | null = null;

  constructor(catalogue: Catalogue, index: () => PhotoIndex | null) {
    this.#catalogue = catalogue;
    this.#index = index;
  }

  /** Remembers that a photo was opened. */
  async noteOpened(id: PhotoId): Promise<void> {
    const before = await this.#openedPhotos();
    this.#opened = [...before.filter((other) => other !== id), id].slice(-remembered);
    await this.#catalogue.store.remember(key, this.#opened);
  }

  /** Forgets what was opened. */
  async forget(): Promise<void> {
    this.#opened = [];
    await this.#catalogue.store.forget(key);
  }

  /** Null while too little is known: nothing is a favourite, and little was tagged or opened. */
  async forYou(count: number, labelCount: number): Promise<ForYou | null> {
    const index = this.#index();
    const liked = this.#liked(await this.#openedPhotos());
    const said = liked.reduce((sum, { reason }) => sum + weights[reason], 0);
    const enough = liked.some(({ reason }) => reason === 'favourite') || said >= leastWeight;
    if (index === null || !enough) return null;
    const { table, tags, store } = this.#catalogue;
    const isShown = shownTest(table, 'present');

    const allowed = new Uint32Array((this.#catalogue.counters.content >> 5) + 1);
    for (const id of table.ids()) {
      const content = isShown(id) ? table.contentOf(id) : null;
      if (content !== null) allowRow(allowed, content);
    }
    const known = new Set(liked.map(({ content }) => content));
    const seeds: { photo: PhotoId; reason: LikeReason; vector: Float32Array; weight: number }[] = [];
    const found = new Map<ContentId, PhotoId>();
    for (const { photo, content, reason } of liked) {
      const vector = await index.vectorOf(content);
      if (vector === null) continue;
      seeds.push({ photo, reason, vector, weight: weights[reason] });
      const hits: readonly ContentHit[] = await index.search(vector, perPhoto, { allowed, probes: null });
      for (const hit of hits) {
        if (known.has(hit.content) || found.has(hit.content)) continue;
        const shown = table.photosOf(hit.content).find((id) => isShown(id));
        if (shown !== undefined) found.set(hit.content, shown);
      }
    }
    const all = Uint32Array.from([...table.ids()].filter((id) => isShown(id)));
    const telling = this.#telling(liked, all);
    for (const { id, content } of this.#labelled(telling, all)) {
      if (!known.has(content) && !found.has(content)) found.set(content, id);
    }
    const contents = [...found.keys()];
    const vectors = await store.vectors(index.model.key, contents);
    const rows = contents.flatMap((content, n) => {
      const vector = vectors[n];
      const id = found.get(content)!;
      return vector ? [{ id, vector, profile: profileOf(tags.get(id), telling) }] : [];
    });
    const because = (id: PhotoId, seed: number | null): ForYou['photos'][number]['because'] => {
      if (seed !== null) return { reason: seeds[seed]!.reason, photo: seeds[seed]!.photo };
      const own = new Set<number>(tags.get(id));
      return { reason: 'label', label: telling.find(({ label }) => own.has(label))!.label as LabelNumber };
    };
    return {
      photos: recommend(seeds, rows, count).map(({ candidate, because: seed }) => {
        const { id } = rows[candidate]!;
        return { id, because: because(id, seed) };
      }),
      labels: telling.slice(0, labelCount).map(({ label }) => label as LabelNumber),
    };
  }

  #telling(liked: readonly { readonly photo: PhotoId }[], all: Uint32Array): readonly TellingLabel[] {
    const { tags, labels } = this.#catalogue;
    const ofLiked = new Uint32Array(labels.size);
    const ofAll = new Uint32Array(labels.size);
    tags.count(
      Uint32Array.from(liked, ({ photo }) => photo),
      ofLiked,
    );
    tags.count(all, ofAll);
    return tellingLabels(ofLiked, liked.length, ofAll, all.length);
  }

  /** Photos whose labels fit best, of the newest that carry one of the most telling ones. */
  #labelled(telling: readonly TellingLabel[], all: Uint32Array): { id: PhotoId; content: ContentId }[] {
    const { table, tags } = this.#catalogue;
    const top = telling.slice(0, labelled.labels).map(({ label }) => label as LabelNumber);
    if (top.length === 0) return [];
    const carries = tags.matcher([], top, []);
    const looked: { id: PhotoId; content: ContentId; profile: number }[] = [];
    for (let at = all.length - 1; at >= 0 && looked.length < labelled.looked; at--) {
      const id = all[at] as PhotoId;
      const content = carries(id) ? table.contentOf(id) : null;
      if (content !== null) looked.push({ id, content, profile: profileOf(tags.get(id), telling) });
    }
    return looked.sort((a, b) => b.profile - a.profile || b.id - a.id).slice(0, labelled.taken);
  }

  /** Liked photos, each once, for the reason that says most. */
  #liked(opened: readonly PhotoId[]) {
    const { table, tags } = this.#catalogue;
    const { flags } = table.columns;
    const isShown = shownTest(table, 'present');
    // Without a list of its own for each of a million photos.
    const isTagged = (id: PhotoId) => {
      for (const verdict of tags.verdictsOf(id).values()) if (verdict === 'accepted') return true;
      return false;
    };
    const favourites: PhotoId[] = [];
    const tagged: PhotoId[] = [];
    for (const id of table.ids()) {
      if (!isShown(id)) continue;
      if ((flags[id]! & favouriteFlag) !== 0) favourites.push(id);
      else if (isTagged(id)) tagged.push(id);
    }
    const liked = new Map<ContentId, { photo: PhotoId; content: ContentId; reason: LikeReason }>();
    const take = (ids: readonly PhotoId[], reason: LikeReason) => {
      for (const photo of ids.slice(-most[reason])) {
        const content = table.has(photo) && isShown(photo) ? table.contentOf(photo) : null;
        if (content !== null && !liked.has(content)) liked.set(content, { photo, content, reason });
      }
    };
    take(favourites, 'favourite');
    take(tagged, 'tagged');
    take(opened, 'opened');
    return [...liked.values()];
  }

  async #openedPhotos(): Promise<readonly PhotoId[]> {
    if (this.#opened !== null) return this.#opened;
    const stored = await this.#catalogue.store.remembered(key);
    this.#opened ??= Array.isArray(stored)
      ? (stored.filter((id) => Number.isInteger(id)).slice(-remembered) as PhotoId[])
      : [];
    return this.#opened;
  }
}
