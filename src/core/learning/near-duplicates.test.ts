import { describe, expect, it } from 'vitest';
import { normalise } from '../vector/dot.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { seededUniform } from './random.ts';

const dims = 64;

/** Random directions; row `copyOf[r]` again, slightly changed, where given. */
function made(count: number, copyOf: ReadonlyMap<number, number>): Float32Array {
  const uniform = seededUniform(7);
  const rows = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const source = copyOf.get(row);
    const own = Float32Array.from({ length: dims }, (_, c) =>
      source === undefined ? uniform() - 0.5 : rows[source * dims + c]! + (uniform() - 0.5) * 0.02,
    );
    rows.set(normalise(own), row * dims);
  }
  return rows;
}

describe('near-duplicates', () => {
  it('are found among hundreds of others, in a row of copies, and by equal content', () => {
    const rows = made(
      400,
      new Map([
        [350, 10],
        [399, 350],
        [200, 30],
      ]),
    );
    const contents = Array.from({ length: 400 }, (_, row) => (row === 60 ? 59 : row));
    const groups = nearDuplicates(rows, dims, contents)!;
    expect([groups[10], groups[350], groups[399]]).toEqual([10, 10, 10]);
    expect([groups[30], groups[200]]).toEqual([30, 30]);
    expect([groups[59], groups[60]]).toEqual([59, 59]);
    expect(groups.filter((group) => group >= 0)).toHaveLength(7);
  });

  it('are none among photos that differ', () => {
    expect(
      nearDuplicates(
        made(50, new Map()),
        dims,
        Array.from({ length: 50 }, (_, row) => row),
      ),
    ).toBeNull();
  });
});
