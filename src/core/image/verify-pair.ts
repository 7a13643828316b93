import { type AlignedCheck, checkAligned } from './aligned-check.ts';
import { agreesBeside } from './beside-overlay.ts';
import { type ColourChange, colourChange, unchanged } from './colour-change.ts';
import { fineAgreement } from './fine-check.ts';
import { fitFeatures } from './picture-features.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import {
  affineAt,
  apply,
  areaOf,
  clipToRectangle,
  cornersOf,
  determinant,
  type Point,
  type Transform,
} from './transform.ts';
import { wholePictureTransforms } from './whole-picture-transforms.ts';

/** Corners of a region, parts of the picture's width and height, 0..1. */
export type Region = readonly Point[];

/** What makes the second picture out of the first one, or the first out of the second: the two are copies. */
export interface PairMatch {
  /** `same`: as far as thumbnails tell, nothing but size and compression differs. */
  readonly verdict: 'same' | 'edited';
  /** The part of each picture that the other one shows. */
  readonly onFirst: Region;
  readonly onSecond: Region;
  /** Parts of the areas that those regions are, 0..1. */
  readonly ofFirst: number;
  readonly ofSecond: number;
  /** Degrees, clockwise on the screen, -180..180: how the second is turned against the first (after mirroring). */
  readonly rotation: number;
  readonly mirrored: boolean;
  readonly colour: ColourChange;
  /** Local features that agree on the transform; 0 when it was found without them. */
  readonly features: number;
  /** Part of what both show that looks the same after alignment, 0..1. */
  readonly agreement: number;
  /** The same of details: of copies on which nothing was written nearly all, of others less than `agreement`. */
  readonly detail: number;
  /** See `AlignedCheck`. */
  readonly correlation: number;
  /** From places of the first to places of the second, pixels of the pictures that were compared. */
  readonly transform: Transform;
}

/** A region of less than that part of both pictures is a detail that they share, no copy. */
const leastArea = 0.12;
/** So many features make a transform sure of itself. */
const manyFeatures = 12;
/** Coarse features without which they say nothing, and without which nothing else does. */
const leastToTell = 12;
const nextToNone = 6;
/** Blocks with structure without which nothing can be said. */
const leastBlocks = 6;

/**
 * Whether one picture was made from the other: scaled, compressed, cropped, turned, mirrored, framed, written on,
 * recoloured. Null: they are different pictures, as far as can be told. [Note: Copies]: a transform is proposed by local
 * features or by laying the whole pictures on each other, and must then hold for the pixels, block by block, coarsely and
 * in detail ([Note: Fine check]).
 *
 * @param isHasty gives up early on pictures whose coarse features have nothing in common: a third of the time for pairs
 *   that are none; a detail of the other picture may be missed
 */
export function verifyPair(
  first: PreparedPicture,
  second: PreparedPicture,
  isHasty = false,
): PairMatch | null {
  let best: Convincing | null = null;
  const consider = (transform: Transform, features: number) => {
    const check = checkAligned(first, second, transform);
    if (check === null) return;
    const ofSecond = areaOf(regionOnSecond(first, transform, second)) / (second.width * second.height);
    if (!isConvincing(check, ofSecond, features, scaleOf(first, transform))) return;
    if (best !== null && strengthOf(check) <= strengthOf(best.check)) return;
    const detail = fineAgreement(first, second, transform);
    if (detail !== null)
      best = { transform, check, features, detail, isBeyondDoubt: isBeyondDoubt(check, ofSecond) };
  };
  const found = () => best; // assigned within `consider`, which the compiler does not see
  for (const transform of wholePictureTransforms(first, second)) {
    consider(transform, 0);
    if (found()?.isBeyondDoubt) break;
  }
  const whole = found();
  if (isHasty && whole === null && !haveLikeFeatures(first, second)) return null;
  // No picture is made from another one both mirrored and not.
  const ways = whole === null ? [false, true] : [determinant(whole.transform) < 0];
  for (const isMirrored of whole?.isBeyondDoubt ? [] : ways) {
    if (isMirrored && whole === null && found() !== null) break;
    for (const { transform, features } of featureTransforms(first, second, isMirrored))
      consider(transform, features);
  }
  const chosen = found();
  return chosen === null ? null : describeMatch(first, second, chosen);
}

/** What is said of a photo of the very same bytes, whose picture may be too plain for anything to be compared. */
export function sameBytes(): PairMatch {
  const all = cornersOf(1, 1);
  return {
    verdict: 'same',
    onFirst: all,
    onSecond: all,
    ofFirst: 1,
    ofSecond: 1,
    rotation: 0,
    mirrored: false,
    colour: unchanged,
    features: 0,
    agreement: 1,
    detail: 1,
    correlation: 1,
    transform: { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0, g: 0, h: 0 },
  };
}

