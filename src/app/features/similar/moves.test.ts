import { expect, it } from 'vitest';
import { moveInFlow } from './moves.ts';

// Two rows: three items, then two wide ones.
const boxes = [
  { left: 0, top: 0, width: 100 },
  { left: 110, top: 0, width: 100 },
  { left: 220, top: 0, width: 100 },
  { left: 0, top: 90, width: 150 },
  { left: 160, top: 90, width: 160 },
];

it('goes along the flow, and no further than its ends', () => {
  expect(moveInFlow('ArrowRight', 2, boxes)).toBe(3);
  expect(moveInFlow('ArrowRight', 4, boxes)).toBe(4);
  expect(moveInFlow('ArrowLeft', 0, boxes)).toBe(0);
  expect(moveInFlow('Home', 3, boxes)).toBe(0);
  expect(moveInFlow('End', 0, boxes)).toBe(4);
});

it('goes to the item of the next row that lies nearest', () => {
  expect(moveInFlow('ArrowDown', 0, boxes)).toBe(3);
  expect(moveInFlow('ArrowDown', 2, boxes)).toBe(4);
  expect(moveInFlow('ArrowUp', 4, boxes)).toBe(2);
  expect(moveInFlow('ArrowUp', 1, boxes)).toBe(1);
  expect(moveInFlow('ArrowDown', 4, boxes)).toBe(4);
});

it('leaves other keys alone, and an empty flow', () => {
  expect(moveInFlow('Enter', 0, boxes)).toBeNull();
  expect(moveInFlow('ArrowDown', 0, [])).toBeNull();
});
