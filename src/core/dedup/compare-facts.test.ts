import { describe, expect, it } from 'vitest';
import { madePicture } from '../image/made-picture.ts';
import { scaleGrey } from '../image/picture.ts';
import { type ComparedFacts, differences } from './compare-facts.ts';
import { sharpness } from './sharpness.ts';

const one: ComparedFacts = {
  photo: 1,
  name: 'a.jpg',
  path: null,
  size: 1000,
  width: 400,
  height: 300,
  type: 'image/jpeg',
  capturedAt: 1,
  modifiedAt: 1,
  metadata: 0,
  hasCaptureDate: false,
  hasFile: true,
  sharpness: 1,
};

describe('what differs', () => {
  it('is nothing between equal photos', () => {
    expect(differences([one, { ...one, photo: 2 }])).toEqual([]);
  });

  it('is told with the better one, where better means something', () => {
    const other = {
      ...one,
      width: 800,
      height: 600,
      size: 3000,
      type: 'image/png',
      metadata: 4,
      sharpness: 2,
    };
    expect(differences([one, { ...other, name: 'b.png', capturedAt: 5, hasCaptureDate: true }])).toEqual([
      { kind: 'pixels', better: [1] },
      { kind: 'bytes', better: [] },
      { kind: 'format', better: [1] },
      { kind: 'sharpness', better: [1] },
      { kind: 'metadata', better: [1] },
      { kind: 'date', better: [1] },
      { kind: 'path', better: [] },
    ]);
    expect(differences([one, { ...one, size: 2000 }])).toEqual([{ kind: 'bytes', better: [1] }]);
  });
});

describe('sharpness', () => {
  it('falls when a picture is blurred, and is 0 for a flat one', () => {
    const picture = madePicture(1, 256, 192);
    const grey = { values: new Float32Array(256 * 192), width: 256, height: 192 };
    for (let i = 0; i < grey.values.length; i++) grey.values[i] = picture.rgba[4 * i]!;
    const soft = scaleGrey(scaleGrey(grey, 64, 48), 256, 192);
    const rgba = new Uint8Array(256 * 192 * 4);
    soft.values.forEach((value, i) => {
      rgba.fill(Math.min(255, Math.max(0, value)), 4 * i, 4 * i + 4);
    });
    expect(sharpness({ rgba, width: 256, height: 192 })).toBeLessThan(sharpness(picture) / 2);
    expect(sharpness({ rgba: new Uint8Array(64).fill(9), width: 4, height: 4 })).toBe(0);
  });
});
