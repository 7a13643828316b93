import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import {
  formatItems,
  formatRegion,
  type LikeItem,
  mostItems,
  parseItems,
  parseRegion,
  withItem,
  withPhotos,
} from './like-items.ts';

const weight = fc.integer({ min: -4, max: 4 }).map((quarters) => quarters / 4 || 0);
const item: fc.Arbitrary<LikeItem> = fc.oneof(
  fc.record({
    kind: fc.constant('photo' as const),
    id: fc.integer({ min: 1, max: 4_000_000_000 }).map((id) => id as PhotoId),
    weight,
  }),
  fc.record({ kind: fc.constant('tag' as const), id: fc.string({ minLength: 1 }), weight }),
);

it('the tray is read back as it was written, each item once', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 30 }), (added) => {
      const items = added.reduce<readonly LikeItem[]>(withItem, []);
      expect(items.length).toBeLessThanOrEqual(mostItems);
      expect(parseItems(formatItems(items))).toEqual(items);
    }),
  );
});

it('a full tray keeps what is in it; of many photos some of all of them come in', () => {
  const tag: LikeItem = { kind: 'tag', id: 'dog', weight: 1 };
  const many = Array.from({ length: 1000 }, (_, n) => n + 1);
  const { items, left } = withPhotos([tag], many, 1);
  expect(items).toHaveLength(mostItems);
  expect(items[0]).toEqual(tag);
  expect(left).toBe(1000 - (mostItems - 1));
  const ids = items.slice(1).map(({ id }) => Number(id));
  expect(Math.min(...ids)).toBe(1);
  expect(Math.max(...ids)).toBeGreaterThan(900);
  // Nothing is pushed out; the weight of what is in changes.
  const again = withPhotos(items, [1, 2000, 2000], -0.5);
  expect(again.left).toBe(1);
  expect(again.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect(again.items[1]!.weight).toBe(-0.5);
});

it('whatever is malformed is left out', () => {
  const photo = { kind: 'photo', id: 7, weight: 1 } as const;
  expect(parseItems('7,0,x,t.%E0%A4,8*9,t.,*1,9*')).toEqual([photo]);
  expect(parseItems(null)).toEqual([]);
});

it('regions are read back to a thousandth, and lie within the picture', () => {
  expect(parseRegion(formatRegion({ x: 0.25, y: 0.1, width: 0.5, height: 0.333 }))).toEqual({
    x: 0.25,
    y: 0.1,
    width: 0.5,
    height: 0.333,
  });
  expect(parseRegion('900,900,500,500')).toEqual({ x: 0.5, y: 0.5, width: 0.5, height: 0.5 });
  for (const text of [null, '', '1,2,3', '1,2,3,x', '-1,0,5,5', '1,2,3,4,5'])
    expect(parseRegion(text)).toBeNull();
});
