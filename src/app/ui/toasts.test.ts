import { beforeEach, expect, it } from 'vitest';
import { dismissToast, shownToasts, showToast } from './toasts.ts';

const texts = () => shownToasts().map(({ text }) => text);
const action = { label: 'Undo', run: () => {} };

beforeEach(() => {
  for (const { id } of shownToasts()) dismissToast(id);
});

it('shows the last three', () => {
  for (const text of ['a', 'b', 'c', 'd']) showToast({ text });
  expect(texts()).toEqual(['b', 'c', 'd']);
});

it('offers to undo the last action only', () => {
  showToast({ text: 'a', action });
  showToast({ text: 'b' });
  showToast({ text: 'c', action });
  expect(texts()).toEqual(['b', 'c']);
});

it('says the last about a topic only, at the end and anew', () => {
  showToast({ text: 'Undone', topic: 'undo' });
  showToast({ text: 'b' });
  const [first] = shownToasts();
  showToast({ text: 'Redone', topic: 'undo' });
  expect(texts()).toEqual(['b', 'Redone']);
  expect(shownToasts()[1]?.id).not.toBe(first?.id);
});
