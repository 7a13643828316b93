import type { ComparedFacts } from '../dedup/compare-facts.ts';
import { sharpness } from '../dedup/sharpness.ts';
import { PreparedPicture } from '../image/prepared-picture.ts';
import { type PairMatch, verifyPair } from '../image/verify-pair.ts';
import { dot } from '../vector/dot.ts';
import type { Catalogue } from './catalogue.ts';
import { presentPhotosOf } from './duplicate-groups.ts';
import type { Pictures } from './model-ports.ts';
import type { PhotoId } from './photo.ts';
import { photoFacts } from './photo-facts.ts';

/** Photos side by side, in the order asked for; those that are gone are left out. */
export interface PhotoComparison {
  /** `equalFiles`: other photos of the same bytes that are there: what is decided between contents is about these, too. */
  readonly photos: readonly (ComparedFacts & { readonly equalFiles: number })[];
  /** Why the first two match; null: they are not copies, or cannot be read. */
  readonly match: PairMatch | null;
  /** Likeness of the first two by the model, -1..1; null if not known. */
  readonly cosine: number | null;
}

export async function comparePhotos(
  catalogue: Catalogue,
  pictures: Pictures,
  ids: readonly PhotoId[],
): Promise<PhotoComparison> {
  const { table, store } = catalogue;
  const facts = await photoFacts(catalogue, ids);
  const there = ids.filter((id) => facts.has(id));
  const contents = there.map((id) => table.contentOf(id));
  const known = [...new Set(contents.filter((content) => content !== null))];
  const thumbnails = await store.thumbnails(known);
  const prepared = new Map<number, PreparedPicture>();
  for (const [n, content] of known.entries()) {
    const picture = thumbnails[n] == null ? null : await pictures.decode(thumbnails[n]);
    if (picture !== null) prepared.set(content, new PreparedPicture(picture));
  }
  const [first, second] = contents.map((content) => (content === null ? undefined : prepared.get(content)));
  const isCopy = first !== undefined && second !== undefined && first !== second;
  return {
    photos: there.map((id, n) => {
      const picture = prepared.get(contents[n] ?? -1)?.picture;
      const content = contents[n] ?? null;
      return {
        ...facts.get(id)!,
        sharpness: picture === undefined ? null : sharpness(picture),
        equalFiles:
          content === null ? 0 : presentPhotosOf(catalogue, content).filter((other) => other !== id).length,
      };
    }),
    match: isCopy ? verifyPair(first, second) : null,
    cosine: await cosineOf(catalogue, there),
  };
}

async function cosineOf(catalogue: Catalogue, ids: readonly PhotoId[]): Promise<number | null> {
  const { table, store } = catalogue;
  const [a, b] = ids.map((id) => ({ content: table.contentOf(id), model: table.columns.model[id] }));
  if (a?.content == null || b?.content == null || a.model !== b.model) return null;
  const model = catalogue.modelByNumber(a.model ?? 0);
  if (model === null) return null;
  const [first, second] = await store.vectors(model.key, [a.content, b.content]);
  return first == null || second == null ? null : dot(first, second, first.length);
}
