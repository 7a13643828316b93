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
  let reads = 0;
  let last = decisions.length;
  const store = {
    lastDuplicate: async () => last,
    duplicates: async () => {
      reads++;
      return { decisions, runs: [] };
    },
  };
  const context = { catalogue: { store }, decided: null } as unknown as RestoreContext;
  const { duplicateDecisions } = await mergeDuplicates(
    [{ at: 2, kind: 'keep', photos: pair('there') }],
    context,
  );
  expect(duplicateDecisions?.map(({ number }) => number)).toEqual([200_001]);
  // Not read again for each frame, unless the person has decided something meanwhile; nothing is taken in twice.
  last++;
  const next = await mergeDuplicates(
    ['there', 'elsewhere'].map((name) => ({ at: 2, kind: 'keep' as const, photos: pair(name) })),
    context,
  );
  expect(next.duplicateDecisions?.map(({ number }) => number)).toEqual([200_002]);
  expect(reads).toBe(1);
  last += 2;
  await mergeDuplicates([], context);
  expect(reads).toBe(2);
});
