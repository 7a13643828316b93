import type { PairMatch } from '../../../core/image/verify-pair.ts';

export type SameWord =
  | 'mirrored'
  | 'cropped'
  | 'larger'
  | 'partly'
  | 'lighter'
  | 'darker'
  | 'contrast'
  | 'greyer'
  | 'colourful'
  | 'hue'
  | 'covered';

/** A picture counts as shown whole from that part of its area on. */
const whole = 0.93;

/** What was done between the picture searched with (the first) and a photo (the second), apart from turning. */
export function sameWords({
  verdict,
  ofFirst,
  ofSecond,
  mirrored,
  colour,
  agreement,
}: PairMatch): SameWord[] {
  if (verdict === 'same') return [];
  const words: SameWord[] = [];
  if (mirrored) words.push('mirrored');
  if (ofFirst >= whole && ofSecond < whole) words.push('cropped');
  else if (ofSecond >= whole && ofFirst < whole) words.push('larger');
  else if (ofFirst < whole) words.push('partly');
  if (Math.abs(colour.lightness) > 0.03) words.push(colour.lightness > 0 ? 'lighter' : 'darker');
  else if (Math.abs(colour.contrast - 1) > 0.12) words.push('contrast');
  if (colour.saturation < 0.75) words.push('greyer');
  else if (colour.saturation > 1.33) words.push('colourful');
  if (Math.abs(colour.hue) > 8) words.push('hue');
  if (agreement < 0.9) words.push('covered');
  return words;
}

/** Whole degrees, 0 where the picture stands as it stood. */
export function turnedBy({ verdict, rotation }: PairMatch): number {
  return verdict === 'same' ? 0 : Math.round(Math.abs(rotation));
}
