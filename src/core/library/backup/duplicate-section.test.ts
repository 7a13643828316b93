import { expect, it } from 'vitest';
import { mergeDuplicates } from './duplicate-section.ts';
import type { RestoreContext } from './restore-context.ts';

it('a backup is taken in where 200,000 decisions are', async () => {
  const pair = (name: string) => ['a', 'b'].map((one) => ({ sha256: one.repeat(64), place: name }));
  const photos = pair('here');
  const decisions = Array.from({ length: 200_000 }, (_, n) => ({
    number: n + 1,
    at: 1,
    kind: 'keep',
    photos,
    run: null,
  }));
  const store = { duplicates: async () => ({ decisions, runs: [] }) };
  const context = { catalogue: { store } } as unknown as RestoreContext;
  const { duplicateDecisions } = await mergeDuplicates(
    [{ at: 2, kind: 'keep', photos: pair('there') }],
    context,
  );
  expect(duplicateDecisions?.map(({ number }) => number)).toEqual([200_001]);
});
