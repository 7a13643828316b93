import { nearDuplicates } from '../learning/near-duplicates.ts';
import { stratifiedParts } from '../learning/splits.ts';
import { type LabelSet, sideOf } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { labelledPhotos } from './label-figures.ts';
import type { LabelSets } from './label-sets.ts';
import { gatherLesson } from './lesson.ts';
import type { SignatureSource } from './signatures.ts';
import type { Statement } from './statements.ts';
import type { StoredModel } from './stored-rows.ts';

export interface SplitChoices {
  /** Of the labelled photos, how many judge, 0..1. */
  readonly share: number;
  /** The same seed splits the same photos in the same way. */
  readonly seed: number;
  /** Near-duplicates stand on one side. */
  readonly together: boolean;
}

/** Photos on each side. */
export interface SplitAnswer {
  readonly train: number;
  readonly validation: number;
  /** False: every photo stood there before, and there is nothing to undo. */
  readonly changed: boolean;
}

/**
 * Puts the labelled photos of a set that have a vector on two sides at random, every label spread as evenly as can be; one
 * action that can be undone. Null: there are none.
 */
export async function splitPhotos(
  catalogue: Catalogue,
  sets: LabelSets,
  set: LabelSet,
  model: StoredModel,
  looks: SignatureSource,
  { share, seed, together }: SplitChoices,
): Promise<SplitAnswer | null> {
  const lesson = await gatherLesson(catalogue, set, model, looks);
  if (lesson === null) return null;
  const { photos, embeddings, dims, contents, signatures, groups } = lesson;
  const duplicates = together ? nearDuplicates(embeddings, dims, contents, signatures) : null;
  const judged = Math.min(1, Math.max(0, share));
  const sides = stratifiedParts(groups, photos.length, duplicates, [1 - judged, judged], seed);
  const sideAt = (row: number) => (sides[row] === 1 ? 'validation' : 'train');
  const changed = photos.some((photo, row) => sideOf(catalogue.marks.get(set.id, photo)) !== sideAt(row));
  const statements = new Map<number, Statement>(photos.map((photo, row) => [photo, { side: sideAt(row) }]));
  await sets.state(set.id, statements);
  const validation = sides.reduce((sum, side) => sum + side, 0);
  return { train: photos.length - validation, validation, changed };
}

/** Takes every photo of a set off its side: folds judge again. */
export async function clearSplit(catalogue: Catalogue, sets: LabelSets, set: LabelSet): Promise<void> {
  const photos = labelledPhotos(catalogue, set.id);
  await sets.state(set.id, new Map(photos.map((photo) => [photo, { side: null }])));
}
