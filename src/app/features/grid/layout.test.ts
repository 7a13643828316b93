import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MonthGroup } from '../../../core/library/photo-query.ts';
import {
  cellsOfRow,
  groupOfRow,
  isHeading,
  type LayoutRequest,
  layOut,
  rowAt,
  rowOfPhoto,
} from './layout.ts';

const usual: LayoutRequest = {
  kind: 'justified',
  aspects: new Float32Array(0),
  groups: [],
  width: 1000,
  size: 200,
  gap: 4,
  headingHeight: 48,
  maxHeight: 30_000_000,
};

function aspects(count: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, index) => [1.5, 0.667, 1.333, 1, 2.4][(index * 7) % 5] ?? 1,
  );
}

function monthsOf(counts: readonly number[]): MonthGroup[] {
  let start = 0;
  return counts.map((count, index) => {
    const group = { year: 2024, month: index + 1, start, count };
    start += count;
    return group;
  });
}

const requests = fc.record({
  kind: fc.constantFrom('square' as const, 'justified' as const),
  counts: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }),
  grouped: fc.boolean(),
  width: fc.integer({ min: 200, max: 3000 }),
  size: fc.integer({ min: 60, max: 500 }),
  aspect: fc.double({ min: 0.05, max: 20, noNaN: true }),
});

describe('layout of the grid', () => {
  test('every photo lies in exactly one row, in order, inside of the width, without overlap', () => {
    fc.assert(
      fc.property(requests, ({ kind, counts, grouped, width, size, aspect }) => {
        const groups = monthsOf(counts);
        const total = counts.reduce((sum, count) => sum + count, 0);
        const shapes = aspects(total);
        if (total > 2) shapes[1] = aspect;
        const layout = layOut({
          ...usual,
          kind,
          aspects: shapes,
          groups: grouped ? groups : [],
          width,
          size,
        });
        let photo = 0;
        for (let row = 0; row < layout.rows; row++) {
          expect(layout.top[row + 1]).toBeGreaterThan(layout.top[row] as number);
          expect(layout.first[row]).toBe(photo);
          const boxes = cellsOfRow(layout, row);
          expect(boxes.length === 0).toBe(isHeading(layout, row));
          let right = -layout.gap;
          for (const box of boxes) {
            expect(rowOfPhoto(layout, photo)).toBe(row);
            expect(box.left - right).toBeGreaterThanOrEqual(layout.gap - 1);
            expect(box.width).toBeGreaterThan(0);
            right = box.left + box.width;
            photo++;
          }
          expect(right).toBeLessThanOrEqual(Math.max(width, size * 2.6) + 1);
          expect(rowAt(layout, layout.top[row] as number)).toBe(row);
        }
        expect(photo).toBe(total);
      }),
    );
  });

  test('justified rows fill the width to the pixel, except the last of a group', () => {
    const layout = layOut({ ...usual, aspects: aspects(200) });
    for (let row = 0; row < layout.rows - 1; row++) {
      const last = cellsOfRow(layout, row).at(-1);
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(1000);
    }
  });

  test('justified rows come close to the height that was asked for', () => {
    const layout = layOut({ ...usual, aspects: aspects(500) });
    for (let row = 0; row < layout.rows; row++) {
      const height = (layout.top[row + 1] as number) - (layout.top[row] as number);
      expect(height).toBeGreaterThan(130);
      expect(height).toBeLessThan(280);
    }
  });

  test('each group has one heading, above its first photo', () => {
    const groups = monthsOf([3, 40, 1]);
    const layout = layOut({ ...usual, kind: 'square', aspects: aspects(44), groups });
    expect([...layout.headings].map((row) => layout.first[row])).toEqual([0, 3, 43]);
    expect([...layout.headings].every((row) => isHeading(layout, row))).toBe(true);
    expect(groupOfRow(layout, rowOfPhoto(layout, 42))).toBe(1);
    expect(groupOfRow(layout, rowOfPhoto(layout, 43))).toBe(2);
  });

  test('a million photos on a phone stay within the height that browsers can scroll', () => {
    const layout = layOut({
      ...usual,
      width: 360,
      size: 180,
      aspects: new Float32Array(1_000_000).fill(1.5),
    });
    expect(layout.top[layout.rows]).toBeLessThanOrEqual(30_000_000);
  });

  test('100,000 photos in 200 months are laid out, the last one, too', () => {
    const groups = monthsOf(Array.from({ length: 200 }, () => 500));
    const layout = layOut({ ...usual, aspects: aspects(100_000), groups });
    const last = layout.rows - 1;
    expect(rowOfPhoto(layout, 99_999)).toBe(last);
    expect(groupOfRow(layout, last)).toBe(199);
  });
});
