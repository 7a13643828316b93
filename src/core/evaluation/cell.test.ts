import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, type ChangeKind, formatCell, labelsOfCell, parseCell, versionsOfCell } from './cell.ts';
import type { JudgedSet } from './judged-set.ts';
import { rankLabel } from './label-ranking.ts';
import { columnsOf, type LabelledPhotos } from './labelled-photos.ts';
import { type JudgedCell, photosOfCell } from './photos-of-cell.ts';
import type { Run } from './run.ts';
import { scoreHistogram } from './score-bins.ts';
import { absent, present, unknown } from './truth.ts';

const text = fc.oneof(fc.constantFrom('dog', 'own:狗', 'a/b', '100%', 'x y'), fc.string({ minLength: 1 }));
const threshold = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true });
const bin = fc
  .integer({ min: 1, max: 40 })
  .chain((bins) => fc.record({ bin: fc.nat(bins - 1), bins: fc.constant(bins) }));
const base = fc.record(
  { set: text, label: text, side: fc.constantFrom('train' as const, 'validation' as const) },
  { requiredKeys: ['set', 'label'] },
);
const run: fc.Arbitrary<Run> = fc.oneof(
  fc.record({ version: fc.integer({ min: 1, max: 9999 }) }),
  threshold.map((moved) => ({ version: null, moved })),
  fc
    .dictionary(text, threshold, { maxKeys: 3, noNullPrototype: true })
    .map((moved) => ({ version: null, moved })),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc
    .tuple(
      base,
      fc.constantFrom('truePositive', 'falsePositive', 'falseNegative', 'trueNegative', 'predicted'),
      threshold,
    )
    .map(([parts, kind, at]): Cell => ({ ...parts, kind, threshold: at })),
  fc.tuple(base, text, threshold, threshold, fc.boolean()).map(
    ([parts, other, at, otherThreshold, onlyWrong]): Cell => ({
      ...parts,
      kind: 'pair',
      threshold: at,
      other,
      otherThreshold,
      onlyWrong,
    }),
  ),
  fc
    .tuple(base, fc.option(text), threshold)
    .map(([parts, other, at]): Cell => ({ ...parts, kind: 'classes', other, threshold: at })),
  fc
    .tuple(base, fc.constantFrom<ChangeKind[]>('fixed', 'broken', 'bothRight', 'bothWrong'), run, run)
    .map(([parts, kind, before, after]): Cell => ({ ...parts, kind, before, after })),
  fc
    .tuple(base, bin, fc.boolean())
    .map(([parts, bins, given]): Cell => ({ ...parts, kind: 'bar', given, ...bins })),
  fc.tuple(base, bin).map(([parts, bins]): Cell => ({ ...parts, kind: 'bin', ...bins })),
  fc
    .tuple(base, fc.option(text))
    .map(([parts, other]): Cell => ({ ...parts, kind: 'said', said: 'present', other })),
  base.map((parts): Cell => ({ ...parts, kind: 'said', said: 'absent' })),
  fc
    .tuple(base, fc.constantFrom('nothing' as const, 'anything' as const, 'all' as const, 'none' as const))
    .map(([parts, said]): Cell => ({ ...parts, kind: 'said', said, label: '' })),
);

// Photos 10, 20, 30, 40; two labels.
const photos: LabelledPhotos = {
  ids: Uint32Array.of(10, 20, 30, 40),
  labels: ['dog', 'cat'],
  truth: Uint8Array.of(present, present, absent, unknown, absent, absent, present, present),
  scores: Uint8Array.of(255, 51, 204, 255, 0, 204, 255, 51),
  thresholds: Float64Array.of(0.5, 0.5),
};

