import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredVectors } from './clustered-vectors.ts';
import type { GridBits } from './factory-string.ts';
import { GridCode } from './grid-code.ts';
import { codeBytes, FlatCode, RangeCode, type RowCode } from './row-code.ts';
import { SignRotation } from './sign-rotation.ts';

const dims = 40;
const count = 300;
const vectors = clusteredVectors({ count, dims, seed: 5 });

/** Mean square of what the code loses, and the largest gap between `dots` and the decoded vectors' own products. */
function measure(code: RowCode): { error: number; gap: number } {
  const codes = new Uint8Array(count * code.bytes);
  const scales = new Uint8Array(count);
  code.encode(vectors, 0, count, codes, 0, scales, 0);
  const positions = Int32Array.from({ length: count }, (_, n) => (n * 7) % count);
  const out = new Float64Array(count);
  const query = vectors.subarray(3 * dims, 4 * dims);
  code.setQuery(query, 0);
  code.dots(codeBytes(codes), positions, count, out);
  const decoded = new Float32Array(dims);
  let error = 0;
  let gap = 0;
  for (let n = 0; n < count; n++) {
    const row = positions[n]!;
    const scale = code.scaleTable === null ? 1 : code.scaleTable[scales[row]!]!;
    code.decode(codes, row, decoded, 0);
    let product = 0;
    for (let i = 0; i < dims; i++) {
      error += (scale * decoded[i]! - vectors[row * dims + i]!) ** 2;
      product += decoded[i]! * query[i]!;
    }
    gap = Math.max(gap, Math.abs(product - out[n]!) * scale);
  }
  return { error: error / count, gap };
}

describe('row codes', () => {
  it('loses nothing as floats', () => {
    const { error, gap } = measure(new FlatCode(dims));
    expect(error).toBe(0);
    expect(gap).toBeLessThan(1e-6);
  });

  it('loses little in a byte a component between the trained bounds', () => {
    const { error, gap } = measure(RangeCode.train(vectors, count, dims));
    // Seen 3.0e-5.
    expect(error).toBeLessThan(5e-5);
    expect(gap).toBeLessThan(1e-6);
  });

  // Seen: 0.0117, 0.0036, 0.0012 and 0.00019 of the squared length.
  it.each<[GridBits, number]>([
    [4, 0.015],
    [5, 0.005],
    [6, 0.0016],
    [8, 0.0004],
  ])('loses less with more bits on the grid: %i bits', (bits, most) => {
    const { error, gap } = measure(new GridCode(dims, bits));
    expect(error).toBeLessThan(most);
    expect(gap).toBeLessThan(1e-6);
  });

  it.each<GridBits>([4, 5, 6, 8])('codes what a grid code of %i bits decoded to as itself', (bits) => {
    const code = new GridCode(dims, bits);
    const codes = new Uint8Array(code.bytes);
    const scales = new Uint8Array(1);
    code.encode(vectors, 0, 1, codes, 0, scales, 0);
    const decoded = new Float32Array(dims);
    code.decode(codes, 0, decoded, 0);
    // 40 components fill 64 places: what the padding took is gone, so only nearly all of the vector comes back.
    const again = new Uint8Array(code.bytes);
    const full = new GridCode(64, bits);
    const wide = new Float32Array(64);
    full.decode(codes, 0, wide, 0);
    const step = full.scaleTable[scales[0]!]!;
    const againScales = new Uint8Array(1);
    full.encode(
      wide.map((x) => x * step),
      0,
      1,
      again,
      0,
      againScales,
      0,
    );
    if (againScales[0] === scales[0]) expect(again).toEqual(codes);
  });

  it('codes a row of zeros as zeros', () => {
    const code = new GridCode(dims, 5);
    const codes = new Uint8Array(code.bytes);
    const scales = Uint8Array.of(9);
    code.encode(new Float32Array(dims), 0, 1, codes, 0, scales, 0);
    expect(code.scaleTable[scales[0]!]).toBe(0);
  });

  it('refuses ranges that do not fit the dimensions', () => {
    expect(() => new RangeCode(4, new Float32Array(7))).toThrow(/7 values; expected 2 x 4/);
  });
});

describe('SignRotation', () => {
  it('keeps lengths and is undone by invert, whatever the dimensions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), (size, seed) => {
        const rotation = new SignRotation(size, seed);
        const v = Float64Array.from({ length: size }, (_, i) => Math.sin(i * 3 + (seed % 100)));
        const turned = v.slice();
        rotation.apply(turned);
        expect(Math.hypot(...turned)).toBeCloseTo(Math.hypot(...v), 9);
        rotation.invert(turned);
        for (let i = 0; i < size; i++) expect(turned[i]!).toBeCloseTo(v[i]!, 9);
      }),
      { numRuns: 50 },
    );
  });

  it('spreads one component over all', () => {
    for (const size of [64, 96, 192]) {
      const v = new Float64Array(size);
      v[size - 1] = 1;
      new SignRotation(size, 3).apply(v);
      expect(Math.max(...v.map(Math.abs))).toBeLessThan(0.45);
    }
  });
});
