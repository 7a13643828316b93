import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classFigures } from './class-figures.ts';
import { classVerdicts, compareRuns } from './compare-runs.ts';
import { confusionMatrix, confusionShares, rowsOfCell } from './confusion-matrix.ts';
import { firstGuesses } from './first-guesses.ts';
import { goldenDifferences } from './golden-differences.ts';
import { likelyClassErrors } from './label-errors.ts';
import { rankLabel } from './label-ranking.ts';
import { orderByClusters, orderByConfusion } from './matrix-order.ts';
import { reliability } from './score-bins.ts';
import { ranksOfTruth, topKAccuracies } from './top-k-accuracy.ts';

type Numbers = (number | null)[];
interface Rates {
  precision: Numbers;
  recall: Numbers;
  f1: Numbers;
  support: number[];
}
interface ClassCase {
  name: string;
  classes: number;
  truth: number[];
  predicted: number[];
  matrix: number[];
  row: number[];
  column: number[];
  accuracy: number;
  balanced: number;
  kappa: number | null;
  rates: Rates;
  averages: Record<'macro' | 'micro' | 'weighted', Numbers>;
  scores?: number[];
  topK?: number[];
}
const golden = JSON.parse(readFileSync(new URL('./golden/sklearn.json', import.meta.url), 'utf8')) as {
  classes: ClassCase[];
  errors: {
    classes: number;
    given: number[];
    probabilities: number[];
    found: { rows: number[]; given: number[]; suggested: number[]; joint: number[] };
  };
};

function expectClose(actual: ArrayLike<number>, golden: readonly (number | null)[], what: string): void {
  expect(goldenDifferences(actual, golden), what).toEqual([]);
}

describe('figures of one class per photo equal scikit-learn', () => {
  it.each(golden.classes.map((c) => [c.name, c] as const))('%s', (_, c) => {
    const matrix = confusionMatrix(Int32Array.from(c.truth), Int32Array.from(c.predicted), c.classes);
    expect([...matrix.counts]).toEqual(c.matrix);
    expect(matrix.total).toBe(c.truth.length);
    if (!c.predicted.includes(-1)) expectClose(confusionShares(matrix, 'row'), c.row, 'by row');
    expectClose(confusionShares(matrix, 'column'), c.column, 'by column');
    const figures = classFigures(matrix);
    expectClose([figures.accuracy], [c.accuracy], 'accuracy');
    expectClose([figures.balancedAccuracy], [c.balanced], 'balanced accuracy');
    expectClose([figures.kappa], [c.kappa], 'kappa');
    expectClose(figures.classes.precision, c.rates.precision, 'precision');
    expectClose(figures.classes.recall, c.rates.recall, 'recall');
    expectClose(figures.classes.f1, c.rates.f1, 'f1');
    expect([...figures.classes.support]).toEqual(c.rates.support);
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      const { precision, recall, f1 } = figures.averages[average];
      expectClose([precision, recall, f1], c.averages[average], average);
    }
  });

  it('top-k, ties included', () => {
    const withScores = golden.classes.filter((c) => c.scores !== undefined);
    expect(withScores.length).toBe(2);
    for (const c of withScores) {
      const ranks = ranksOfTruth(Int32Array.from(c.truth), Float32Array.from(c.scores!), c.classes);
      expectClose(topKAccuracies(ranks, c.classes), c.topK!, c.name);
    }
  });
});

const photos = fc
  .integer({ min: 1, max: 6 })
  .chain((classes) =>
    fc.tuple(
      fc.constant(classes),
      fc.array(
        fc.tuple(fc.integer({ min: -1, max: classes - 1 }), fc.integer({ min: -1, max: classes - 1 })),
        { maxLength: 60 },
      ),
    ),
  );

