import { describe, expect, it } from 'vitest';
import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import type { LabelSet, SetLabel } from '../../../core/tagging/label-set.ts';
import { agreement, suggestionFor } from './suggestion.ts';

const look = { colour: 0, shortcut: null, synonyms: [], group: null };
const label = (name: string, n: number): SetLabel => ({
  ...look,
  number: n as LabelNumber,
  names: { en: name, zh: name },
});
const setOf = (kind: LabelSet['kind'], ...names: string[]): LabelSet => {
  return { id: 1, name: 'Set', kind, groups: [], labels: names.map(label), refuses: false };
};
/** Scores from 0.5 on count. */
const scores = (...said: (readonly [score: number | null, verdict: Verdict | null])[]) =>
  new Map(
    said.map(([score, verdict], n): [LabelNumber, LabelScore] => [
      n as LabelNumber,
      { label: n as LabelNumber, score, threshold: 0.5, verdict },
    ]),
  );
const words = (...args: Parameters<typeof suggestionFor>) =>
  suggestionFor(...args).map(({ label: { names }, verdict }) => `${names.en} ${verdict}`);

describe('what a taught set suggests', () => {
  it('is the labels that a photo would get, unless something was said of them', () => {
    const set = setOf('multi-label', 'sea', 'dog', 'car');
    expect(words(set, scores([0.9, null], [0.9, 'rejected'], [0.1, null]), false)).toEqual(['sea accepted']);
  });

  it('is yes or no in a set of yes or no, and nothing before it is taught', () => {
    const set = setOf('binary', 'sharp');
    expect(words(set, scores([0.2, null]), false)).toEqual(['sharp rejected']);
    expect(words(set, scores([0.8, null]), false)).toEqual(['sharp accepted']);
    expect(words(set, scores([null, null]), false)).toEqual([]);
  });

  it('puts no other class in the place of one that was said, unless that is doubted', () => {
    const set = setOf('multi-class', 'cat', 'dog');
    const said = scores([0.1, 'accepted'], [0.9, null]);
    expect(words(set, scores([0.1, null], [0.9, null]), false)).toEqual(['dog accepted']);
    expect(words(set, said, false)).toEqual([]);
    expect(words(set, said, true)).toEqual(['dog accepted']);
  });

  it('contradicts what was said only where that is doubted', () => {
    const set = setOf('multi-label', 'sea', 'dog');
    const said = scores([0.1, 'accepted'], [0.9, 'rejected']);
    expect(words(set, said, false)).toEqual([]);
    expect(words(set, said, true)).toEqual(['sea rejected', 'dog accepted']);
    // Agreeing with a doubt says nothing of labels that nobody has looked at.
    const [sea] = set.labels;
    const doubted = [{ label: sea!, verdict: 'rejected' as const }];
    const verdicts = [{ label: sea!.number, verdict: 'rejected' }];
    expect(agreement(set, doubted, true)).toEqual({ verdicts });
    expect(agreement(set, [], true)).toBeNull();
    expect(agreement(set, doubted, false)).toEqual({ verdicts, fullyLabelled: true });
    expect(agreement(setOf('multi-class', 'a', 'b'), [], false)).toBeNull();
  });
});
