import { describe, expect, it } from 'vitest';
import type { LabelNumber } from '../tagging/label.ts';
import { type LabelSet, longestName, problemOfSet, tidyName } from '../tagging/label-set.ts';
import { freeName, labelFor } from './label-import.ts';

const setCalled = (name: string, labels: LabelSet['labels'] = []): LabelSet => {
  return { id: 1, name, kind: 'multi-label', groups: [], labels, refuses: false };
};

describe('names that are as long as names can be', () => {
  const long = 'n'.repeat(longestName + 50);

  it('of a set there is already: another one is found', () => {
    const first = setCalled(tidyName(long));
    const second = setCalled(freeName(long, [first]));
    expect(problemOfSet({ ...second, id: 2 }, [first])).toBeNull();
    const third = freeName(long, [first, second]);
    expect(tidyName(third)).toBe(third);
    expect([first.name, second.name]).not.toContain(third);
    expect(freeName('Pets', [setCalled('pets')])).toBe('Pets 2');
  });

  it('of a label: it is found again as the set keeps it', () => {
    const name = tidyName(long);
    const look = { colour: 0, shortcut: null, synonyms: [], group: null };
    const set = setCalled('Set', [{ ...look, number: 7 as LabelNumber, names: { en: name, zh: name } }]);
    expect(labelFor(set, { name: long, group: null })).toBe(7);
  });
});
