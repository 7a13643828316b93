import type { LabelNumber } from '../tagging/label.ts';
import { byteToScore } from '../tagging/score-codec.ts';
import type { Catalogue } from './catalogue.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { LabelScore, PhotoCell, PhotoDetail } from './photo-cell.ts';
import { favouriteFlag, missingFlag, statusName } from './photo-table.ts';

/** The cell of a photo that exists. */
export function cellOf({ table }: Catalogue, id: PhotoId): PhotoCell {
  const { status, width, height, capturedAt, content, flags } = table.row(id);
  return {
    id,
    name: table.name(id),
    status: statusName(status),
    width,
    height,
    capturedAt,
    hasThumbnail: content !== null,
    isFavourite: (flags & favouriteFlag) !== 0,
    isMissing: (flags & missingFlag) !== 0,
  };
}

/** A thumbnail's bytes each; null where there is none. Photos of one content get copies, so that each can be given away. */
export async function thumbnailsOf(
  { table, store }: Catalogue,
  ids: Iterable<number>,
): Promise<(ArrayBuffer | null)[]> {
  const contents = Array.from(ids, (id) => (table.has(id) ? table.contentOf(id) : null));
  const wanted = [...new Set(contents.filter((content) => content !== null))];
  const found = await store.thumbnails(wanted);
  const bytes = new Map(wanted.map((content, i) => [content, found[i]?.bytes ?? null]));
  const given = new Set<ArrayBuffer>();
  return contents.map((content) => {
    const one = content === null ? null : (bytes.get(content) ?? null);
    if (one === null) return null;
    if (given.has(one)) return one.slice(0);
    given.add(one);
    return one;
  });
}

/** All about a photo; null if it does not exist (any more). */
export async function photoDetail(
  catalogue: Catalogue,
  id: PhotoId,
  item: string | null,
  taughtScores: (content: ContentId) => Promise<LabelScore[]>,
): Promise<PhotoDetail | null> {
  const { table, store } = catalogue;
  if (!table.has(id)) return null;
  const [record] = await store.records([id]);
  const content = table.contentOf(id);
  const model = catalogue.modelByNumber(table.columns.model[id]!);
  const scores = content === null || model === null ? null : await store.scores(model.key, content);
  const taught = content === null ? [] : await taughtScores(content);
  if (record === null || record === undefined || !table.has(id)) return null;
  const row = table.row(id);
  return {
    ...cellOf(catalogue, id),
    path: table.path(id),
    item,
    size: row.size,
    type: record.type,
    modifiedAt: row.modifiedAt,
    importedAt: row.importedAt,
    removedAt: row.removedAt === 0 ? null : row.removedAt,
    source: record.source.kind,
    exif: record.exif,
    failure: record.failure,
    model: model?.key ?? null,
    labels: labelScores(catalogue, id, model?.labels ?? [], model?.thresholds ?? [], scores, taught),
  };
}

/** Every label that is scored, judged or a keyword of the file, best score first; those without a score last, in order of number. */
function labelScores(
  { tags }: Catalogue,
  id: PhotoId,
  labels: readonly LabelNumber[],
  thresholds: readonly number[],
  scores: Uint8Array | null,
  taught: readonly LabelScore[],
): LabelScore[] {
  const verdicts = new Map(tags.verdictsOf(id));
  const ofFile = new Set(tags.fileTags(id));
  const mark = (label: LabelNumber) => (ofFile.delete(label) ? { fromFile: true as const } : {});
  const list: LabelScore[] = taught.map((score) => ({ ...score, ...mark(score.label) }));
  for (const { label } of taught) verdicts.delete(label);
  if (scores !== null) {
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i]!;
      list.push({
        label,
        score: byteToScore(scores[i]!),
        threshold: thresholds[i]!,
        verdict: verdicts.get(label) ?? null,
        ...mark(label),
      });
      verdicts.delete(label);
    }
  }
  list.sort((a, b) => b.score! - a.score! || a.label - b.label);
  const others = [...new Set([...verdicts.keys(), ...ofFile])].sort((a, b) => a - b);
  const unscored = others.map((label) => {
    const verdict = verdicts.get(label) ?? null;
    return { label, score: null, threshold: null, verdict, ...mark(label) };
  });
  return [...list, ...unscored];
}
