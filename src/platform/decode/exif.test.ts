import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exifOf, readExif } from './exif.ts';

function exif(tags: Record<string, unknown>) {
  return exifOf((name) => tags[name]);
}

describe('EXIF values', () => {
  it('of a usual photo are all there', () => {
    expect(
      exif({
        Make: ['Lumen '],
        Model: ['LX-40\0junk'],
        Orientation: 6,
        DateTimeOriginal: ['2023:05:07 18:30:59'],
        ExposureTime: [1, 250],
        FNumber: [28, 10],
        ISOSpeedRatings: [400, 0],
        FocalLength: [350, 10],
        LensModel: ['35mm'],
        GPSLatitude: [
          [31, 1],
          [13, 1],
          [4944, 100],
        ],
        GPSLatitudeRef: ['S'],
        GPSLongitude: [
          [121, 1],
          [30, 1],
          [0, 0],
        ],
        GPSLongitudeRef: ['E'],
        GPSAltitude: [120, 10],
        GPSAltitudeRef: 1,
      }),
    ).toEqual({
      capturedAt: Date.UTC(2023, 4, 7, 18, 30, 59),
      make: 'Lumen',
      model: 'LX-40',
      lens: '35mm',
      exposureTime: 1 / 250,
      fNumber: 2.8,
      iso: null, // 400 over 0: not a number
      focalLength: 35,
      orientation: 6,
      gps: { latitude: -(31 + 13 / 60 + 49.44 / 3600), longitude: 121.5, altitude: -12 },
    });
  });

  it('take only dates that exist', () => {
    const date = (text: string) => exif({ DateTimeOriginal: [text] }).capturedAt;
    expect(date('2024:02:29 00:00:00')).toBe(Date.UTC(2024, 1, 29));
    expect(date('2024-02-29T23:59')).toBe(Date.UTC(2024, 1, 29, 23, 59));
    for (const text of [
      '2023:02:29 00:00:00',
      '0000:00:00 00:00:00',
      '    :  :     :  :  ',
      '2024:13:01 10:00:00',
    ]) {
      expect(date(text)).toBeNull();
    }
    expect(date('2024:01:01 24:00:00')).toBeNull();
  });

  it('tell the shots of one second apart', () => {
    const at = (fraction: unknown) =>
      exif({ DateTimeOriginal: ['2024:02:29 00:00:00'], SubSecTimeOriginal: fraction }).capturedAt! -
      Date.UTC(2024, 1, 29);
    expect([['07'], ['5'], ['123456'], ['25 '], ['  '], ['x'], undefined].map(at)).toEqual([
      70, 500, 123, 250, 0, 0, 0,
    ]);
  });

  it('fall back on the date of digitising', () => {
    expect(exif({ DateTimeOriginal: ['?'], DateTimeDigitized: ['2001:02:03 04:05:06'] }).capturedAt).toBe(
      Date.UTC(2001, 1, 3, 4, 5, 6),
    );
  });

  it('drop the position that cameras without a fix write, and positions off the globe', () => {
    const at = (latitude: number, longitude: number) =>
      exif({
        GPSLatitude: [[latitude, 1]],
        GPSLatitudeRef: ['N'],
        GPSLongitude: [[longitude, 1]],
        GPSLongitudeRef: ['W'],
      }).gps;
    expect(at(10, 20)).toEqual({ latitude: 10, longitude: -20, altitude: null });
    expect(at(0, 0)).toBeNull();
    expect(at(91, 0)).toBeNull();
    expect(at(10, 181)).toBeNull();
  });

  it('shorten texts to 200 characters without control characters or torn letters', () => {
    const { make } = exif({ Make: [`a\u0007b${'👩'.repeat(300)}`] });
    expect(Array.from(make ?? '')).toHaveLength(200);
    expect(make?.startsWith('a b👩')).toBe(true);
    expect(encodeURIComponent(make ?? '')).toContain('%F0%9F');
  });

  it('are finite or null whatever the tags hold', () => {
    const odd = fc.oneof(fc.anything(), fc.array(fc.oneof(fc.double(), fc.string()), { maxLength: 3 }));
    const names = [
      'Orientation',
      'ExposureTime',
      'FNumber',
      'ISOSpeedRatings',
      'FocalLength',
      'GPSAltitude',
      'Make',
    ];
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names, 'GPSLatitude', 'DateTimeOriginal'), odd),
        (tags) => {
          const { make, gps, orientation, ...numbers } = exif(tags);
          expect(make === null || (typeof make === 'string' && make.length > 0)).toBe(true);
          expect(gps).toBeNull();
          expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(orientation);
          for (const value of Object.values(numbers))
            expect(value === null || Number.isFinite(value)).toBe(true);
        },
      ),
    );
  });
});

describe('reading EXIF', () => {
  it('gives null for files without any, and for damaged ones', async () => {
    expect(await readExif(new ArrayBuffer(0))).toBeNull();
    expect(await readExif(new TextEncoder().encode('no picture').buffer)).toBeNull();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (rest) => {
        const head = [0xff, 0xd8, 0xff, 0xe1, 0, 8 + rest.length];
        const exifHead = [...'Exif\0\0'].map((char) => char.charCodeAt(0));
        const file = Uint8Array.from([...head, ...exifHead, ...rest]);
        expect(await readExif(file.buffer)).toBeNull();
      }),
      { seed: 1 },
    );
  });
});
