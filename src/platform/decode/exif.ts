import type { Tags } from 'exifreader';
import type { Exif } from '../../core/library/photo.ts';
import { readKeywords } from './keywords.ts';

const tagNames = [
  'Make',
  'Model',
  'Orientation',
  'DateTimeOriginal',
  'DateTimeDigitized',
  'SubSecTimeOriginal',
  'SubSecTimeDigitized',
  'ExposureTime',
  'FNumber',
  'ISOSpeedRatings',
  'FocalLength',
  'LensModel',
  'GPSLatitudeRef',
  'GPSLatitude',
  'GPSLongitudeRef',
  'GPSLongitude',
  'GPSAltitudeRef',
  'GPSAltitude',
] as const;

/** Longest text that is kept, characters. */
const longestText = 200;

/**
 * What the camera wrote into the file. Null where there is nothing of use; odd values are left out one by one, however
 * the file is made. The parser is loaded on first use.
 */
export async function readExif(bytes: ArrayBuffer): Promise<Exif | null> {
  const { load } = await import('exifreader');
  const words = readKeywords(new Uint8Array(bytes));
  let tags: Tags;
  try {
    tags = load(bytes, { includeTags: { exif: [...tagNames] } });
  } catch {
    // The parser throws where there is no metadata and where there is damaged metadata: a photo without EXIF either way.
    return withKeywords(null, words);
  }
  const exif = exifOf((name) => (tags as Record<string, { value?: unknown } | undefined>)[name]?.value);
  return withKeywords(isEmpty(exif) ? null : exif, words);
}

function withKeywords(exif: Exif | null, keywords: readonly string[]): Exif | null {
  return keywords.length === 0 ? exif : { ...(exif ?? exifOf(() => undefined)), keywords };
}

type TagValue = (name: (typeof tagNames)[number]) => unknown;

/** Checks raw tag values (as exifreader gives them: texts in arrays, rationals as [numerator, denominator]). */
export function exifOf(value: TagValue): Exif {
  const orientation = number(value('Orientation'));
  return {
    capturedAt:
      wallClock(value('DateTimeOriginal'), value('SubSecTimeOriginal')) ??
      wallClock(value('DateTimeDigitized'), value('SubSecTimeDigitized')),
    make: text(value('Make')),
    model: text(value('Model')),
    lens: text(value('LensModel')),
    exposureTime: within(number(value('ExposureTime')), Number.MIN_VALUE, 86_400),
    fNumber: within(number(value('FNumber')), 0.1, 1000),
    iso: within(number(value('ISOSpeedRatings')), 1, 10_000_000),
    focalLength: within(number(value('FocalLength')), 0.1, 100_000),
    orientation: orientation !== null && [1, 2, 3, 4, 5, 6, 7, 8].includes(orientation) ? orientation : 1,
    gps: position(value),
  };
}

function isEmpty(exif: Exif): boolean {
  return Object.entries(exif).every(([key, value]) => value === (key === 'orientation' ? 1 : null));
}

/** A number, a rational [numerator, denominator], or the first of an array; null if not finite. */
function number(value: unknown): number | null {
  const plain = Array.isArray(value)
    ? value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'number'
      ? value[0] / value[1]
      : value[0]
    : value;
  return typeof plain === 'number' && Number.isFinite(plain) ? plain : null;
}

function within(value: number | null, least: number, most: number): number | null {
  return value !== null && value >= least && value <= most ? value : null;
}

function text(value: unknown): string | null {
  const raw = Array.isArray(value) ? value[0] : value;
  if (typeof raw !== 'string') return null;
  const clean = (raw.split('\0')[0] ?? '').replace(/\p{Cc}/gu, ' ').trim();
  const short = Array.from(clean).slice(0, longestText).join('').trim();
  return short === '' ? null : short;
}

/**
 * `YYYY:MM:DD HH:MM:SS` as milliseconds since 1970, as if it were UTC; null if no such moment exists.
 *
 * @param fraction of the second, digits behind the point: shots of one burst differ in nothing else
 */
function wallClock(value: unknown, fraction: unknown): number | null {
  const match = /^(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text(value) ?? '');
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const at = new Date(Date.UTC(year!, month! - 1, day!, hour, minute, second));
  const exists =
    at.getUTCMonth() === month! - 1 && at.getUTCDate() === day && hour! < 24 && minute! < 60 && second! <= 60;
  return exists && year! >= 1800 && year! < 2200 ? at.getTime() + milliseconds(fraction) : null;
}

function milliseconds(fraction: unknown): number {
  const [digits] = /^\d+/.exec(text(fraction) ?? '') ?? [''];
  return Number(digits.slice(0, 3).padEnd(3, '0'));
}

function position(value: TagValue): Exif['gps'] {
  const latitude = degrees(value('GPSLatitude'), value('GPSLatitudeRef'), 'N', 'S', 90);
  const longitude = degrees(value('GPSLongitude'), value('GPSLongitudeRef'), 'E', 'W', 180);
  // Cameras without a fix write zeros.
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  const height = within(number(value('GPSAltitude')), 0, 100_000);
  const below = number(value('GPSAltitudeRef')) === 1;
  return { latitude, longitude, altitude: height !== null && below ? -height : height };
}

/** Degrees, minutes, seconds, each a rational. */
function degrees(
  value: unknown,
  reference: unknown,
  positive: string,
  negative: string,
  most: number,
): number | null {
  if (!Array.isArray(value) || value.length < 1 || value.length > 3) return null;
  const side = text(reference)?.toUpperCase() ?? '';
  if (side[0] !== positive && side[0] !== negative) return null;
  let sum = 0;
  for (const [i, part] of value.entries()) {
    const size = number(part);
    // Some writers give 0/0 for seconds they do not have.
    if (size === null && i === 0) return null;
    sum += (size ?? 0) / 60 ** i;
  }
  if (sum < 0 || sum > most) return null;
  return side[0] === negative && sum !== 0 ? -sum : sum;
}
