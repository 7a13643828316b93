import { isBlank, readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { ContentId } from './photo.ts';
import type { StoredModel } from './stored-rows.ts';

/** Vectors scored at once: some milliseconds of work. */
const piece = 1024;

export interface Retagging {
  /** By row of [rows][dims] embeddings. */
  readonly labelsFor: (embeddings: Float32Array) => ReadonlyMap<number, readonly LabelNumber[]>;
  /** False: stop, somebody began anew. */
  readonly wanted: () => boolean;
  /** 0..1 */
  readonly progress: (done: number) => void;
}

/**
 * Gives all photos the tags of taught sets, from their stored vectors, piece by piece, letting others run in between.
 *
 * @param model whose vectors; null: there are none, and nobody gets a tag
 * @returns whether it came to the end
 */
export async function retag(
  { store, table, tags, counters }: Catalogue,
  clock: Clock,
  model: StoredModel | null,
  { labelsFor, wanted, progress }: Retagging,
): Promise<boolean> {
  const seen = new Uint8Array(table.end);
  const give = (contents: readonly ContentId[], labels: ReadonlyMap<number, readonly LabelNumber[]>) => {
    contents.forEach((content, row) => {
      for (const id of table.photosOf(content)) {
        if (table.columns.model[id] !== model!.number) continue;
        if (id < seen.length) seen[id] = 1;
        tags.setTaughtTags(id, labels.get(row) ?? []);
      }
    });
  };
  if (model !== null) {
    let contents: ContentId[] = [];
    let embeddings = new Float32Array(0);
    const flush = async () => {
      if (contents.length === 0) return;
      const dims = embeddings.length / piece;
      give(contents, labelsFor(embeddings.subarray(0, contents.length * dims)));
      progress(Math.min(1, (contents.at(-1)! + 1) / Math.max(1, counters.content)));
      contents = [];
      await clock.breathe();
    };
    await store.eachVectorChunk(model.key, async ({ firstContent, rows, dim, records }) => {
      if (!wanted()) return false;
      if (embeddings.length !== dim * piece) embeddings = new Float32Array(dim * piece);
      const size = recordBytes(dim);
      for (let row = 0; row < rows; row++) {
        if (isBlank(records, row * size)) continue;
        readUnitVector(records, row * size, dim, embeddings, contents.length * dim);
        contents.push((firstContent + row) as ContentId);
        if (contents.length === piece) await flush();
      }
      return wanted();
    });
    if (!wanted()) return false;
    await flush();
  }
  if (!wanted()) return false;
  for (const id of table.ids()) {
    if (seen[id] === 0 && tags.taughtTags(id).length > 0) tags.setTaughtTags(id, []);
  }
  return true;
}
