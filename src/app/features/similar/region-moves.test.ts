import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clampRegion } from '../../../core/image/region.ts';
import { draggedRegion, type Hold, holdAt, keyedRegion } from './region-moves.ts';

const region = { x: 0.2, y: 0.3, width: 0.4, height: 0.2 };
const reach = { x: 0.02, y: 0.03 };

it('a pointer takes hold of corners, edges, the inside, or draws anew outside', () => {
  expect(holdAt(region, { x: 0.4, y: 0.4 }, reach)).toBe('move');
  expect(holdAt(region, { x: 0.21, y: 0.29 }, reach)).toBe('nw');
  expect(holdAt(region, { x: 0.615, y: 0.51 }, reach)).toBe('se');
  expect(holdAt(region, { x: 0.4, y: 0.31 }, reach)).toBe('n');
  expect(holdAt(region, { x: 0.59, y: 0.4 }, reach)).toBe('e');
  expect(holdAt(region, { x: 0.7, y: 0.4 }, reach)).toBe('new');
  expect(holdAt(null, { x: 0.4, y: 0.4 }, reach)).toBe('new');
});

it('dragging draws, moves and resizes, also past the opposite edge', () => {
  const to = { x: 0.5, y: 0.9 };
  expect(draggedRegion(null, 'new', { x: 0.7, y: 0.4 }, to)).toMatchObject({ x: 0.5, y: 0.4 });
  expect(draggedRegion(region, 'move', { x: 0, y: 0 }, { x: 9, y: 0 })).toMatchObject({ x: 0.6, y: 0.3 });
  const wider = draggedRegion(region, 'w', { x: 0.2, y: 0 }, { x: 0.1, y: 0.5 });
  expect([wider.x, wider.width, wider.y, wider.height].map((value) => value.toFixed(3))).toEqual([
    '0.100',
    '0.500',
    '0.300',
    '0.200',
  ]);
  const turned = draggedRegion(region, 'e', { x: 0.6, y: 0 }, { x: 0.1, y: 0 });
  expect(turned.x).toBeCloseTo(0.1);
  expect(turned.width).toBeCloseTo(0.1);
});

it('however it is moved, it stays a region of the picture', () => {
  const share = fc.double({ min: -2, max: 3, noNaN: true });
  const point = fc.record({ x: share, y: share });
  const holds = fc.constantFrom<Hold[]>('move', 'new', 'n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw');
  fc.assert(
    fc.property(holds, point, point, (hold, from, to) => {
      const moved = draggedRegion(region, hold, from, to);
      const clamped = clampRegion(moved);
      for (const key of ['x', 'y', 'width', 'height'] as const)
        expect(moved[key]).toBeCloseTo(clamped[key], 9);
    }),
  );
});

it('arrow keys move it, with Shift they resize it', () => {
  expect(keyedRegion(region, 'ArrowLeft', false)!.x).toBeCloseTo(0.18);
  expect(keyedRegion(region, 'ArrowDown', true)!.height).toBeCloseTo(0.22);
  expect(keyedRegion(region, 'Enter', false)).toBeNull();
});
