import type { Catalogue } from './catalogue.ts';
import { memberStates, type TierCount } from './duplicate-view.ts';
import type { PhotoId } from './photo.ts';

/** Groups with a choice left, and what choosing the largest photo of each would free. */
export function countOf(
  catalogue: Catalogue,
  groups: readonly PhotoId[][],
  states: ReadonlyMap<number, number>,
): TierCount {
  const { size } = catalogue.table.columns;
  let open = 0;
  let bytes = 0;
  for (const group of groups) {
    const left = group.filter((photo) => states.get(photo) !== memberStates.removed);
    if (left.length < 2) continue;
    open++;
    const sizes = left.map((photo) => size[photo]!);
    bytes += sizes.reduce((sum, one) => sum + one, 0) - Math.max(...sizes);
  }
  return { groups: open, bytes };
}
