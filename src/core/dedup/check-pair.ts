import type { PreparedPicture } from '../image/prepared-picture.ts';
import { type PairMatch, verifyPair } from '../image/verify-pair.ts';
import { areDifferentPages } from './page-check.ts';
import type { PairCheck } from './pair-tier.ts';

/** Compares two pictures point by point; null: different pictures. */
export function checkPictures(first: PreparedPicture, second: PreparedPicture): PairCheck | null {
  // There are many candidates, and few of them are copies.
  const match = verifyPair(first, second, true);
  if (match === null || areDifferentPages(first, second, match.transform)) return null;
  return checkOf(match);
}

export function checkOf({ ofFirst, ofSecond, agreement, detail, colour }: PairMatch): PairCheck {
  const { lightness, contrast, saturation, hue } = colour;
  return {
    shared: Math.min(ofFirst, ofSecond),
    agreement,
    detail,
    // Wider than what compression alone does: a small correction of the exposure makes no other picture.
    sameColour:
      Math.abs(lightness) < 0.06 &&
      Math.abs(contrast - 1) < 0.2 &&
      Math.abs(saturation - 1) < 0.3 &&
      Math.abs(hue) < 12,
  };
}
