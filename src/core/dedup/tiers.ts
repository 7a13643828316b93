/**
 * How alike photos are, surest first. `exact`: the same bytes. `same-picture`: another size, format, quality or
 * orientation of one picture. `edited-copy`: cropped, framed, written on, filtered. `same-shot`: a burst. `same-scene`:
 * the same place or thing.
 */
export const tiers = ['exact', 'same-picture', 'edited-copy', 'same-shot', 'same-scene'] as const;

export type Tier = (typeof tiers)[number];

/** [Note: Bursts are no duplicates] In the other tiers photos are only looked at: no rule and no decision removes any. */
export type DecidedTier = 'exact' | 'same-picture' | 'edited-copy';

export function isDecided(tier: Tier): tier is DecidedTier {
  return tier === 'exact' || tier === 'same-picture' || tier === 'edited-copy';
}

/** Tiers of different contents whose pairs were compared point by point. */
export const tiersOfCopies = ['same-picture', 'edited-copy'] as const;

export function isOfCopies(tier: Tier): boolean {
  return tier === 'same-picture' || tier === 'edited-copy';
}

/** Scores that pairs of a tier need at the strict and at the loose end of the sensitivity. */
const ends: Readonly<Record<Tier, readonly [number, number]>> = {
  exact: [1, 1],
  'same-picture': [0.99, 0.85],
  'edited-copy': [0.95, 0.45],
  'same-shot': [0.98, 0.85],
  'same-scene': [0.98, 0.88],
};

/** @param sensitivity 0 (surest pairs only) to 1 (all that were found) */
export function leastScore(tier: Tier, sensitivity: number): number {
  const [strict, loose] = ends[tier];
  return strict + (loose - strict) * Math.min(1, Math.max(0, sensitivity));
}
