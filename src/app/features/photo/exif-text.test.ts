import { expect, it } from 'vitest';
import { noExif as exif } from '../../../core/library/test-exif.ts';
import { cameraName, coordinates, exposureParts, exposureTime } from './exif-text.ts';

const words = { seconds: (time: string) => `${time} s`, millimetres: (length: string) => `${length} mm` };

it('names a camera without repeating its make', () => {
  expect(cameraName({ ...exif, make: 'Canon', model: 'Canon EOS R6' })).toBe('Canon EOS R6');
  expect(cameraName({ ...exif, make: 'SONY', model: 'ILCE-7M4' })).toBe('SONY ILCE-7M4');
  expect(cameraName({ ...exif, make: 'Leica' })).toBe('Leica');
  expect(cameraName({ ...exif, model: ' X100V ' })).toBe('X100V');
  expect(cameraName(exif)).toBeNull();
});

it('writes short times as fractions and long ones in seconds', () => {
  expect(exposureTime(0.004)).toBe('1/250');
  expect(exposureTime(1 / 3)).toBe('0.3');
  expect(exposureTime(2.5)).toBe('2.5');
  expect(exposureTime(0)).toBeNull();
  expect(exposureTime(Number.NaN)).toBeNull();
});

it('leaves out what the camera did not write', () => {
  expect(
    exposureParts({ ...exif, exposureTime: 0.01, fNumber: 2.8, iso: 400, focalLength: 35 }, words),
  ).toEqual(['1/100 s', 'f/2.8', 'ISO 400', '35 mm']);
  expect(exposureParts({ ...exif, iso: 0, fNumber: 1.7999 }, words)).toEqual(['f/1.8']);
  expect(exposureParts(exif, words)).toEqual([]);
});

it('writes coordinates to about a metre, the southern and western ones with a minus', () => {
  expect(coordinates({ latitude: -33.8567844, longitude: 151.213108, altitude: null })).toBe(
    '-33.85678, 151.21311',
  );
});
