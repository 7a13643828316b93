import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { fullMark, type LabelSet, partialMark, type SplitSide, sidedMark } from '../tagging/label-set.ts';
import type { PhotoTags } from '../tagging/photo-tags.ts';
import type { PhotoId } from './photo.ts';
import type { VerdictChange } from './set-change.ts';

/** What is to be said of photos in a set; each part that is absent stays as it is. */
export interface Statement {
  readonly verdicts?: readonly { readonly label: LabelNumber; readonly verdict: Verdict | null }[];
  readonly fullyLabelled?: boolean;
  readonly side?: SplitSide | null;
}

/** What becomes of a photo's verdicts: as wanted, and what that excludes is taken back. */
export function verdictsAfter(
  tags: PhotoTags,
  photo: PhotoId,
  wanted: readonly { readonly label: LabelNumber; readonly verdict: Verdict | null }[],
  rivals: ReadonlyMap<LabelNumber, readonly LabelNumber[]>,
): VerdictChange[] {
  const target = new Map<LabelNumber, Verdict | null>();
  for (const { label, verdict } of wanted) {
    if (!rivals.has(label)) continue;
    target.set(label, verdict);
    if (verdict !== 'accepted') continue;
    for (const rival of rivals.get(label)!) {
      const known = target.has(rival) ? target.get(rival) : tags.verdict(photo, rival);
      if (known === 'accepted') target.set(rival, null);
    }
  }
  return [...target].flatMap(([label, after]) => {
    const before = tags.verdict(photo, label);
    return before === after ? [] : [{ photo, label, before, after }];
  });
}

/** A photo's mark after a statement. */
export function markAfter(set: LabelSet, before: number, { fullyLabelled, side }: Statement): number {
  let after = before;
  if (fullyLabelled !== undefined) after = fullyLabelled ? fullMark(after, set) : partialMark(after);
  return side === undefined ? after : sidedMark(after, side);
}
