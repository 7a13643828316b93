import type { Exif } from './photo.ts';

/** For tests: what a photo without EXIF says of itself. */
export const noExif: Exif = {
  capturedAt: null,
  make: null,
  model: null,
  lens: null,
  exposureTime: null,
  fNumber: null,
  iso: null,
  focalLength: null,
  orientation: 1,
  gps: null,
};
