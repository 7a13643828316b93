import { expect, test } from 'vitest';
import { groupsIn, onlyGroups, usualGroups } from './chosen-groups.ts';
import { readLabelFiles } from './read-label-files.ts';

/** As a shop describes its goods: kinds, colours, and a name for each. */
function goods(count: number, titles = count) {
  const rows = Array.from(
    { length: count },
    (_, n) => `${n}.jpg,${n % 2 ? 'shirt' : 'shoe'},red,Shoe number ${n % titles}`,
  );
  const answer = readLabelFiles([{ name: 'styles.csv', text: ['id,type,colour,title', ...rows].join('\n') }]);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.file;
}

test('columns of a table are groups, but not those with a value for nearly every photo', () => {
  const file = goods(300);
  expect(groupsIn(file)).toEqual([
    { name: 'type', labels: 2 },
    { name: 'colour', labels: 1 },
    { name: 'title', labels: 300 },
  ]);
  expect(usualGroups(file)).toEqual(['type', 'colour']);
  expect(usualGroups(goods(100))).toEqual(['type', 'colour', 'title']);
  expect(usualGroups(goods(600, 300))).toEqual(['type', 'colour', 'title']);
  expect(usualGroups(goods(2500, 1001))).toEqual(['type', 'colour']);
});

test('only what is said of chosen groups is taken', () => {
  const file = onlyGroups(goods(300), ['type']);
  expect(file.labels.map(({ name }) => name)).toEqual(['shoe', 'shirt']);
  expect(file.rows[0]!.present).toEqual([{ name: 'shoe', group: 'type' }]);
  expect(file.rows).toHaveLength(300);
  const whole = goods(2);
  expect(onlyGroups(whole, ['type', 'colour', 'title'])).toBe(whole);
});
