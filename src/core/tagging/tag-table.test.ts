import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelNumber } from './label.ts';
import { TagTable } from './tag-table.ts';

const labels = fc.uniqueArray(fc.nat(500), { maxLength: 12 }) as fc.Arbitrary<LabelNumber[]>;

describe('the tag table', () => {
  it('gives back what each row was set to last, however often rows grow, shrink and move', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3000), labels), { maxLength: 400 }), (changes) => {
        const table = new TagTable();
        const expected = new Map<number, LabelNumber[]>();
        for (const [row, tags] of changes) {
          table.set(row, tags);
          expected.set(row, tags);
        }
        for (const [row, tags] of expected) {
          expect(table.get(row)).toEqual(tags);
          for (const label of tags) expect(table.has(row, label)).toBe(true);
        }
        expect(table.get(2999)).toEqual(expected.get(2999) ?? []);
      }),
    );
  });

  it('does not grow for ever when the same rows are set again and again', () => {
    const table = new TagTable();
    for (let i = 0; i < 100_000; i++) {
      const length = 1 + (i % 7);
      table.set(i % 50, Array.from({ length }, (_, n) => n) as LabelNumber[]);
    }
    expect(table.pool.length).toBeLessThanOrEqual(4096);
  });
});
