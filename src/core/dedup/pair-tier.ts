import type { Tier } from './tiers.ts';

/** What comparing two pictures point by point said: see `PairMatch`. */
export interface PairCheck {
  /** The lesser part of the two pictures that the other one shows, 0..1. */
  readonly shared: number;
  /** Part of that which looks the same after alignment, 0..1. */
  readonly agreement: number;
  /** The same of details; absent: they were not looked at. */
  readonly detail?: number;
  /** Lightness, contrast, saturation and hue are within what compression does. */
  readonly sameColour: boolean;
}

/** What cameras wrote about a shot. */
export interface Shot {
  /** Milliseconds, see [Note: Wall-clock times]; null without a camera's date. */
  readonly capturedAt: number | null;
  /** Make and model; null if unknown. */
  readonly camera: string | null;
  /** Pixels, orientation applied. */
  readonly width: number;
  readonly height: number;
  /** Its place among the files of the camera; null if unknown. */
  readonly serial: Serial | null;
}

/** `IMG_1234.jpg` -> 1234 of `img_`. */
export interface Serial {
  readonly series: string;
  readonly number: number;
}

/** Shots of one burst follow each other within so many milliseconds. */
export const burstMilliseconds = 5000;
/** Cosine from which two shots show nearly the same view. */
export const sameViewCosine = 0.85;
export const sameSceneCosine = 0.88;

const quarterHour = 15 * 60_000;

/**
 * Which list a verified pair belongs to. Two moments of one camera are two shots, however alike
 * ([Note: Bursts are no duplicates]); so are two of the same second and size in which anything moved, or that the camera
 * numbered one after the other: of still things it takes ten a second.
 */
export function tierOfCopy(check: PairCheck, a: Shot, b: Shot): Tier {
  const apart = momentsApart(a, b);
  const sameCamera = a.camera !== null && a.camera === b.camera;
  if (apart !== null && apart > 0) return apart <= burstMilliseconds ? 'same-shot' : 'same-scene';
  const sameSize = a.width === b.width && a.height === b.height;
  const moved = check.agreement < 0.97;
  if (apart === 0 && sameCamera && sameSize && (moved || areNext(a, b))) return 'same-shot';
  const isWhole = check.shared >= 0.93 && check.agreement >= 0.93 && check.sameColour;
  return isWhole && !isWrittenOn(check) ? 'same-picture' : 'edited-copy';
}

/**
 * What is written on it, or painted over, is an edit. Of 30 copies with a line of text a seventh as high as the picture 29
 * agree in 0.957 of their details at most; scaled, packed again, turned, mirrored or brightened ones agree in all.
 */
function isWrittenOn({ detail = 1 }: PairCheck): boolean {
  return detail < 0.97;
}

/** Which list a pair that is only alike belongs to; null: none. */
export function tierOfLikeness(cosine: number, a: Shot, b: Shot): Tier | null {
  const apart = momentsApart(a, b);
  const sameCamera = a.camera !== null && a.camera === b.camera;
  if (apart !== null && apart <= burstMilliseconds && sameCamera && cosine >= sameViewCosine)
    return 'same-shot';
  return cosine >= sameSceneCosine ? 'same-scene' : null;
}

/** Numbers of one burst differ by less. */
const mostInBurst = 100;

function areNext({ serial: a }: Shot, { serial: b }: Shot): boolean {
  if (a === null || b === null || a.series !== b.series || a.number === b.number) return false;
  return Math.abs(a.number - b.number) < mostInBurst;
}

/** The last three digits or more of a file's name, and what is before them; a copy's number, `(1)`, is less. */
export function serialOf(name: string): Serial | null {
  const stem = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const last = [...stem.matchAll(/\d{3,}/g)].at(-1);
  return last === undefined
    ? null
    : { series: stem.slice(0, last.index).toLowerCase(), number: Number(last[0]) };
}

/**
 * Milliseconds between two shots; null where a camera's date is missing. Programs that correct the zone shift dates by
 * whole quarters of an hour: such are the same moment. Some leave fractions of the second out.
 */
function momentsApart(a: Shot, b: Shot): number | null {
  if (a.capturedAt === null || b.capturedAt === null) return null;
  const isWhole = [a, b].some(({ capturedAt }) => capturedAt! % 1000 === 0);
  const [one, other] = [a.capturedAt, b.capturedAt].map((at) =>
    isWhole ? Math.floor(at / 1000) * 1000 : at,
  );
  const apart = Math.abs(one! - other!);
  return apart >= quarterHour && apart <= 14 * 4 * quarterHour && apart % quarterHour === 0 ? 0 : apart;
}
