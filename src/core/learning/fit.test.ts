import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sigmoid, softmaxInPlace } from './activations.ts';
import { fitGroups } from './fit.ts';
import { scoreRows } from './kernels.ts';
import { madeLesson } from './made-lesson.ts';
import { evaluateGroups, type FitData, type FitGroup, totalWeight } from './objective.ts';
import { Preconditioner } from './preconditioner.ts';
import { seededUniform } from './random.ts';
import { runSteps } from './run-steps.ts';
import { standardise, unstandardise } from './standardisation.ts';
import { balancedWeights, countClasses } from './truth.ts';

interface GoldenCase {
  name: string;
  dims: number;
  classes: number;
  penalty: number;
  balanced: boolean;
  features: number[];
  truth: number[];
  coefficients: number[];
  intercepts: number[];
  shown: number[];
  probabilities: number[];
}

const golden: { cases: GoldenCase[] } = JSON.parse(
  readFileSync(new URL('./golden/scikit-learn.json', import.meta.url), 'utf8'),
);

function dataOf(embeddings: Float32Array, dims: number): FitData {
  const rows = Uint32Array.from({ length: embeddings.length / dims }, (_, row) => row);
  return { embeddings, dims, rows, standardisation: standardise(embeddings, dims, rows) };
}

function centred(values: ArrayLike<number>): number[] {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  return list.map((value) => value - mean);
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) {
    expect(Math.abs(found[i]! - expected[i]!), `value ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

const tight = { tolerance: 1e-10, iterations: 5000 };

describe('a fit', () => {
  it.each(golden.cases)('equals scikit-learn: $name', (expected) => {
    const { dims, classes } = expected;
    const binary = classes === 2;
    const data = dataOf(Float32Array.from(expected.features), dims);
    const values = Int16Array.from(expected.truth);
    const counts = countClasses(values, classes, data.rows);
    const group: FitGroup = {
      activation: binary ? 'sigmoid' : 'softmax',
      outputs: binary ? 1 : classes,
      values,
      classWeights: expected.balanced ? balancedWeights(counts) : counts.map(() => 1),
      penalty: expected.penalty,
    };
    const [fit] = runSteps(fitGroups(data, [group], null, new Preconditioner(data), tight));
    const { point } = fit!;
    const weights = group.outputs * dims;
    expectClose(point.subarray(0, weights), expected.coefficients, 2e-5);
    // All intercepts of a softmax can move together without changing anything.
    const biases = point.subarray(weights);
    expectClose(
      binary ? biases : centred(biases),
      binary ? expected.intercepts : centred(expected.intercepts),
      2e-5,
    );

    const linear = { weights: new Float64Array(weights), bias: new Float64Array(group.outputs) };
    unstandardise(point, group.outputs, data.standardisation, linear, 0);
    const shown = Uint32Array.from(expected.shown);
    const scores = new Float64Array(shown.length * group.outputs);
    scoreRows(
      data.embeddings,
      dims,
      shown,
      0,
      shown.length,
      linear.weights,
      linear.bias,
      group.outputs,
      scores,
    );
    if (binary) {
      expectClose(
        Array.from(scores, (z) => [1 - sigmoid(z), sigmoid(z)]).flat(),
        expected.probabilities,
        1e-6,
      );
    } else {
      for (let r = 0; r < shown.length; r++) softmaxInPlace(scores, r * classes, classes);
      expectClose(scores, expected.probabilities, 1e-6);
    }
  });

  it('has the gradient that differences of its loss show, with unknown photos, weights and several groups', () => {
    const lesson = madeLesson('softmax', { photos: 37, dims: 7, labels: 3, noise: 1, seed: 5 });
    const data = dataOf(lesson.embeddings, 7);
    const softmaxValues = lesson.truth[0]!.values.map((value, photo) => (photo % 5 === 0 ? -1 : value));
    const groups: FitGroup[] = [
      {
        activation: 'sigmoid',
        outputs: 1,
        values: softmaxValues.map((value, photo) => (photo % 7 === 0 ? -1 : Math.min(value, 1))),
        classWeights: Float64Array.of(0.5, 2),
        penalty: 0.7,
      },
      {
        activation: 'softmax',
        outputs: 3,
        values: softmaxValues,
        classWeights: Float64Array.of(1, 3, 0.2),
        penalty: 2,
      },
    ];
    const uniform = seededUniform(3);
    const points = groups.map(({ outputs }) =>
      Float64Array.from({ length: outputs * 8 }, () => uniform() - 0.5),
    );
    const totals = groups.map((group) => totalWeight(group, data.rows));
    const at = (moved: readonly Float64Array[]) => runSteps(evaluateGroups(data, groups, moved, totals));
    const here = at(points);
    const h = 1e-6;
    points.forEach((point, g) => {
      for (let i = 0; i < point.length; i++) {
        const shifted = (by: number) =>
          at(points.map((p, other) => (other === g ? p.map((x, k) => (k === i ? x + by : x)) : p)))[g]!.loss;
        expect(here[g]!.gradient[i]!).toBeCloseTo((shifted(h) - shifted(-h)) / (2 * h), 7);
      }
    });
  });

  it('reaches the same loss from any start, with and without a preconditioner', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        (seed, penalty) => {
          const lesson = madeLesson('sigmoid', { photos: 60, dims: 5, labels: 2, noise: 1, seed });
          const data = dataOf(lesson.embeddings, 5);
          const groups = lesson.truth.map(({ values }): FitGroup => {
            return {
              activation: 'sigmoid',
              outputs: 1,
              values,
              classWeights: Float64Array.of(1, 1),
              penalty,
            };
          });
          const uniform = seededUniform(seed);
          const starts = groups.map(() => Float64Array.from({ length: 6 }, () => 4 * uniform() - 2));
          const none = { of: () => null } as unknown as Preconditioner;
          const cold = runSteps(fitGroups(data, groups, null, new Preconditioner(data), tight));
          const warm = runSteps(fitGroups(data, groups, starts, none, tight));
          cold.forEach(({ loss }, g) => {
            expect(warm[g]!.loss).toBeCloseTo(loss, 10);
          });
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it('of separable photos ends, with a tiny penalty', () => {
    const data = dataOf(Float32Array.of(-1, -2, 1, 2), 1);
    const group: FitGroup = {
      activation: 'sigmoid',
      outputs: 1,
      values: Int16Array.of(0, 0, 1, 1),
      classWeights: Float64Array.of(1, 1),
      penalty: 1e-6,
    };
    const [fit] = runSteps(
      fitGroups(data, [group], null, new Preconditioner(data), { tolerance: 1e-7, iterations: 500 }),
    );
    expect(fit!.converged).toBe(true);
    expect(fit!.point[0]).toBeGreaterThan(5);
  });

  it('refuses a group without a labelled photo', () => {
    const data = dataOf(Float32Array.of(1, 2), 1);
    const group: FitGroup = {
      activation: 'sigmoid',
      outputs: 1,
      values: Int16Array.of(-1, -1),
      classWeights: Float64Array.of(1, 1),
      penalty: 1,
    };
    expect(() => runSteps(fitGroups(data, [group], null, new Preconditioner(data), tight))).toThrow(
      /no labelled photo/,
    );
  });
});
