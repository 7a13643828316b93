import type { Picture } from './picture.ts';
import { resampleRegion } from './resample.ts';
import { type Spot, spotsOf } from './spots.ts';
import { affineAt, apply, determinant, inverse, type Point, type Transform } from './transform.ts';

/** Whether two pictures that were laid on each other show the same to the pixel. */
export interface PixelCheck {
  /** Nothing that a person could see was added, taken away or replaced, as far as thumbnails tell. */
  readonly same: boolean;
  /** Part of what both show that differs, 0..1. */
  readonly differing: number;
  /** Where on the second picture most differs: left, top, right, bottom, parts of its sides; null: nowhere. */
  readonly place: Place | null;
}

type Place = readonly [number, number, number, number];

/** Levels by which a pixel may be off what its neighbours on the other picture span: compression and scaling do that. */
const tolerance = 22;
/** The same where a colour is at its limit: what was cut off there, no fit brings back. */
const clippedTolerance = 60;
const [leastLevel, mostLevel] = [6, 249];
/** Of the pixels around one, those that must be off with it: what is off alone is noise. [2 * around + 1 each way] */
const around = 2;
const leastOff = 11;
/** A spot of more than that part of the common area is a difference; smaller ones may be. */
const greatestSpot = 0.0012;
const leastSpotPixels = 14;
/** So many spots' worth that differs in all is a difference too, however small each spot is. */
const mostSpots = 4;
/** Pixels left out along the frame of what both show. */
const rim = 2;
/** So many times as large as the first picture the second one shows things, or more, to count as showing them larger. */
const leastLarger = 1.06;

/** Values of three channels: [3, height, width]. */
interface Planes {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Compares pixel by pixel after alignment, at the scale of the coarser picture, whatever was done to all colours alike:
 * the colours of one are first fitted to those of the other. Null: they have too little in common.
 *
 * @param transform from places of `first` to places of `second`, pixels
 */
export function checkPixels(first: Picture, second: Picture, transform: Transform): PixelCheck | null {
  const middle = { x: first.width / 2, y: first.height / 2 };
  const scale = Math.sqrt(Math.abs(determinant(affineAt(transform, middle))));
  // What the second shows larger, as a crop does, is compared pixel by pixel of the second: made smaller first, then laid on,
  // fine detail of the first would seem to differ (of 156 real crops 6 did, this way none).
  const back = scale > leastLarger ? inverse(transform) : null;
  return back === null
    ? checkFrom(first, second, transform, scale, (spot, own) => placeOn(spot, first, second, own, transform))
    : checkFrom(second, first, back, 1 / scale, placeWithin);
}

/** @param placeOf where a spot of the first picture, made as large as `own`, is on the one that is to be told about */
function checkFrom(
  first: Picture,
  second: Picture,
  transform: Transform,
  scale: number,
  placeOf: (spot: Spot, own: Planes) => Place,
): PixelCheck | null {
  const own = planesOf(first, Math.min(1, scale));
  const other = planesOf(second, Math.min(1, 1 / scale));
  const { width, height } = own;
  const laid = layOn(own, other, first, second, transform);
  const count = laid.inside.reduce((sum, value) => sum + value, 0);
  if (count < 400) return null;
  fitColours(own.values, laid.values, laid.inside);
  const off = differing(own, laid);
  const spots = spotsOf(off, width, height);
  const [largest] = spots;
  const total = spots.reduce((sum, { pixels }) => sum + pixels, 0);
  const limit = Math.max(leastSpotPixels, greatestSpot * count);
  return {
    same: largest === undefined || (largest.pixels < limit && total < mostSpots * limit),
    differing: total / count,
    place: largest === undefined ? null : placeOf(largest, own),
  };
}

function planesOf({ rgba, width, height }: Picture, scale: number): Planes {
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const [columns, rows] = [
    { from: 0, length: width },
    { from: 0, length: height },
  ];
  const values = resampleRegion(rgba, width, height, columns, rows, wide, high);
  return { values, width: wide, height: high };
}

/** What the second picture shows at each pixel of the first. `inside`: 1 where it reaches, away from its frame. */
function layOn(
  own: Planes,
  other: Planes,
  first: Picture,
  second: Picture,
  transform: Transform,
): Planes & { readonly inside: Uint8Array } {
  const { width, height } = own;
  const n = width * height;
  const values = new Float32Array(3 * n);
  const inside = new Uint8Array(n);
  const [across, down] = [first.width / width, first.height / height];
  const [acrossTo, downTo] = [other.width / second.width, other.height / second.height];
  const m = other.width * other.height;
  for (let y = rim; y < height - rim; y++) {
    for (let x = rim; x < width - rim; x++) {
      const there = apply(transform, { x: (x + 0.5) * across, y: (y + 0.5) * down });
      const [px, py] = [there.x * acrossTo - 0.5, there.y * downTo - 0.5];
      if (!(px >= rim && py >= rim && px < other.width - rim - 1 && py < other.height - rim - 1)) continue;
      const [x0, y0] = [px | 0, py | 0];
      const [fx, fy] = [px - x0, py - y0];
      const at = y0 * other.width + x0;
      inside[y * width + x] = 1;
      for (let c = 0; c < 3; c++) {
        const from = c * m + at;
        const above = other.values[from]! * (1 - fx) + other.values[from + 1]! * fx;
        const below =
          other.values[from + other.width]! * (1 - fx) + other.values[from + other.width + 1]! * fx;
        values[c * n + y * width + x] = above * (1 - fy) + below * fy;
      }
    }
  }
  return { values, width, height, inside };
}

/** Rounds of fitting, each without what was farther off than that before, levels. */
const rounds = [Number.POSITIVE_INFINITY, 60, 30];
/** Of the pixels every so many are fitted. */
const every = 3;

/** Makes the colours of `own` those that `laid` has, by the affine map that fits most pixels. Both [3, n]. */
function fitColours(own: Float32Array, laid: Float32Array, inside: Uint8Array): void {
  const n = inside.length;
  let map = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]; // [3, 4]: of red, green, blue and 1
  const fitted = (c: number, i: number) =>
    map[c * 4]! * own[i]! +
    map[c * 4 + 1]! * own[n + i]! +
    map[c * 4 + 2]! * own[2 * n + i]! +
    map[c * 4 + 3]!;
  const row = Float64Array.of(0, 0, 0, 1);
  for (const most of rounds) {
    const squares = new Float64Array(16);
    const products = new Float64Array(12);
    for (let i = 0; i < n; i += every) {
      if (inside[i] === 0) continue;
      row[0] = own[i]!;
      row[1] = own[n + i]!;
      row[2] = own[2 * n + i]!;
      let off = 0;
      for (let c = 0; c < 3; c++) off = Math.max(off, Math.abs(fitted(c, i) - laid[c * n + i]!));
      if (off > most) continue;
      for (let p = 0; p < 4; p++) {
        for (let q = 0; q < 4; q++) squares[p * 4 + q] = squares[p * 4 + q]! + row[p]! * row[q]!;
        for (let c = 0; c < 3; c++) products[c * 4 + p] = products[c * 4 + p]! + row[p]! * laid[c * n + i]!;
      }
    }
    const next = solveFour(squares, products);
    if (next === null) break;
    map = next;
  }
  for (let i = 0; i < n; i++) {
    const [r, g, b] = [fitted(0, i), fitted(1, i), fitted(2, i)];
    own[i] = r;
    own[n + i] = g;
    own[2 * n + i] = b;
  }
}

