import { IdBits } from '../index/id-bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { ContentId } from './photo.ts';
import type { StoredModel } from './stored-rows.ts';

/** Contents that have results of the model, each once. */
export function* contentsWithVectors(catalogue: Catalogue, model: StoredModel): Generator<ContentId> {
  const { table } = catalogue;
  const seen = new IdBits();
  for (const id of table.ids()) {
    const content = table.contentOf(id);
    if (content !== null && catalogue.hasVector(id, model) && seen.add(content)) yield content;
  }
}
