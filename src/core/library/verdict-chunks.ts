import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { chunkOf, rowsPerChunk } from './photo-columns.ts';
import type { VerdictChunk } from './stored-rows.ts';

/**
 * The stored chunks of verdicts that hold some photos, as they will be once these photos have other verdicts.
 *
 * @param verdictsOf the new verdicts of a photo of `ids`; null: it is deleted
 * @param timeOf when they were said; if absent, those that change are said now
 */
export function verdictChunks(
  { table, tags, now }: Catalogue,
  ids: readonly PhotoId[],
  verdictsOf: (id: PhotoId) => ReadonlyMap<LabelNumber, Verdict> | null,
  timeOf: (id: PhotoId, label: LabelNumber, verdict: Verdict) => number = (id, label, verdict) =>
    tags.verdict(id, label) === verdict ? tags.verdictTime(id, label) : now(),
): VerdictChunk[] {
  const changed = new Set(ids);
  // Photos may be new: the table does not have them yet.
  const last = ids.reduce((most, id) => Math.max(most, id + 1), table.end);
  return [...new Set(ids.map(chunkOf))].map((chunk) => {
    const triples: number[] = [];
    const times: number[] = [];
    const end = Math.min((chunk + 1) * rowsPerChunk, last);
    for (let id = chunk * rowsPerChunk; id < end; id++) {
      const photo = id as PhotoId;
      const verdicts = changed.has(photo) ? verdictsOf(photo) : tags.verdictsOf(photo);
      for (const [label, verdict] of verdicts ?? []) {
        triples.push(id, label, verdict === 'accepted' ? 1 : 2);
        times.push(changed.has(photo) ? timeOf(photo, label, verdict) : tags.verdictTime(id, label));
      }
    }
    return { chunk, triples: Uint32Array.from(triples), times: Float64Array.from(times) };
  });
}
