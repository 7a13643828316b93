import { colourDistance } from '../image/colour-signature.ts';
import { layoutDistance } from '../image/layout-signature.ts';
import { colourScore, layoutScore, typeScore } from '../image/part-scores.ts';
import { colourAt, layoutAt } from '../image/signature.ts';
import { type MatchParts, type MatchQuery, resolveQuery } from './match-query.ts';
import type { PhotoId } from './photo.ts';

/** For each photo asked about: type, colour, layout, 0..100; a part that is not known is 255. [photos, 3] */
export type PartRows = Uint8Array<ArrayBuffer>;

export const unknownPart = 255;

/** How alike photos are to what is asked about in the parts that the index does not know; null when it cannot be told. */
export async function photoParts(
  parts: MatchParts,
  query: MatchQuery,
  ids: readonly PhotoId[],
): Promise<PartRows | null> {
  const { catalogue, signatures, tagsLoaded } = parts;
  await Promise.all([signatures.load(), tagsLoaded()]);
  const resolved = await resolveQuery(parts, query);
  if (resolved.kind === 'failed') return null;
  const { signature, profile } = resolved;
  const rows = new Uint8Array(ids.length * 3).fill(unknownPart);
  for (const [n, id] of ids.entries()) {
    const content = catalogue.table.has(id) ? catalogue.table.contentOf(id) : null;
    if (content === null) continue;
    rows[n * 3] = Math.round(typeScore(profile, catalogue.profiles.get(content)));
    const own = signatures.of(content);
    if (signature === null || own === null) continue;
    rows[n * 3 + 1] = Math.round(colourScore(colourDistance(signature, own, colourAt, colourAt)));
    rows[n * 3 + 2] = Math.round(layoutScore(layoutDistance(signature, own, layoutAt, layoutAt)));
  }
  return rows;
}
