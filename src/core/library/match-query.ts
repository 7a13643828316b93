import type { Picture } from '../image/picture.ts';
import type { Region } from '../image/region.ts';
import { photoSignature } from '../image/signature.ts';
import { allowRow } from '../index/vector-index.ts';
import { type LabelProfile, labelProfile } from '../tagging/label-profile.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileBytes } from './file-handle.ts';
import type { Embedded, Pictures } from './model-ports.ts';
import { type ContentId, type Failure, modelKeyText, type PhotoId } from './photo.ts';
import { defaultQuery, type PhotoQuery } from './photo-query.ts';
import type { EmbedSubject } from './query-embeds.ts';
import { queryTest } from './query-photos.ts';
import type { Signatures } from './signatures.ts';
import type { SimilarPhotos } from './similar-photos.ts';
import type { StoredModel } from './stored-rows.ts';

/** What is asked about: a photo of the library, or a file. */
export interface MatchQuery {
  /** Left out of the answer. */
  readonly photo: PhotoId | null;
  readonly bytes: FileBytes | null;
  /** Names the bytes, so that they are embedded once; absent: they are not remembered. */
  readonly key?: string;
  /** The part of it that is meant; null: all of it. */
  readonly region: Region | null;
  /** Among which photos; null: all present ones. */
  readonly filter: PhotoQuery | null;
}

export interface MatchParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly similar: SimilarPhotos;
  readonly signatures: Signatures;
  readonly pictures: Pictures;
  readonly model: () => StoredModel | null;
  /** Resolves when the label profiles of all photos are at hand. */
  readonly tagsLoaded: () => Promise<void>;
  /** Reads and embeds a file. */
  readonly embed: (bytes: FileBytes, region: Region | null) => Promise<Embedded>;
  /** Embeds what is asked about. */
  readonly embedSubject: EmbedSubject;
}

export type ResolvedQuery =
  | {
      readonly kind: 'resolved';
      readonly vector: Float32Array;
      /** Null where the browser cannot show it, and perhaps where it is not needed. */
      readonly picture: Picture | null;
      /** Null while a photo has none yet, and no preview to make it of. */
      readonly signature: Uint8Array | null;
      /** Null while a photo's is not known. */
      readonly profile: LabelProfile | null;
      /** What the library has of the very same bytes; null: nothing, or a part of them is meant. */
      readonly content: ContentId | null;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Vector, thumbnail and signature of what is asked about: as stored, or made now.
 *
 * @param needsPicture without it a photo of the library needs neither its preview nor its file, which may not be at hand
 */
export async function resolveQuery(
  parts: MatchParts,
  { photo, bytes, key = '', region }: MatchQuery,
  needsPicture = false,
): Promise<ResolvedQuery> {
  const { catalogue, similar } = parts;
  const model = parts.model();
  if (model === null) return { kind: 'failed', failure: { code: 'model-unavailable' } };
  await similar.use(model);
  const content = photo === null || region !== null ? null : catalogue.table.contentOf(photo);
  const stored = content === null ? null : await asStored(parts, content, needsPicture);
  if (stored !== null) return stored;
  if (bytes === null && photo === null) throw new Error('a query is about a photo or about a file');
  const outcome = await parts.embedSubject(
    bytes !== null ? { kind: 'picture', bytes, key, region } : { kind: 'photo', id: photo!, region },
  );
  if (!outcome.ok) return { kind: 'failed', failure: outcome.failure };
  // The model was exchanged in between: vectors of different models are never compared.
  if (modelKeyText(outcome.model) !== modelKeyText(model.key))
    return { kind: 'failed', failure: { code: 'model-unavailable' } };
  const { embedding, thumbnail, signature } = outcome;
  const picture = await parts.pictures.decode(thumbnail);
  const profile = labelProfile(model.labels, outcome.scores);
  const [known] = region === null ? await catalogue.store.contents([outcome.sha256]) : [];
  return { kind: 'resolved', vector: embedding, picture, signature, profile, content: known?.id ?? null };
}

/** Null where something that is needed is not stored. */
async function asStored(
  { catalogue, similar, signatures, pictures }: MatchParts,
  content: ContentId,
  needsPicture: boolean,
): Promise<ResolvedQuery | null> {
  const [vector = null] = await similar.vectorsOf([content]);
  if (vector === null) return null;
  const profile = catalogue.profiles.get(content);
  const signature = signatures.of(content);
  if (signature !== null && !needsPicture)
    return { kind: 'resolved', vector, picture: null, signature, profile, content };
  const [thumbnail] = await catalogue.store.thumbnails([content]);
  if (!thumbnail) return null;
  const picture = await pictures.decode(thumbnail);
  // One of before signatures, which those that are made in the background have not come to yet.
  const made = signature ?? (picture === null ? null : photoSignature(picture));
  return { kind: 'resolved', vector, picture, signature: made, profile, content };
}

/** Contents of the photos that may be found (bit c & 31 of element c >> 5), and how many photos those are. */
export function allowedContents(catalogue: Catalogue, { photo, filter }: MatchQuery) {
  const { table } = catalogue;
  const matches = queryTest(catalogue, filter ?? defaultQuery);
  const wanted = (id: PhotoId) => id !== photo && matches(id);
  const allowed = new Uint32Array((catalogue.counters.content >> 5) + 1);
  let searched = 0;
  // Every id of a large library: without the generator that `ids` is.
  for (let n = 1; n < table.end; n++) {
    const id = n as PhotoId;
    if (!wanted(id)) continue;
    const content = table.contentOf(id);
    if (content === null) continue;
    searched++;
    allowRow(allowed, content);
  }
  return { allowed, searched, wanted };
}
