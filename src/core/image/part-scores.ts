import { type LabelProfile, profileDistance } from '../tagging/label-profile.ts';

/** How alike two photos are in each respect, 0..100. */
export interface PartScores {
  /** By their vectors. */
  readonly content: number;
  /** By the scores of their labels. */
  readonly type: number;
  readonly colour: number;
  readonly layout: number;
}

/** What each part weighs, 0..100; only the ratios count. */
export type PartWeights = PartScores;

/** Distance at which likeness of colours has fallen to 1 / e: unrelated photos are about that far apart. */
const colourReach = 0.12;
/** Mean difference from which layouts have nothing in common. */
const layoutReach = 0.45;

/** @param distance sliced Wasserstein distance of colour signatures */
export function colourScore(distance: number): number {
  return 100 * Math.exp(-distance / colourReach);
}

/** @param distance of layout signatures, 0..1 */
export function layoutScore(distance: number): number {
  return 100 * Math.max(0, 1 - distance / layoutReach);
}

/** By the distance of label scores; 0 where a profile is not known. */
export function typeScore(a: LabelProfile | null, b: LabelProfile | null): number {
  return a === null || b === null ? 0 : 100 * (1 - profileDistance(a, b));
}

/** How alike photos are by chance in each respect but content, 0..100: colours and layout are medians of 60,000 pairs of real photos. */
const byChance = { type: 5, colour: 40, layout: 28 } as const;

/**
 * Score at which likeness ends for a mix: of a photo whose content is just alike enough, and which is as alike as photos are
 * by chance in all else. 0..1.
 *
 * @param cutOff of content alone, a cosine
 */
export function mixedCutOff(cutOff: number, weights: PartWeights): number {
  return mixedScore({ content: 100 * cutOff, ...byChance }, weights) / 100;
}

/** The mean of the parts by their weights, 0..100; by content alone where no part weighs anything. */
export function mixedScore(parts: PartScores, weights: PartWeights): number {
  const names = ['content', 'type', 'colour', 'layout'] as const;
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  return total === 0
    ? parts.content
    : names.reduce((sum, name) => sum + weights[name] * parts[name], 0) / total;
}
