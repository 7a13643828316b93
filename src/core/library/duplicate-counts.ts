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
    let largest = 0;
    for (const photo of left) {
      bytes += size[photo]!;
      largest = Math.max(largest, size[photo]!);
    }
    bytes -= largest;
  }
  return { groups: open, bytes };
}
