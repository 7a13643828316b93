import type { Exif } from '../../../core/library/photo.ts';

/** Make and model as one name; cameras often repeat the make in the model. Null if neither is known. */
export function cameraName(exif: Exif): string | null {
  const make = exif.make?.trim() ?? '';
  const model = exif.model?.trim() ?? '';
  if (make === '' || model.toLowerCase().startsWith(make.toLowerCase())) return model || make || null;
  return model === '' ? make : `${make} ${model}`;
}

/** Seconds as photographers write them: 0.004 -> "1/250", 0.5 -> "0.5", 30 -> "30". Null for impossible values. */
export function exposureTime(seconds: number): string | null {
  if (!(seconds > 0) || !Number.isFinite(seconds)) return null;
  if (seconds >= 0.3) return String(Math.round(seconds * 10) / 10);
  return `1/${Math.round(1 / seconds)}`;
}

/** The known parts of the exposure, in the usual order: time, aperture, ISO, focal length. */
export function exposureParts(
  exif: Exif,
  words: { seconds(time: string): string; millimetres(length: string): string },
): readonly string[] {
  const time = exif.exposureTime === null ? null : exposureTime(exif.exposureTime);
  return [
    time === null ? null : words.seconds(time),
    exif.fNumber !== null && exif.fNumber > 0 ? `f/${Math.round(exif.fNumber * 10) / 10}` : null,
    exif.iso !== null && exif.iso > 0 ? `ISO ${exif.iso}` : null,
    exif.focalLength !== null && exif.focalLength > 0
      ? words.millimetres(String(Math.round(exif.focalLength * 10) / 10))
      : null,
  ].filter((part) => part !== null);
}

/** Degrees north and east with five decimals (about a metre): "48.85837, 2.29448". */
export function coordinates(gps: NonNullable<Exif['gps']>): string {
  return `${gps.latitude.toFixed(5)}, ${gps.longitude.toFixed(5)}`;
}
