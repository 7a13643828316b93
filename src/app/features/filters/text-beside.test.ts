import { expect, test } from 'vitest';
import { completionOf } from '../../../core/search/completion.ts';
import { textBeside } from './text-beside.ts';

test.each([
  ['filter', 'no filter', ''],
  ['no filter', 'Trips/No filter', ''],
  ['dog no fil', 'no filter', 'dog '],
  ['dog or treat', 'Trick or treat', 'dog or '],
  ['dog folder:tr', 'Trips', 'dog '],
  ['dog -folder:"My tr', 'My trips', 'dog '],
  ['dog "My tr', 'My trips', 'dog '],
])('of %j, when %j is chosen, %j is kept', (typed, name, kept) => {
  expect(
    textBeside(
      name,
      typed,
      completionOf(typed, () => false),
    ),
  ).toBe(kept);
});