describe('confusion matrix', () => {
  it('counts each photo of known class in one cell, and the cell opens exactly its photos', () => {
    fc.assert(
      fc.property(photos, ([classes, pairs]) => {
        const truth = Int32Array.from(pairs, ([actual]) => actual);
        const predicted = Int32Array.from(pairs, ([, guess]) => guess);
        const matrix = confusionMatrix(truth, predicted, classes);
        const opened: number[] = [];
        for (let a = 0; a < classes; a++) {
          for (let b = -1; b < classes; b++) {
            const rows = rowsOfCell(truth, predicted, a, b);
            expect(rows.length).toBe(b === -1 ? matrix.refused[a] : matrix.counts[a * classes + b]);
            for (const row of rows) expect([truth[row], predicted[row]]).toEqual([a, b]);
            opened.push(...rows);
          }
        }
        const known = pairs.flatMap(([actual], row) => (actual === -1 ? [] : [row]));
        expect(opened.sort((a, b) => a - b)).toEqual(known);
        expect(matrix.total).toBe(known.length);
      }),
    );
  });

  it('gives the same figures whatever the order of the photos and the names of the classes', () => {
    fc.assert(
      fc.property(photos, fc.integer(), ([classes, pairs], turn) => {
        const figures = (list: typeof pairs) =>
          classFigures(
            confusionMatrix(
              Int32Array.from(list, ([actual]) => actual),
              Int32Array.from(list, ([, guess]) => guess),
              classes,
            ),
          );
        const shift = Math.abs(turn % classes);
        const renamed = (c: number) => (c === -1 ? -1 : (c + shift) % classes);
        const one = figures(pairs);
        const other = figures(pairs.map(([a, b]) => [renamed(a), renamed(b)] as [number, number]).reverse());
        // None of them is defined without photos.
        const all = ({ accuracy, balancedAccuracy, kappa, averages: { macro, weighted } }: typeof one) => [
          accuracy,
          balancedAccuracy,
          kappa,
          macro.f1,
          weighted.precision,
        ];
        const expected = all(one).map((value) => (Number.isNaN(value) ? null : value));
        expect(goldenDifferences(all(other), expected)).toEqual([]);
      }),
    );
  });

  it('counts a refused photo as missed by its class and as an answer for none', () => {
    const figures = classFigures(confusionMatrix(Int32Array.of(0, 0, 1), Int32Array.of(0, -1, 1), 2));
    expect(figures.accuracy).toBeCloseTo(2 / 3, 12);
    expect([...figures.classes.recall]).toEqual([0.5, 1]);
    expect([...figures.classes.precision]).toEqual([1, 1]);
  });

  it('refuses classes that there are not, and lists of different lengths', () => {
    expect(() => confusionMatrix(Int32Array.of(2), Int32Array.of(0), 2)).toThrow(/actual class 2 of photo 0/);
    expect(() => confusionMatrix(Int32Array.of(0), Int32Array.of(-2), 2)).toThrow(/predicted class -2/);
    expect(() => confusionMatrix(Int32Array.of(0, 1), Int32Array.of(0), 2)).toThrow(
      /1 predicted classes for 2/,
    );
    expect(() => rowsOfCell(Int32Array.of(-1), Int32Array.of(0), -1, 0)).toThrow(/in no cell/);
  });
});

describe('order of a matrix', () => {
  it('by confusion puts the class with most mistakes first', () => {
    const matrix = confusionMatrix(
      Int32Array.of(0, 1, 2, 2, 2, 3, 3),
      Int32Array.of(0, 1, 3, 3, 1, 3, -1),
      4,
    );
    // Mistakes: class 2 three, class 3 two and one refused, class 1 one, class 0 none.
    expect([...orderByConfusion(matrix)]).toEqual([2, 3, 1, 0]);
  });

  it('by clusters keeps groups of confused classes together, wherever they stand', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 16 }), (groups) => {
        const truth: number[] = [];
        const predicted: number[] = [];
        groups.forEach((group, a) => {
          groups.forEach((other, b) => {
            for (let n = 0; n < (a === b ? 20 : group === other ? 5 : 0); n++) {
              truth.push(a);
              predicted.push(b);
            }
          });
        });
        const matrix = confusionMatrix(Int32Array.from(truth), Int32Array.from(predicted), groups.length);
        const order = [...orderByClusters(matrix)];
        expect([...order].sort((a, b) => a - b)).toEqual([...groups.keys()]);
        const changes = order.filter((c, n) => n > 0 && groups[c] !== groups[order[n - 1]!]).length;
        expect(changes).toBe(new Set(groups).size - 1);
      }),
    );
  });

  it.each([
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
  ])('by clusters turns the pairs 0, 1 and 2, 3 so that %i and %i, sometimes confused, touch', (a, b) => {
    const pairs = [0, 1, 2, 3].flatMap((c) => [...Array(8).fill([c, c]), [c, c ^ 1], [c, c ^ 1], [c, c ^ 1]]);
    const all: number[][] = [...pairs, [a, b]];
    const matrix = confusionMatrix(
      Int32Array.from(all, ([actual]) => actual!),
      Int32Array.from(all, ([, guess]) => guess!),
      4,
    );
    const order = [...orderByClusters(matrix)];
    expect(Math.abs(order.indexOf(a) - order.indexOf(b))).toBe(1);
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
  });

  it('by clusters lays a chain of neighbours out as a chain', () => {
    // 3 - 0 - 2 - 1, the links weakening: the ends that touch must be the alike ones.
    const truth = [...Array(40).fill(3), ...Array(40).fill(0), ...Array(40).fill(2), ...Array(40).fill(1)];
    const predicted = [
      ...[...Array(28).fill(3), ...Array(12).fill(0)],
      ...[...Array(34).fill(0), ...Array(6).fill(2)],
      ...[...Array(38).fill(2), ...Array(2).fill(1)],
      ...Array(40).fill(1),
    ];
    const order = [
      ...orderByClusters(confusionMatrix(Int32Array.from(truth), Int32Array.from(predicted), 4)),
    ];
    expect([order, order.toReversed()]).toContainEqual([3, 0, 2, 1]);
  });
});

