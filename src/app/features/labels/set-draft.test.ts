import { expect, test } from 'vitest';
import { draftOf } from './set-draft.ts';

test('each line of a set of groups is a group; none is made without labels, nor of labels that name no group', () => {
  expect(draftOf('Shop', 'multi-output', 'colour: red, blue\ntype：shirt\nsize:\n\n')).toEqual({
    name: 'Shop',
    kind: 'multi-output',
    groups: ['colour', 'type'],
    labels: [
      { name: 'red', group: 'colour' },
      { name: 'blue', group: 'colour' },
      { name: 'shirt', group: 'type' },
    ],
  });
  expect(draftOf('Shop', 'multi-output', 'red, blue')).toMatchObject({
    groups: ['Shop'],
    labels: [{ group: 'Shop' }, { group: 'Shop' }],
  });
});

test('a question of yes or no is called like its set, if by nothing else', () => {
  expect(draftOf('Sharp', 'binary', ' ').labels).toEqual([{ name: 'Sharp' }]);
  expect(draftOf('Focus', 'binary', ' Sharp ').labels).toEqual([{ name: 'Sharp' }]);
  expect(draftOf('Things', 'multi-label', 'cat, dog，cat').labels).toEqual([
    { name: 'cat' },
    { name: 'dog' },
  ]);
});
