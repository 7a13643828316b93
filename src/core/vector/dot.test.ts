import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosine, dot, norm, normalise } from './dot.ts';

const component = fc.float({ min: -100, max: 100, noNaN: true });
const vector = fc.float32Array({ min: -100, max: 100, noNaN: true, minLength: 1, maxLength: 40 });

describe('dot', () => {
  it('equals the plain sum for every length, offsets included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(component, component), { maxLength: 40 }),
        fc.nat(5),
        fc.nat(5),
        (pairs, aStart, bStart) => {
          const a = new Float32Array([...Array(aStart).fill(7), ...pairs.map((p) => p[0]), 9]);
          const b = new Float32Array([...Array(bStart).fill(5), ...pairs.map((p) => p[1]), 9]);
          const plain = pairs.reduce((sum, [x, y]) => sum + Math.fround(x) * Math.fround(y), 0);
          expect(dot(a, b, pairs.length, aStart, bStart)).toBeCloseTo(plain, 6);
        },
      ),
    );
  });

  it('takes the whole vectors when no range is given', () => {
    expect(dot(new Float32Array([1, 2, 3, 4, 5]), new Float32Array([1, 1, 1, 1, 2]))).toBe(20);
  });
});

describe('normalise', () => {
  it('makes the length one and keeps the direction', () => {
    fc.assert(
      fc.property(vector, (a) => {
        fc.pre(norm(a) > 1e-3);
        const unit = normalise(a.slice());
        expect(norm(unit)).toBeCloseTo(1, 5);
        expect(cosine(a, unit)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('leaves a vector of zeros alone', () => {
    expect([...normalise(new Float32Array(3))]).toEqual([0, 0, 0]);
  });
});

describe('cosine', () => {
  it('is symmetric, between -1 and 1, and does not depend on lengths', () => {
    fc.assert(
      fc.property(vector, fc.float({ min: 0.5, max: 10, noNaN: true }), (a, factor) => {
        fc.pre(norm(a) > 1e-3);
        const b = a.map((x, i) => x * factor + (i % 3));
        expect(cosine(a, b)).toBe(cosine(b, a));
        expect(Math.abs(cosine(a, b))).toBeLessThanOrEqual(1);
        expect(
          cosine(
            a,
            a.map((x) => x * factor),
          ),
        ).toBeCloseTo(1, 5);
        expect(
          cosine(
            a,
            a.map((x) => -x),
          ),
        ).toBeCloseTo(-1, 5);
      }),
    );
  });

  it('is 0 against zeros and refuses unequal lengths', () => {
    expect(cosine(new Float32Array(2), new Float32Array([1, 2]))).toBe(0);
    expect(() => cosine(new Float32Array(2), new Float32Array(3))).toThrow(/2 and 3 components/);
  });
});
