import { describe, expect, it } from 'vitest';
import type { ClassifiedGroup } from './classified-photos.ts';
import { type JudgedSet, sameOf } from './judged-set.ts';

const group = (name: string, classes: readonly string[]): ClassifiedGroup => ({
  name,
  classes,
  truth: Int16Array.of(0),
  scores: Float32Array.from(classes, (_, c) => (c === 0 ? 1 : 0)),
  threshold: 0,
  refused: new Uint8Array(1),
});
const setOf = (...groups: readonly ClassifiedGroup[]): JudgedSet => ({
  kind: 'classes',
  photos: { ids: Uint32Array.of(5), groups },
});

function namesIn(set: JudgedSet | undefined): string[] {
  if (set?.kind !== 'classes') throw new Error('expected classes');
  return set.photos.groups.map(({ name, classes }) => `${name}: ${classes.join(' ')}`);
}

describe('two versions of a set of classes', () => {
  it('are compared in groups that were renamed, or took one another’s names, since', () => {
    const now = setOf(group('Colour', ['red', 'blue']), group('Kind', ['cat', 'dog']));
    const then = setOf(group('Hue', ['red', 'blue']), group('Colour', ['cat', 'owl', 'dog']));
    const same = sameOf(now, then, now);
    expect(same?.map(namesIn)).toEqual([
      ['Colour: red blue', 'Kind: cat dog'],
      ['Colour: red blue', 'Kind: cat dog'],
    ]);
    const [was] = same!;
    if (was.kind !== 'classes') throw new Error('expected classes');
    expect(was.photos.groups.map(({ scores }) => [...scores])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('go by the name where no class is the same, and leave out what only one of them has', () => {
    const now = setOf(group('Colour', ['red']), group('Kind', ['cat']));
    const then = setOf(group('Colour', ['green']));
    expect(sameOf(now, then, now)?.map(namesIn)).toEqual([['Colour: red'], ['Colour: red']]);
  });
});
