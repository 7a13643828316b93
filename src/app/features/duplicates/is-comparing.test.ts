import { describe, expect, it } from 'vitest';
import { isComparing } from './is-comparing.ts';

const search = { state: 'running', done: 3, total: 9, revision: 1 } as const;

describe('a list of duplicates that is empty', () => {
  it('may fill while photos are compared, or wait to be', () => {
    expect(isComparing('same-picture', search)).toBe(true);
    expect(isComparing('same-scene', { ...search, state: 'paused' })).toBe(true);
  });

  it('stays empty when all are compared, when none are, and where equal bytes are meant', () => {
    expect(isComparing('edited-copy', { ...search, state: 'done', done: 9 })).toBe(false);
    expect(isComparing('edited-copy', { ...search, state: 'off' })).toBe(false);
    expect(isComparing('exact', search)).toBe(false);
  });
});