describe('a cell', () => {
  it('is the same after its way through a link', () => {
    fc.assert(
      fc.property(cell, (wanted) => {
        // -0 is written as 0.
        const same = JSON.parse(JSON.stringify(wanted)) as Cell;
        expect(parseCell(formatCell(wanted))).toEqual(same);
      }),
    );
  });

  it('is nothing when the text says nothing', () => {
    for (const wrong of [
      '',
      'model',
      'model/fn/dog',
      'model/fn/dog/x',
      'model/fn/dog/',
      'model/fn/dog/0.5/1',
      'model/constructor/dog/0.5',
      'model/fn/%/0.5',
      'model/bin/dog/3/3',
      'model/bin/dog/0.5/3',
      'model/bar-with/dog/0/100000',
      'model/pair/dog/0.5/cat',
      'model/as/dog',
      'model/fixed/dog/0.5',
      'model/fixed/dog/now/then',
      'model/broken/dog/v0/now',
      'model/broken/dog/now;dog/now',
      'model/refused/dog',
      '~train/model',
      'model/said',
      'model/said/present',
      'model/said/nothing/dog',
      'model/said/absent/dog/cat',
      'model/said/more/dog',
    ])
      expect(parseCell(wrong), wrong).toBeNull();
    fc.assert(fc.property(fc.string(), (any) => void parseCell(any)));
  });

  it('holds exactly the photos that its figure counts', () => {
    const of = (address: string) => [
      ...photosOfCell({ kind: 'labels', photos }, parseCell(`model/${address}`) as JudgedCell, new Map()),
    ];
    expect(of('tp/dog/0.5')).toEqual([10]);
    expect(of('fn/dog/0.5')).toEqual([20]);
    expect(of('fn/dog/0.2')).toEqual([]);
    expect(of('fp/dog/0.5')).toEqual([30]);
    expect(of('tn/cat/0.5')).toEqual([10]);
    // Nothing is known of the dog in photo 40.
    expect(of('at/dog/0.8')).toEqual([10, 30]);
    expect(of('pair/dog/0.5/cat/0.5')).toEqual([20]);
    expect(of('wrong-pair/dog/0.5/cat/0.5')).toEqual([20]);
    expect(of('wrong-pair/cat/0.5/dog/0.5')).toEqual([]);
    expect(of('pair/cat/0.5/dog/0.5')).toEqual([40]);
    expect(of('fixed/dog/0.5/0.1')).toEqual([20]);
    expect(of('broken/dog/0.9/0.5')).toEqual([30]);
    expect(of('both-right/dog/now/0.9')).toEqual([10]);
    expect(of('both-wrong/dog/now/now;dog=0.3')).toEqual([20, 30]);
    // As a whole: the cat of 20 is wrong in any case.
    expect(of('fixed/*/0.5/0.9')).toEqual([30]);
    expect(of('fixed/*/now/now;dog=0.9;cat=0.1')).toEqual([30, 40]);
    expect(of('broken/*/now/1.1')).toEqual([10]);
    expect(of('fixed/dog/v7/now')).toEqual([]);
    expect(of('bin/dog/0/5')).toEqual([20]);
    expect(of('fn/wolf/0.5')).toEqual([]);
    expect(of('pair/dog/0.5/wolf/0.5')).toEqual([]);
    const columns = columnsOf(photos);
    const bars = scoreHistogram(rankLabel(columns.truthOf(0), columns.scoresOf(0)), 4);
    for (let one = 0; one < 4; one++) {
      expect(of(`bar-with/dog/${one}/4`)).toHaveLength(bars.positives[one]!);
      expect(of(`bar-without/dog/${one}/4`)).toHaveLength(bars.negatives[one]!);
    }
  });
});

describe('a cell of classes', () => {
  /** What is known of four photos, and what is guessed; the last is refused whatever its probability. */
  const judged: JudgedSet = {
    kind: 'classes',
    photos: {
      ids: Uint32Array.of(10, 20, 30, 40),
      groups: [
        {
          name: 'Kind',
          classes: ['cat', 'dog'],
          truth: Int16Array.of(0, 0, 1, 1),
          scores: Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8),
          threshold: 0,
          refused: Uint8Array.of(0, 0, 0, 1),
        },
      ],
    },
  };
  /** A version that knew another class, and took 10 for it and 20 for a cat; it did not know 30. */
  const version: JudgedSet = {
    kind: 'classes',
    photos: {
      ids: Uint32Array.of(10, 20, 40),
      groups: [
        {
          name: 'Kind',
          classes: ['owl', 'cat', 'dog'],
          truth: new Int16Array(3).fill(-1),
          scores: Float32Array.of(0.8, 0.1, 0.1, 0, 0.9, 0.1, 0, 0, 1),
          threshold: 0.5,
          refused: new Uint8Array(3),
        },
      ],
    },
  };
  const of = (address: string) => [
    ...photosOfCell(judged, parseCell(`3/${address}`) as JudgedCell, new Map([[7, version]])),
  ];

  it('holds the photos of the matrix, refused ones included, and those of each class against the rest', () => {
    expect(of('as/cat/dog/0')).toEqual([20]);
    expect(of('as/cat/dog')).toEqual([20]); // a link of old
    expect(of('as/cat/dog/0.65')).toEqual([]);
    expect(of('refused/cat/0.65')).toEqual([20]);
    expect(of('refused/dog/0')).toEqual([40]);
    expect(of('at/dog/0.6')).toEqual([40, 30, 20]);
    expect(of('bar-without/dog/1/2')).toEqual([20]);
    expect(of('as/wolf/dog/0')).toEqual([]);
    // As a whole: first guesses that are right, and wrong, by their probability.
    expect(of('bar-with/*0/1/2')).toEqual([10, 30, 40]);
    expect(of('bar-without/*0/1/2')).toEqual([20]);
    expect(of('bin/*0/4/5')).toEqual([10, 40]);
    expect(of('bin/*1/4/5')).toEqual([]);
  });

  it('tells what became of the photos that both runs know', () => {
    expect(of('fixed/*0/v7/now')).toEqual([10]);
    expect(of('broken/*0/v7/now')).toEqual([20, 40]);
    expect(of('broken/dog/v7/now')).toEqual([40]);
    expect(of('fixed/*0/now/v7')).toEqual([20, 40]);
    expect(of('broken/cat/now/0.95')).toEqual([10]);
    expect(of('fixed/*1/v7/now')).toEqual([]);
  });

  it('says which labels and versions it needs', () => {
    expect(labelsOfCell(parseCell('3/fixed/*0/v7/now')!)).toBeNull();
    expect(labelsOfCell(parseCell('3/pair/dog/0.5/cat/0.5')!)).toEqual(['dog', 'cat']);
    expect(versionsOfCell(parseCell('3/fixed/*0/v7/v8')!)).toEqual([7, 8]);
    expect(versionsOfCell(parseCell('3/fn/dog/0.5')!)).toEqual([]);
  });
});
