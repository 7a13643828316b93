import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, formatCell, type LabelCell, parseCell, photosOfCell } from './cell.ts';
import { rankLabel } from './label-ranking.ts';
import { columnsOf, type LabelledPhotos } from './labelled-photos.ts';
import { scoreHistogram } from './score-bins.ts';
import { absent, present, unknown } from './truth.ts';

const text = fc.oneof(fc.constantFrom('dog', 'own:狗', 'a/b', '100%', 'x y'), fc.string({ minLength: 1 }));
const threshold = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true });
const bin = fc
  .integer({ min: 1, max: 40 })
  .chain((bins) => fc.record({ bin: fc.nat(bins - 1), bins: fc.constant(bins) }));
const base = fc.record({ set: text, label: text });
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
  fc.tuple(base, text).map(([parts, other]): Cell => ({ ...parts, kind: 'classes', other })),
  fc
    .tuple(base, fc.constantFrom('fixed', 'broken'), threshold, threshold)
    .map(([parts, kind, at, otherThreshold]): Cell => ({ ...parts, kind, threshold: at, otherThreshold })),
  fc
    .tuple(base, bin, fc.boolean())
    .map(([parts, bins, given]): Cell => ({ ...parts, kind: 'bar', given, ...bins })),
  fc.tuple(base, bin).map(([parts, bins]): Cell => ({ ...parts, kind: 'bin', ...bins })),
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
    ])
      expect(parseCell(wrong), wrong).toBeNull();
    fc.assert(fc.property(fc.string(), (any) => void parseCell(any)));
  });

  it('holds exactly the photos that its figure counts', () => {
    const of = (address: string) => [...photosOfCell(photos, parseCell(`model/${address}`) as LabelCell)];
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
