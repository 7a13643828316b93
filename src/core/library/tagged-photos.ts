import type { ExportedTag, TaggedPhoto } from '../export/tagged-photo.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';

/**
 * All photos that are not removed, in order of acceptance, with their tags by the names of a language. Files that could
 * not be processed are left out, as there is nothing to say of them.
 */
export function* taggedPhotos(catalogue: Catalogue, language: 'en' | 'zh'): Generator<TaggedPhoto> {
  const { table } = catalogue;
  for (const id of table.ids()) {
    const { status, removedAt } = table.row(id);
    if (removedAt !== 0) continue;
    const photo = taggedPhoto(catalogue, id, language);
    if (status !== photoStatusCodes.ready && photo.tags.length === 0) continue;
    yield photo;
  }
}

export function taggedPhoto(catalogue: Catalogue, id: PhotoId, language: 'en' | 'zh'): TaggedPhoto {
  const { table } = catalogue;
  const { capturedAt } = table.row(id);
  return {
    name: table.name(id),
    path: table.path(id),
    capturedAt,
    tags: exportedTags(catalogue, id, language),
  };
}

/** Accepted ones, then those of the model and of the file, then rejected ones. */
function exportedTags(catalogue: Catalogue, id: PhotoId, language: 'en' | 'zh'): ExportedTag[] {
  const { tags, labels } = catalogue;
  const verdicts = tags.verdictsOf(id);
  const listed: ExportedTag[] = [];
  const add = (number: LabelNumber, said: ExportedTag['said']) => {
    const label = labels.get(number);
    if (label === null) return;
    const set = label.set === undefined ? null : (catalogue.labelSet(label.set)?.name ?? null);
    listed.push({ id: label.id, name: label.names[language], set, said });
  };
  for (const [label, verdict] of verdicts) if (verdict === 'accepted') add(label, verdict);
  const ofFile = new Set(tags.fileTags(id));
  for (const label of tags.get(id))
    if (!verdicts.has(label)) add(label, ofFile.has(label) ? 'file' : 'model');
  for (const [label, verdict] of verdicts) if (verdict === 'rejected') add(label, verdict);
  return listed;
}
