import { describe, expect, it } from 'vitest';
import { everything } from './duplicate-scope.ts';
import { isNarrowed, scopeOf } from './kept-scope.ts';

describe('what is compared', () => {
  it('is read as it was written', () => {
    const scope = {
      compare: 'reference',
      references: ['Masters'],
      filter: { text: 'beach', allOf: [3], from: 5, to: null },
      leastBytes: 1000,
      formats: ['png'],
      ignored: ['*copy*', ''],
    };
    expect(scopeOf(scope)).toEqual(scope);
    expect(isNarrowed(scopeOf(scope))).toBe(true);
    expect(scopeOf(everything)).toEqual(everything);
  });

  it('is everything where what is stored is malformed', () => {
    for (const value of [
      null,
      '',
      7,
      { compare: 'some', references: [3], leastBytes: -1 },
      { filter: { allOf: 'dog', from: 'now' } },
    ]) {
      expect(scopeOf(value)).toEqual(everything);
      expect(isNarrowed(scopeOf(value))).toBe(false);
    }
  });
});
