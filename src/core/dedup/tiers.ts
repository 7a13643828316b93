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
