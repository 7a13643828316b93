import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateBuffer } from './candidate-buffer.ts';
import { ProductCode } from './product-code.ts';
import { ProductQuantiser } from './product-quantiser.ts';
import { seededRandom } from './random.ts';
import { codeBytes } from './row-code.ts';

const rows = 300;

/** Random codes of a random quantiser whose later pieces count less, as those of embeddings along principal axes do. */
function randomCodes(subspaces: number, subDims: number, seed: number) {
  const random = seededRandom(seed);
  const codebooks = Float32Array.from(
    { length: subspaces * 256 * subDims },
    (_, i) => random.gaussian() / (1 + Math.floor(i / (256 * subDims))),
  );
  const code = new ProductCode(new ProductQuantiser(subspaces, subDims, codebooks), true);
  const bytes = new Uint8Array(rows * code.bytes);
  for (let n = 0; n < rows; n++) {
    for (let m = 0; m < subspaces; m++) bytes[n * code.bytes + m] = random.below(256);
  }
  const query = Float32Array.from({ length: code.dims }, () => random.gaussian());
  code.setQuery(query, 0);
  const scales = Uint8Array.from({ length: rows }, () => random.below(256));
  const dots = new Float64Array(rows);
  const codes = codeBytes(bytes);
  code.dots(codes, Int32Array.from(dots.keys()), rows, dots);
  const scores = dots.map((x, n) => 0.25 + code.scaleTable![scales[n]!]! * x);
  return { code, codes, scales, query, dots, scores };
}

describe('the scan of product codes', () => {
  it('scores every row as its decoded vector does, while the buffer has room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer(),
        (m, d, seed) => {
          const { code, codes, scales, query, dots, scores } = randomCodes(m, d, seed);
          const buffer = new CandidateBuffer(rows);
          code.scan(codes, scales, new Uint32Array(rows), null, 0, rows, 0.25, buffer, 1000, 5);
          expect(buffer.count).toBe(rows);
          const decoded = new Float32Array(code.dims);
          for (let n = 0; n < rows; n++) {
            expect(buffer.positions[n]).toBe(1000 + n);
            expect(buffer.scores[n]).toBeCloseTo(scores[n]!, 9);
          }
          code.decode(codes.bytes, rows - 1, decoded, 0);
          const exact = decoded.reduce((sum, x, i) => sum + x * query[i]!, 0);
          // Query and centroids are whole numbers of 1/4096 of their length.
          expect(Math.abs(dots[rows - 1]! - exact)).toBeLessThan(0.01 * Math.sqrt(code.dims));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([16, 24, 32, 48, 64])('keeps the best rows of %i bytes though most rows end early', (subspaces) => {
    let kept = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { code, codes, scales, scores } = randomCodes(subspaces, 4, seed);
      const buffer = new CandidateBuffer(10);
      code.scan(codes, scales, new Uint32Array(rows), null, 0, rows, 0.25, buffer, 0, 5);
      buffer.trim();
      const tenth = [...scores].sort((a, b) => b - a)[9]!;
      for (let n = 0; n < buffer.count; n++) if (scores[buffer.positions[n]!]! >= tenth) kept++;
    }
    // Seen: 1.000 at all five.
    expect(kept / 200).toBeGreaterThan(0.98);
  });
});
