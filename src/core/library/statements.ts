import type { LabelNumber, Verdict } from '../tagging/label.ts';
import {
  fullMark,
  type LabelSet,
  partialMark,
  rivalsOf,
  type SplitSide,
  sidedMark,
} from '../tagging/label-set.ts';
import type { PhotoTags } from '../tagging/photo-tags.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import type { MarkChange, SetChange, VerdictChange } from './set-change.ts';

/** What is to be said of photos in a set; each part that is absent stays as it is. */
export interface Statement {
  readonly verdicts?: readonly { readonly label: LabelNumber; readonly verdict: Verdict | null }[];
  readonly fullyLabelled?: boolean;
  readonly side?: SplitSide | null;
}

/** What becomes of a photo's verdicts: as wanted, and what that excludes is taken back. */
function verdictsAfter(
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
function markAfter(set: LabelSet, before: number, { fullyLabelled, side }: Statement): number {
  let after = before;
  if (fullyLabelled !== undefined) after = fullyLabelled ? fullMark(after, set) : partialMark(after);
  return side === undefined ? after : sidedMark(after, side);
}

/** What statements change of photos that are there. @param set as it will be when they are done */
export function changesOf(
  { table, tags, marks: known }: Catalogue,
  set: LabelSet,
  statements: ReadonlyMap<number, Statement>,
): Pick<SetChange, 'verdicts' | 'marks'> {
  const verdicts: VerdictChange[] = [];
  const marks: MarkChange[] = [];
  const rivals = new Map(set.labels.map(({ number }) => [number, rivalsOf(set, number)]));
  for (const [number, statement] of statements) {
    if (!table.has(number)) continue;
    const photo = number as PhotoId;
    for (const change of verdictsAfter(tags, photo, statement.verdicts ?? [], rivals)) verdicts.push(change);
    const before = known.get(set.id, photo);
    const after = markAfter(set, before, statement);
    if (after !== before) marks.push({ photo, before, after });
  }
  return { verdicts, marks };
}
