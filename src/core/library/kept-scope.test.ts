import { describe, expect, it } from 'vitest';
import { everything } from './duplicate-scope.ts';
import { isNarrowed, scopeOf, withNamesakes } from './kept-scope.ts';

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

  it('goes on about folders that were called like another one, by the names that they have now', () => {
    const scope = {
      ...everything,
      references: ['photos', 'Masters', '/Photos\\Best/'],
      ignored: ['*.png', 'Photos'],
    };
    const folders = ['Photos', 'Photos (2)', 'Masters', 'Trip (2)'];
    expect(withNamesakes(scope, folders)).toEqual({
      ...scope,
      references: [...scope.references, 'Photos (2)', 'Photos (2)/Best/'],
      ignored: [...scope.ignored, 'Photos (2)'],
    });
    expect(withNamesakes(scope, ['Photos', 'Masters'])).toEqual(scope);
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
