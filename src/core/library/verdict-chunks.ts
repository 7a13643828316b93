import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { chunkOf, rowsPerChunk } from './photo-table.ts';
import type { VerdictChunk } from './ports.ts';

/**
 * The stored chunks of verdicts that hold some photos, as they will be once these photos have other verdicts.
 *
 * @param verdictsOf the new verdicts of a photo of `ids`; null: it is deleted
 */
export function verdictChunks(
  { table, tags }: Catalogue,
  ids: readonly PhotoId[],
  verdictsOf: (id: PhotoId) => ReadonlyMap<LabelNumber, Verdict> | null,
): VerdictChunk[] {
  const changed = new Set(ids);
  return [...new Set(ids.map(chunkOf))].map((chunk) => {
    const triples: number[] = [];
    const end = Math.min((chunk + 1) * rowsPerChunk, table.end);
    for (let id = chunk * rowsPerChunk; id < end; id++) {
      const photo = id as PhotoId;
      const verdicts = changed.has(photo) ? verdictsOf(photo) : tags.verdictsOf(photo);
      for (const [label, verdict] of verdicts ?? []) triples.push(id, label, verdict === 'accepted' ? 1 : 2);
    }
    return { chunk, triples: Uint32Array.from(triples) };
  });
}