/** Solves the same four equations for three right sides; null where they do not determine it. */
function solveFour(squares: Float64Array, products: Float64Array): number[] | null {
  const rows = Array.from({ length: 4 }, (_, p) => [
    ...squares.subarray(p * 4, p * 4 + 4),
    products[p]!,
    products[4 + p]!,
    products[8 + p]!,
  ]);
  for (let p = 0; p < 3; p++) rows[p]![p] = rows[p]![p]! * (1 + 1e-6) + 1e-3; // grey pictures have three equal channels
  for (let i = 0; i < 4; i++) {
    const pivot = rows[i]![i]!;
    if (Math.abs(pivot) < 1e-9) return null;
    for (let j = 0; j < 4; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / pivot;
      for (let k = i; k < 7; k++) rows[j]![k] = rows[j]![k]! - factor * rows[i]![k]!;
    }
  }
  return [0, 1, 2].flatMap((c) => rows.map((row, p) => row[4 + c]! / row[p]!));
}

/** 1 where either picture is off what the other one shows around that pixel, and enough of its neighbours are. */
function differing(own: Planes, laid: Planes & { readonly inside: Uint8Array }): Uint8Array {
  const { width, height } = own;
  const { inside } = laid;
  const n = width * height;
  const raw = new Uint8Array(n);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      if (inside[at] === 0) continue;
      const limit =
        isClipped(laid.values, at, n) || isClipped(own.values, at, n) ? clippedTolerance : tolerance;
      for (let c = 0; c < 3 && raw[at] === 0; c++) {
        const from = c * n + at;
        if (
          distanceFrom(own.values[from]!, laid.values, from, at, width, inside) > limit ||
          distanceFrom(laid.values[from]!, own.values, from, at, width, inside) > limit
        )
          raw[at] = 1;
      }
    }
  }
  const off = new Uint8Array(n);
  for (let y = around; y < height - around; y++) {
    for (let x = around; x < width - around; x++) {
      if (raw[y * width + x] === 0) continue;
      let sum = 0;
      for (let dy = -around; dy <= around; dy++)
        for (let dx = -around; dx <= around; dx++) sum += raw[(y + dy) * width + x + dx]!;
      if (sum >= leastOff) off[y * width + x] = 1;
    }
  }
  return off;
}

function isClipped(values: Float32Array, at: number, n: number): boolean {
  for (let from = at; from < 3 * n; from += n)
    if (values[from]! <= leastLevel || values[from]! >= mostLevel) return true;
  return false;
}

/** How far a value lies outside of what a channel has at a pixel and its eight neighbours. */
function distanceFrom(
  value: number,
  channel: Float32Array,
  from: number,
  at: number,
  width: number,
  inside: Uint8Array,
): number {
  let [least, most] = [channel[from]!, channel[from]!];
  for (let dy = -width; dy <= width; dy += width) {
    for (let dx = -1; dx <= 1; dx++) {
      if (inside[at + dy + dx] === 0) continue;
      const near = channel[from + dy + dx]!;
      if (near < least) least = near;
      if (near > most) most = near;
    }
  }
  return Math.max(least - value, value - most, 0);
}

function placeWithin({ left, top, right, bottom }: Spot, { width, height }: Planes): Place {
  return [left / width, top / height, right / width, bottom / height];
}

function placeOn(spot: Spot, first: Picture, second: Picture, own: Planes, transform: Transform): Place {
  const [across, down] = [first.width / own.width, first.height / own.height];
  const corners: Point[] = [
    [spot.left, spot.top],
    [spot.right, spot.top],
    [spot.right, spot.bottom],
    [spot.left, spot.bottom],
  ].map(([x, y]) => apply(transform, { x: x! * across, y: y! * down }));
  const xs = corners.map(({ x }) => x / second.width);
  const ys = corners.map(({ y }) => y / second.height);
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(within) as unknown as Place;
}
