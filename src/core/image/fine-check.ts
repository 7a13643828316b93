import { type AlignedCheck, checkAligned } from './aligned-check.ts';
import { agreesBeside } from './beside-overlay.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import { affineAt, determinant, type Transform } from './transform.ts';

/**
 * [Note: Fine check]
 * Like things in like poses, and second shots of one scene, agree as a whole and differ in detail; copies agree in detail,
 * too. How well they must depends on what was done: second shots come with some perspective, some turning, some stretch,
 * which few people give to a copy. The numbers are from 285 copies of 14 kinds, 102 pairs of shop photos of like things and
 * shots of one crate of fruit that the coarse check takes for copies (one of which is left), and not from the bars.
 *
 * @returns part of the fine blocks that agree, 0..1; null: they are no copies
 */
export function fineAgreement(
  first: PreparedPicture,
  second: PreparedPicture,
  transform: Transform,
): number | null {
  // What is a few dozen pixels wide has no details.
  if (Math.min(first.width, first.height, second.width, second.height) < leastSide) return 1;
  const fine = checkAligned(first, second, transform, 2);
  if (fine === null || fine.blocks === 0) return null;
  return isBorneOut(fine, first, second, transform) ? fine.agreement : null;
}

function isBorneOut(
  fine: AlignedCheck,
  first: PreparedPicture,
  second: PreparedPicture,
  transform: Transform,
): boolean {
  const { turned, stretch, perspective } = bendOf(first, transform);
  if (stretch < 1.035 && perspective < 0.1 && turned < 1.2) {
    // Where a part was written or painted over, what is left agrees to the grain.
    if (fine.correlation >= 0.98 && fine.agreement >= 0.75) return true;
    const isLeftToTheGrain = fine.upper >= 0.996 && fine.agreement >= 0.42;
    if (isLeftToTheGrain && finest(first, second, transform).upper >= 0.99) return true;
    if (fine.agreement < 0.93)
      return agreesBeside(fine, 'fine') && agreesBeside(finest(first, second, transform), 'fine');
    return fine.correlation >= 0.94 || finest(first, second, transform).correlation >= 0.94;
  }
  if (fine.agreement < 0.86 || fine.correlation < 0.968) return false;
  const { correlation } = finest(first, second, transform);
  if (stretch >= 1.035) return fine.correlation >= 0.985 && correlation >= 0.98;
  return perspective < 0.15 ? fine.correlation >= 0.975 && correlation >= 0.966 : correlation >= 0.9;
}

const leastSide = 48;

function finest(first: PreparedPicture, second: PreparedPicture, transform: Transform) {
  return checkAligned(first, second, transform, 3) ?? nothingFiner;
}

const nothingFiner = {
  correlation: 0,
  upper: 0,
  grid: new Float32Array(0),
  apart: new Float32Array(0),
  columns: 0,
} as const satisfies Partial<AlignedCheck>;

/**
 * What a transform does beside moving, scaling, mirroring and turning by quarters: degrees from the nearest quarter; the
 * greatest scale by the least in the middle; by how much of itself the scale changes from side to side.
 */
function bendOf({ width, height }: PreparedPicture, transform: Transform) {
  const near = affineAt(transform, { x: width / 2, y: height / 2 });
  const { a, b, d, e } = near;
  const half = (a * a + b * b + d * d + e * e) / (2 * Math.abs(determinant(near)));
  const stretch = half + Math.sqrt(Math.max(0, half * half - 1));
  const angle = (Math.atan2(d, a) * 180) / Math.PI;
  const turned = Math.abs(angle - 90 * Math.round(angle / 90));
  const perspective = Math.abs(transform.g) * width + Math.abs(transform.h) * height;
  return { turned, stretch, perspective };
}
