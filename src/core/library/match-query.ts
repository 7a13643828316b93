import { allowRow } from '../index/vector-index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Failure, PhotoId } from './photo.ts';
import { defaultQuery, type PhotoQuery } from './photo-query.ts';
import type { Clock, Embedded, FileBytes, Pictures, StoredModel, StoredThumbnail } from './ports.ts';
import { queryTest } from './query-photos.ts';
import type { Signatures } from './signatures.ts';
import type { SimilarPhotos } from './similar-photos.ts';

/** What is asked about: a photo of the library, or a file. */
export interface MatchQuery {
  /** Left out of the answer. */
  readonly photo: PhotoId | null;
  readonly bytes: FileBytes | null;
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
  /** Reads and embeds a file. */
  readonly embed: (bytes: FileBytes) => Promise<Embedded>;
  /** The file of a photo. */
  readonly original: (photo: PhotoId) => Promise<FileBytes | Failure>;
}

export type ResolvedQuery =
  | {
      readonly kind: 'resolved';
      readonly vector: Float32Array;
      readonly thumbnail: StoredThumbnail;
      /** Null while a photo has none yet. */
      readonly signature: Uint8Array | null;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Vector, thumbnail and signature of what is asked about: as stored, or made now. */
export async function resolveQuery(parts: MatchParts, { photo, bytes }: MatchQuery): Promise<ResolvedQuery> {
  const { catalogue, similar, signatures } = parts;
  const model = parts.model();
  if (model === null) return { kind: 'failed', failure: { code: 'model-unavailable' } };
  await similar.use(model);
  const content = photo === null || bytes !== null ? null : catalogue.table.contentOf(photo);
  if (content !== null) {
    const [vector = null] = await similar.vectorsOf([content]);
    const [thumbnail] = await catalogue.store.thumbnails([content]);
    if (vector !== null && thumbnail) {
      return { kind: 'resolved', vector, thumbnail, signature: signatures.of(content) };
    }
  }
  const file = bytes ?? (photo === null ? null : await parts.original(photo));
  if (file === null) throw new Error('a query is about a photo or about a file');
  if ('code' in file) return { kind: 'failed', failure: file };
  const outcome = await parts.embed(file);
  if (!outcome.ok) return { kind: 'failed', failure: outcome.failure };
  const { embedding, thumbnail, signature } = outcome;
  return { kind: 'resolved', vector: embedding, thumbnail, signature };
}

/** Contents of the photos that may be found (bit c & 31 of element c >> 5), and how many photos those are. */
export function allowedContents(catalogue: Catalogue, { photo, bytes, filter }: MatchQuery) {
  const { table } = catalogue;
  const matches = queryTest(catalogue, filter ?? defaultQuery);
  // A part of a photo may be looked for in the photo itself.
  const own = bytes === null ? photo : null;
  const wanted = (id: PhotoId) => id !== own && matches(id);
  const allowed = new Uint32Array((catalogue.counters.content >> 5) + 1);
  let searched = 0;
  for (const id of table.ids()) {
    const content = table.contentOf(id);
    if (content === null || !wanted(id)) continue;
    searched++;
    allowRow(allowed, content);
  }
  return { allowed, searched, wanted };
}