describe('likely class errors', () => {
  it('are those of the definition', () => {
    const { classes, given, probabilities, found } = golden.errors;
    const errors = likelyClassErrors(Int32Array.from(given), Float64Array.from(probabilities), classes);
    expect(found.rows.length).toBeGreaterThan(5);
    expect([...errors.rows]).toEqual(found.rows);
    expect([...errors.given]).toEqual(found.given);
    expect([...errors.suggested]).toEqual(found.suggested);
    expect([...errors.joint]).toEqual(found.joint);
    errors.rows.forEach((row, n) => {
      expect(errors.selfConfidence[n]).toBe(probabilities[row * classes + given[row]!]);
    });
  });

  it('leave out photos without a class', () => {
    const sure = [0.9, 0.1, 0.9, 0.1, 0.1, 0.9, 0.1, 0.9];
    const errors = likelyClassErrors(Int32Array.of(0, 0, 1, -1), Float64Array.from(sure), 2);
    expect(errors.rows.length).toBe(0);
    expect([...errors.joint]).toEqual([2, 0, 0, 1]);
  });

  it('are neither those of a class that was not taught, nor does a photo seem to be of it', () => {
    const sure = [0.9, 0.1, 0, 0.7, 0.3, 0, 0.1, 0.9, 0, 0.95, 0.05, 0, 0.2, 0.8, 0];
    const errors = likelyClassErrors(Int32Array.of(0, 0, 1, 2, 2), Float64Array.from(sure), 3);
    expect(errors.rows.length).toBe(0);
  });
});

describe('comparison of runs', () => {
  it('puts every judged photo in one of four lists', () => {
    const truth = Int32Array.of(0, 0, 1, 1, -1);
    const before = classVerdicts(truth, Int32Array.of(1, 0, 1, 0, 0));
    const after = classVerdicts(truth, Int32Array.of(0, 1, 1, -1, 0));
    const { fixed, broken, bothRight, bothWrong } = compareRuns(before, after);
    expect([fixed, broken, bothRight, bothWrong].map((rows) => [...rows])).toEqual([[0], [1], [2], [3]]);
    expect(() => compareRuns(before, after.subarray(1))).toThrow(/5 verdicts before, 4 after/);
  });
});

describe('reliability of first guesses', () => {
  it('compares the highest probability with how often it is right, unlabelled photos apart', () => {
    const probabilities = Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.5, 0.5, 0.6, 0.4);
    const { predicted, truth, scores } = firstGuesses(Int32Array.of(0, 1, 1, 0, -1), probabilities, 2);
    expect([...predicted]).toEqual([0, 0, 1, 0, 0]);
    expect([...truth]).toEqual([1, 0, 1, 1, 2]);
    expect([...scores]).toEqual([0.9, 0.8, 0.7, 0.5, 0.6]);
    const { counts, expectedError } = reliability(rankLabel(truth, scores), 2);
    expect([...counts]).toEqual([1, 3]);
    // One of one right at 0.5; two of three right at 0.8 on average.
    expect(expectedError).toBeCloseTo((0.5 + 3 * (0.8 - 2 / 3)) / 4, 12);
  });

  it('refuses sizes that do not match', () => {
    expect(() => firstGuesses(Int32Array.of(0), new Float32Array(3), 2)).toThrow(
      /3 probabilities; expected 1 x 2/,
    );
  });
});
