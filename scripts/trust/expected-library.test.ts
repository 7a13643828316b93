import { describe, expect, it } from 'vitest';
import { ExpectedLibrary, type Found } from './expected-library.mjs';

/** Three photos were added and seen. */
function begun(): { expected: ExpectedLibrary; found: Found[] } {
  const expected = new ExpectedLibrary();
  expected.filesAdded(['a', 'b', 'c']);
  const found: Found[] = ['a', 'b', 'c'].map((name, i) => ({
    id: i + 1,
    name,
    status: 'ready',
    removed: false,
    verdicts: [],
  }));
  expect(expected.compare(found, null)).toEqual([]);
  return { expected, found };
}

describe('what a library must hold', () => {
  it('finds photos that are lost, there twice, or never added', () => {
    const { expected, found } = begun();
    expect(expected.compare(found.slice(1), null)).toContain('a is lost');
    const again = begun();
    expect(again.expected.compare([...again.found, { ...found[0]!, id: 9 }], null)).toEqual([
      'a is there 2 times',
    ]);
    expect(again.expected.compare([...again.found, { ...found[0]!, id: 8, name: 'z' }], null)).toContain(
      'z was never added',
    );
  });

  it('finds decisions that were confirmed and are not there', () => {
    const { expected, found } = begun();
    expected.done({ verb: 'judge', ids: [1, 2], label: 5, verdict: 'accepted' });
    const half = found.map((one) => (one.id === 1 ? { ...one, verdicts: [[5, 'accepted'] as const] } : one));
    expect(expected.compare(half as Found[], null)).toEqual([
      "photo 2 is 'present ', not 'present 5,accepted'",
    ]);
  });

  it('takes what was cut off as done or not done, never as done by half', () => {
    const step = { verb: 'remove', ids: [1, 2] } as const;
    const cutOff = { verb: step.verb, ids: [...step.ids] };
    const removed =
      (...ids: number[]) =>
      (one: Found) => ({ ...one, removed: ids.includes(one.id) });
    for (const ids of [[], [1, 2]]) {
      const { expected, found } = begun();
      expect(expected.compare(found.map(removed(...ids)), cutOff)).toEqual([]);
      expect(expected.compare(found.map(removed(...ids)), null)).toEqual([]);
    }
    const { expected, found } = begun();
    expect(expected.compare(found.map(removed(1)), cutOff)).toEqual(['remove of 2 photos was done by half']);
  });

  it('goes back and forth as undo and redo do, which are forgotten when the library is opened anew', () => {
    const { expected, found } = begun();
    expected.done({ verb: 'remove', ids: [1] });
    expected.done({ verb: 'judge', ids: [2], label: 5, verdict: 'rejected' });
    expected.done({ verb: 'undo' });
    expected.done({ verb: 'undo' });
    expect(expected.compare(found, null)).toEqual([]);
    expected.done({ verb: 'redo' });
    const removed = found.map((one) => (one.id === 1 ? { ...one, removed: true } : one));
    expect(expected.compare(removed, null)).toEqual([]);
    expected.reopened();
    expected.done({ verb: 'undo' });
    expect(expected.compare(removed, null)).toEqual([]);
    expected.done({ verb: 'deleteForGood', ids: [1, 2] });
    expect(expected.compare(removed.slice(2), null)).toEqual([]);
  });
});
