import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosine, dot } from '../vector/dot.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import {
  atRest,
  isBlank,
  readUnitVector,
  readVector,
  recordBytes,
  recordSource,
  writeVector,
} from './stored-vectors.ts';

describe('vectors at rest', () => {
  it('lose half a step of their scale at most', () => {
    const component = fc.float({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.array(component, { minLength: 1, maxLength: 40 }), fc.nat(9), (values, at) => {
        const vector = Float32Array.from(values);
        const bytes = new Uint8Array(at + recordBytes(vector.length));
        writeVector(vector, bytes, at);
        const back = new Float32Array(vector.length);
        readVector(bytes, at, vector.length, back);
        const step = Math.max(...vector.map(Math.abs)) / 127;
        vector.forEach((x, i) => {
          expect(Math.abs(back[i]! - x)).toBeLessThanOrEqual(step * 0.5001 + 1e-37);
        });
      }),
    );
  });

  it('keep the cosine, and are what a build reads', () => {
    const [count, dim] = [10, 96];
    const vectors = clusteredVectors({ count, dims: dim, seed: 2 });
    const size = recordBytes(dim);
    const records = new Uint8Array(count * size);
    for (let n = 0; n < count; n++) writeVector(vectors.subarray(n * dim, (n + 1) * dim), records, n * size);
    const ids = Uint32Array.from({ length: count }, (_, n) => 3 * n);
    const source = recordSource(ids, dim, records);
    expect([source.count, source.id(2)]).toEqual([count, 6]);
    const out = new Float32Array(2 * dim);
    source.read(3, 2, out);
    [3, 4].forEach((n, at) => {
      const [found, original] = [out.slice(at * dim, (at + 1) * dim), vectors.slice(n * dim, (n + 1) * dim)];
      expect(cosine(found, original)).toBeGreaterThan(0.9999);
    });
  });

  it('of length 1 are read as such; what was never written is blank and reads as zeros', () => {
    const dim = 32;
    const vectors = clusteredVectors({ count: 20, dims: dim, seed: 4 });
    for (let n = 0; n < 20; n++) {
      const read = atRest(vectors.subarray(n * dim, (n + 1) * dim));
      expect(dot(read, read, dim)).toBeCloseTo(1, 6);
      expect(atRest(read)).toEqual(read);
    }
    const records = new Uint8Array(2 * recordBytes(3));
    writeVector(Float32Array.of(0, 1, 0), records, recordBytes(3));
    expect([isBlank(records, 0), isBlank(records, recordBytes(3))]).toEqual([true, false]);
    const out = new Float32Array(3).fill(7);
    readUnitVector(records, 0, 3, out);
    expect([...out]).toEqual([0, 0, 0]);
  });

  it('refuse values that are not finite', () => {
    expect(() => writeVector(Float32Array.of(1, Number.NaN), new Uint8Array(8), 0)).toThrow(
      /NaN; values must be/,
    );
  });
});
