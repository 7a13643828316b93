import type { LabelNumber, Verdict } from '../tagging/label.ts';

/** What the removed ones give to the one that is kept, field by field. */
export interface MergeChoices {
  /** Decisions about tags and labels, and tags in the file, where the kept one has none that say the same or exclude them. */
  readonly tags: boolean;
  /** A favourite, if one of them is. */
  readonly favourite: boolean;
  /** `missing`: a camera's date where the kept one has only the file's. `oldest`: the oldest of a camera's dates. */
  readonly captureDate: 'leave' | 'missing' | 'oldest';
  /** `camera`: a name that a person gave in place of one that a camera made. */
  readonly name: 'leave' | 'camera';
}

export const defaultMerge: MergeChoices = {
  tags: true,
  favourite: true,
  captureDate: 'missing',
  name: 'leave',
};

export interface MergeSide {
  readonly name: string;
  /** Milliseconds, see [Note: Wall-clock times]. */
  readonly capturedAt: number;
  readonly hasCaptureDate: boolean;
  readonly isFavourite: boolean;
  readonly verdicts: ReadonlyMap<LabelNumber, Verdict>;
  /** Label sets of which all is said about it. */
  readonly fullyLabelled: ReadonlySet<number>;
}

/** The label set of a label, and the labels that a photo cannot have beside it; null: it is of no set. */
export type Exclusions = (
  label: LabelNumber,
) => { readonly set: number; readonly labels: readonly LabelNumber[] } | null;

/** What changes of the kept one; absent fields stay. */
export interface Merged {
  readonly name?: string;
  readonly capturedAt?: number;
  readonly isFavourite?: boolean;
  readonly verdicts?: ReadonlyMap<LabelNumber, Verdict>;
  /** Label sets of which all is said about it from now on. */
  readonly fullyLabelled?: readonly number[];
}

/** @param removed in the order in which they may give: the first that has something gives it */
export function mergeInto(
  kept: MergeSide,
  removed: readonly MergeSide[],
  choices: MergeChoices,
  exclusions: Exclusions,
): Merged {
  return {
    ...(choices.tags && mergedTags(kept, removed, exclusions)),
    ...(choices.favourite &&
      !kept.isFavourite &&
      removed.some(({ isFavourite }) => isFavourite) && { isFavourite: true }),
    ...mergedDate(kept, removed, choices.captureDate),
    ...(choices.name === 'camera' && mergedName(kept, removed)),
  };
}

function mergedTags(kept: MergeSide, removed: readonly MergeSide[], exclusions: Exclusions): Merged {
  const verdicts = new Map(kept.verdicts);
  const full = new Set(kept.fullyLabelled);
  for (const side of removed) {
    for (const [label, verdict] of side.verdicts) {
      const known = exclusions(label);
      const isSaid = verdicts.has(label) || (known !== null && full.has(known.set));
      const isExcluded =
        verdict === 'accepted' && known?.labels.some((rival) => verdicts.get(rival) === 'accepted');
      if (!isSaid && isExcluded !== true) verdicts.set(label, verdict);
    }
    for (const set of side.fullyLabelled) full.add(set);
  }
  const added = [...full].filter((set) => !kept.fullyLabelled.has(set));
  return {
    ...(verdicts.size > kept.verdicts.size && { verdicts }),
    ...(added.length > 0 && { fullyLabelled: added }),
  };
}

function mergedDate(
  kept: MergeSide,
  removed: readonly MergeSide[],
  choice: MergeChoices['captureDate'],
): Merged {
  const dated = removed.filter(({ hasCaptureDate }) => hasCaptureDate);
  if (choice === 'leave' || dated.length === 0) return {};
  if (choice === 'missing') return kept.hasCaptureDate ? {} : { capturedAt: dated[0]!.capturedAt };
  const all = kept.hasCaptureDate ? [kept, ...dated] : dated;
  const capturedAt = all.reduce((least, side) => Math.min(least, side.capturedAt), Number.POSITIVE_INFINITY);
  return capturedAt === kept.capturedAt ? {} : { capturedAt };
}

/** `IMG_1234`, `DSC00012`, `PXL_20240101_...`, `20240101_120000`, with a copy's number after it. */
const cameraName =
  /^(?:[a-z]{2,4}[-_]?\d{3,}|(?:img|pxl|vid|wa|screenshot)[-_ ]?\d[\d_-]*|\d{6,8}[-_]\d{4,6})[^a-z]*$/i;

function mergedName(kept: MergeSide, removed: readonly MergeSide[]): Merged {
  const [stem, extension] = split(kept.name);
  if (!cameraName.test(stem)) return {};
  const named = removed
    .map(({ name }) => split(name)[0])
    .find((other) => other !== '' && !cameraName.test(other));
  return named === undefined ? {} : { name: named + extension };
}

/** Name and extension, the dot with it. */
function split(name: string): [string, string] {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}