/** True where there are too few to tell, but not next to none: plain pictures are laid on each other whole or not at all. */
function haveLikeFeatures(first: PreparedPicture, second: PreparedPicture): boolean {
  const fewest = Math.min(first.coarse.local.count, second.coarse.local.count);
  if (fewest < nextToNone) return false;
  if (fewest < leastToTell) return true;
  return [false, true].some((isMirrored) => fitFeatures(first.coarse, second.coarse, isMirrored) !== null);
}

interface Convincing {
  readonly transform: Transform;
  readonly check: AlignedCheck;
  /** Local features that agree on it. */
  readonly features: number;
  /** See `PairMatch`. */
  readonly detail: number;
  /** Whole pictures that agree all over: no other transform will say more. */
  readonly isBeyondDoubt: boolean;
}

function strengthOf({ agreement, correlation, blocks, coverage }: AlignedCheck): number {
  return agreement * correlation ** 2 * Math.min(1, blocks / 20) * (0.5 + coverage / 2);
}

function isBeyondDoubt(
  { agreement, correlation, blocks, coverage }: AlignedCheck,
  ofSecond: number,
): boolean {
  return blocks >= 20 && agreement >= 0.98 && correlation >= 0.985 && Math.min(coverage, ofSecond) >= 0.97;
}

function featureTransforms(
  first: PreparedPicture,
  second: PreparedPicture,
  isMirrored: boolean,
): { transform: Transform; features: number }[] {
  const fitted = fitFeatures(first.features, second.features, isMirrored);
  if (fitted === null) return [];
  const { transform, projective, agreeing: features } = fitted;
  return projective === null
    ? [{ transform, features }]
    : [
        { transform, features },
        { transform: projective, features },
      ];
}

/** How much larger, or smaller, one picture shows things than the other: 1 or more. */
function scaleOf({ width, height }: PreparedPicture, transform: Transform): number {
  const scale = Math.sqrt(Math.abs(determinant(affineAt(transform, { x: width / 2, y: height / 2 }))));
  return Math.max(scale, 1 / scale);
}

function isConvincing(check: AlignedCheck, ofSecond: number, features: number, scale: number): boolean {
  const { blocks, coverage, agreement, correlation, upper } = check;
  if (blocks < leastBlocks || Math.max(coverage, ofSecond) < leastArea) return false;
  // Where a part was painted over, the rest agrees to the grain; what was scaled or bent agrees less, but everywhere.
  // Photos of like things in like poses do neither.
  // Details get lost where one is smaller. Where none is much smaller, every block must agree, or a second shot of one
  // scene would pass.
  const soft = scale > 1.06 ? 0.95 : 0.99;
  if (agreement < 0.8 && agreesBeside(check, 'coarse')) return true;
  if (features >= manyFeatures)
    return (
      (correlation >= 0.97 && agreement >= 0.55) ||
      (correlation >= 0.965 && agreement >= 0.95) ||
      (correlation >= 0.92 && agreement >= soft)
    );
  return (
    (upper >= 0.995 && agreement >= 0.42) ||
    (correlation >= 0.99 && agreement >= 0.6) ||
    (correlation >= 0.97 && agreement >= 0.8)
  );
}

/** The part of the second picture that the first one covers, pixels. */
function regionOnSecond(first: PreparedPicture, transform: Transform, second: PreparedPicture): Point[] {
  const corners = cornersOf(first.width, first.height).map((p) => apply(transform, p));
  return clipToRectangle(corners, second.width, second.height);
}

function describeMatch(
  first: PreparedPicture,
  second: PreparedPicture,
  { transform, check, features, detail }: Convincing,
): PairMatch {
  const scaled = (points: readonly Point[], { width, height }: PreparedPicture) =>
    points.map(({ x, y }) => ({ x: x / width, y: y / height }));
  const onSecond = regionOnSecond(first, transform, second);
  const ofSecond = Math.min(1, areaOf(onSecond) / (second.width * second.height));
  const near = affineAt(transform, { x: first.width / 2, y: first.height / 2 });
  const mirrored = determinant(near) < 0;
  const sign = mirrored ? -1 : 1;
  const rotation = (Math.atan2(sign * near.d, sign * near.a) * 180) / Math.PI;
  const colour = colourChange(first.picture, second.picture, check.samples);
  const isWhole = check.coverage > 0.97 && ofSecond > 0.97;
  const isPlain =
    isWhole && !mirrored && Math.abs(rotation) < 1 && isUnchanged(colour) && check.agreement > 0.93;
  return {
    verdict: isPlain ? 'same' : 'edited',
    onFirst: scaled(check.region, first),
    onSecond: scaled(onSecond, second),
    ofFirst: Math.min(1, check.coverage),
    ofSecond,
    rotation,
    mirrored,
    colour,
    features,
    agreement: check.agreement,
    detail,
    correlation: check.correlation,
    transform,
  };
}

/** Within what compression does. */
function isUnchanged({ lightness, contrast, saturation, hue }: ColourChange): boolean {
  return (
    Math.abs(lightness) < 0.02 &&
    Math.abs(contrast - 1) < 0.06 &&
    Math.abs(saturation - 1) < 0.15 &&
    Math.abs(hue) < 6
  );
}
