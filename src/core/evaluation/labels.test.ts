import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdOfBestF1, thresholdOfPrecision, thresholdOfRecall } from './choose-threshold.ts';
import { labelVerdicts } from './compare-runs.ts';
import { drawnPoints, precisionRecallCurve, rocArea, rocCurve } from './curves.ts';
import { goldenDifferences } from './golden-differences.ts';
import { truthBitSteps } from './label-bits.ts';
import { columnsOfRows, cutOf, oneAgainstRest } from './label-columns.ts';
import { likelyLabelErrorSteps } from './label-errors.ts';
import { rankLabel } from './label-ranking.ts';
import { type Outcome, rowsOfCurvePoint, rowsOfOutcome, rowsOfPair } from './label-rows.ts';
import { columnsOf, isTaught, type LabelledPhotos, neverGiven } from './labelled-photos.ts';
import { photoFigureSteps } from './photo-figures.ts';
import { reliability, rowsOfHistogramBar, rowsOfReliabilityBin, scoreHistogram } from './score-bins.ts';
import { rankLabelSteps, ThresholdedFigures } from './thresholded-figures.ts';
import { absent, notKnown, present, right, unknown, wrong } from './truth.ts';

/** A stepwise computation at once. */
function done<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Columns of random truth (unknown included) and scores with ties, as doubles or bytes, and thresholds. */
const judged = fc
  .record({
    labels: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 0, max: 40 }),
    asBytes: fc.boolean(),
  })
  .chain(({ labels, rows, asBytes }) =>
    fc.record({
      asBytes: fc.constant(asBytes),
      columns: fc
        .tuple(
          fc.uint8Array({ min: 0, max: 2, minLength: rows * labels, maxLength: rows * labels }),
          asBytes
            ? fc.uint8Array({ minLength: rows * labels, maxLength: rows * labels })
            : fc
                .array(fc.integer({ min: 0, max: 12 }), {
                  minLength: rows * labels,
                  maxLength: rows * labels,
                })
                .map((values) => Float64Array.from(values, (value) => value / 12)),
        )
        .map(([truth, scores]) => columnsOfRows(Uint8Array.from(truth), scores.slice(), rows, labels)),
      thresholds: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: labels, maxLength: labels }).map(
        // Thresholds that scores stand exactly on.
        (values) => values.map((value) => (asBytes ? value / 255 : (value % 14) / 12)),
      ),
    }),
  );

describe('figures under thresholds', () => {
  it('every judged photo is in one cell of the 2x2, and each cell opens exactly its photos', () => {
    fc.assert(
      fc.property(judged, ({ columns, thresholds }) => {
        const figures = new ThresholdedFigures(done(rankLabelSteps(columns)), thresholds);
        const counts: Record<Outcome, Uint32Array> = {
          truePositive: figures.truePositives,
          falsePositive: figures.falsePositives,
          falseNegative: figures.falseNegatives,
          trueNegative: figures.trueNegatives,
        };
        for (let label = 0; label < columns.labelCount; label++) {
          const opened: number[] = [];
          for (const outcome of Object.keys(counts) as Outcome[]) {
            const rows = rowsOfOutcome(columns, label, thresholds[label]!, outcome);
            expect(rows.length).toBe(counts[outcome][label]);
            opened.push(...rows);
          }
          const known = [...columns.truthOf(label).keys()].filter(
            (row) => columns.truthOf(label)[row] !== unknown,
          );
          expect(opened.sort((a, b) => a - b)).toEqual(known);
          const above = rowsOfCurvePoint(columns, label, thresholds[label]!);
          expect(above.length).toBe(figures.truePositives[label]! + figures.falsePositives[label]!);
          const scores = columns.scoresOf(label);
          for (let n = 1; n < above.length; n++) {
            expect(scores[above[n]!]!).toBeLessThanOrEqual(scores[above[n - 1]!]!);
          }
        }
      }),
    );
  });

  it('a moved threshold gives the same as a fresh start, and a higher one never predicts more', () => {
    fc.assert(
      fc.property(
        judged,
        fc.array(fc.double({ min: 0, max: 1.1, noNaN: true }), { maxLength: 5 }),
        (set, moves) => {
          const rankings = done(rankLabelSteps(set.columns));
          const moved = new ThresholdedFigures(rankings, set.thresholds);
          moved.moveAll(Number.NEGATIVE_INFINITY);
          for (const threshold of [...moves].sort((a, b) => a - b)) {
            const before = moved.truePositives.map((tp, label) => tp + moved.falsePositives[label]!);
            moved.moveAll(threshold);
            moved.truePositives.forEach((tp, label) => {
              expect(tp + moved.falsePositives[label]!).toBeLessThanOrEqual(before[label]!);
            });
            const fresh = new ThresholdedFigures(rankings, threshold);
            expect(moved.summary()).toEqual(fresh.summary());
            expect(moved.table()).toEqual(fresh.table());
          }
        },
      ),
    );
  });

  it('an unknown entry changes nothing but that it is not counted', () => {
    fc.assert(
      fc.property(judged, ({ columns, thresholds }) => {
        const known = new ThresholdedFigures(done(rankLabelSteps(columns)), thresholds);
        for (let label = 0; label < columns.labelCount; label++) {
          const rows = [...columns.truthOf(label).keys()].filter(
            (row) => columns.truthOf(label)[row] !== unknown,
          );
          const scores = columns.scoresOf(label);
          const only = {
            rowCount: rows.length,
            labelCount: 1,
            truthOf: () => Uint8Array.from(rows, (row) => columns.truthOf(label)[row]!),
            scoresOf: () => scores.filter((_: number, row: number) => rows.includes(row)),
          };
          const without = new ThresholdedFigures(done(rankLabelSteps(only)), thresholds[label]!);
          expect(without.table().f1[0]).toBe(known.table().f1[label]);
          expect(without.table().averagePrecision[0]).toBe(known.table().averagePrecision[label]);
        }
      }),
    );
  });

  it('the pairwise table counts the photos that its cells open, and verdicts are those of each photo', () => {
    fc.assert(
      fc.property(judged, ({ columns, thresholds }) => {
        const labels = columns.labelCount;
        const figures = done(photoFigureSteps(columns, thresholds, done(truthBitSteps(columns))));
        for (let a = 0; a < labels; a++) {
          expect(figures.missedWhilePredicting[a * labels + a]).toBe(0);
          for (let b = 0; b < labels; b++) {
            const rows = (onlyWrong: boolean) => rowsOfPair(columns, thresholds, a, b, { onlyWrong }).length;
            expect(figures.missedWhilePredicting[a * labels + b]).toBe(rows(false));
            expect(figures.missedWhileWrong[a * labels + b]).toBe(rows(true));
          }
        }
        const wrongRows = new Float64Array(columns.rowCount);
        const knownRows = new Float64Array(columns.rowCount);
        for (let label = 0; label < labels; label++) {
          columns.truthOf(label).forEach((entry, row) => {
            if (entry !== unknown) knownRows[row]!++;
          });
          labelVerdicts(columns, label, thresholds[label]!).forEach((verdict, row) => {
            if (verdict === 0) wrongRows[row]!++;
          });
        }
        const verdicts = [...figures.verdicts];
        verdicts.forEach((verdict, row) => {
          expect(verdict).toBe(knownRows[row] === 0 ? notKnown : wrongRows[row] === 0 ? right : wrong);
        });
        const rightShare = verdicts.filter((v) => v === 1).length / verdicts.filter((v) => v !== 2).length;
        expect(figures.subsetAccuracy).toEqual(rightShare);
      }),
    );
  });

  it('photos in several blocks add up to the same as each part alone', () => {
    const labels = 300;
    const rows = 4000;
    const truth = Uint8Array.from({ length: labels * rows }, (_, n) => (n * 7919) % 3);
    const scores = Uint8Array.from({ length: labels * rows }, (_, n) => (n * 104_729 + (n >> 8)) % 256);
    const figures = (first: number, last: number) => {
      const columns = columnsOfRows(
        truth.subarray(first * labels, last * labels),
        scores.subarray(first * labels, last * labels),
        last - first,
        labels,
      );
      const steps = photoFigureSteps(
        columns,
        new Float64Array(labels).fill(0.99),
        done(truthBitSteps(columns)),
      );
      for (let blocks = 0; ; blocks++) {
        const step = steps.next();
        if (step.done) return { blocks, ...step.value };
      }
    };
    const whole = figures(0, rows);
    const parts = [figures(0, 1500), figures(1500, rows)] as const;
    expect([whole.blocks, parts[0].blocks, parts[1].blocks]).toEqual([2, 1, 1]);
    const sums = parts[0].missedWhilePredicting.map((n, cell) => n + parts[1].missedWhilePredicting[cell]!);
    expect(whole.missedWhilePredicting.every((count, cell) => count === sums[cell])).toBe(true);
    expect(sums.some((count) => count > 0)).toBe(true);
    expect([...whole.verdicts]).toEqual([...parts[0].verdicts, ...parts[1].verdicts]);
  });

  it('follow a corrected label, and leave earlier tables as they were', () => {
    const truth = Uint8Array.of(1, 0, 1, 0);
    const scores = Float32Array.of(0.9, 0.8, 0.2, 0.1);
    const figures = new ThresholdedFigures([rankLabel(truth, scores), rankLabel(truth, scores)], [0.1, 0.5]);
    const before = figures.table();
    truth[1] = present;
    figures.replaceRanking(1, rankLabel(truth, scores));
    expect(goldenDifferences(before.averagePrecision, [5 / 6, 5 / 6])).toEqual([]);
    expect(goldenDifferences(figures.table().averagePrecision, [5 / 6, 1])).toEqual([]);
    expect([...figures.truePositives]).toEqual([2, 2]);
    expect([...figures.falseNegatives]).toEqual([0, 1]);
    expect(() => figures.replaceRanking(2, rankLabel(truth, scores))).toThrow(/Label 2 of 2/);
  });

  it('names the labels with few positives', () => {
    const truth = Uint8Array.from([...Array(10).fill([present, present]), [present, absent]].flat());
    truth[1] = absent;
    const columns = columnsOfRows(truth, new Float32Array(22), 11, 2);
    const figures = new ThresholdedFigures(done(rankLabelSteps(columns)), 0.5);
    expect(figures.labelsWithFewPositives()).toEqual([1]);
    expect(figures.labelsWithFewPositives(12)).toEqual([0, 1]);
  });
});

describe('curves', () => {
  it('begin with nothing predicted and end with everything, and recall never falls', () => {
    fc.assert(
      fc.property(judged, ({ columns }) => {
        const ranking = rankLabel(columns.truthOf(0), columns.scoresOf(0));
        const { precision, recall, thresholds } = precisionRecallCurve(ranking);
        expect([thresholds[0], precision[0], recall[0]]).toEqual([Number.POSITIVE_INFINITY, 1, 0]);
        const roc = rocCurve(ranking);
        for (let point = 1; point < recall.length; point++) {
          expect(thresholds[point]).toBeLessThan(thresholds[point - 1]!);
          expect(recall[point]).toBeGreaterThanOrEqual(recall[point - 1]!);
        }
        if (ranking.positives > 0 && ranking.negatives > 0) {
          expect(recall.at(-1)).toBe(1);
          expect([roc.falsePositiveRate[0], roc.truePositiveRate[0]]).toEqual([0, 0]);
          expect([roc.falsePositiveRate.at(-1), roc.truePositiveRate.at(-1)]).toEqual([1, 1]);
          // The area is the chance that a photo with the label scores above one without; ties count half.
          let above = 0;
          const truth = columns.truthOf(0);
          const scores = columns.scoresOf(0);
          truth.forEach((a, i) => {
            truth.forEach((b, j) => {
              if (a === present && b === absent) above += (Math.sign(scores[i]! - scores[j]!) + 1) / 2;
            });
          });
          expect(rocArea(ranking)).toBeCloseTo(above / ranking.positives / ranking.negatives, 12);
        }
      }),
    );
  });

  it('are drawn with few points, both ends among them, close to where they run', () => {
    const x = Float64Array.from({ length: 5000 }, (_, n) => n / 4999);
    const y = x.map((value) => (value < 0.001 ? 0 : 1));
    const kept = [...drawnPoints(x, y, 100)];
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept.length).toBeGreaterThan(45);
    expect([kept[0], kept.at(-1)]).toEqual([0, 4999]);
    for (let n = 1; n < kept.length; n++) {
      expect(kept[n]).toBeGreaterThan(kept[n - 1]!);
      expect(x[kept[n]!]! - x[kept[n - 1]!]!).toBeLessThan(0.05);
    }
    expect([...drawnPoints([0, 1], [0, 1], 5)]).toEqual([0, 1]);
    expect([...drawnPoints([0, 0, 0], [1, 1, 1], 2)]).toEqual([0, 2]);
    expect(() => drawnPoints(x, y, 1)).toThrow(/needs 2/);
  });

  it('bars and bins open exactly their photos', () => {
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 12 }), ({ columns }, bins) => {
        const truth = columns.truthOf(0);
        const scores = columns.scoresOf(0);
        const ranking = rankLabel(truth, scores);
        const histogram = scoreHistogram(ranking, bins);
        const diagram = reliability(ranking, bins);
        let inBins = 0;
        for (let bin = 0; bin < bins; bin++) {
          expect(rowsOfHistogramBar(truth, scores, bins, bin, present).length).toBe(histogram.positives[bin]);
          expect(rowsOfHistogramBar(truth, scores, bins, bin, absent).length).toBe(histogram.negatives[bin]);
          expect(rowsOfReliabilityBin(truth, scores, bins, bin).length).toBe(diagram.counts[bin]);
          inBins += histogram.positives[bin]! + histogram.negatives[bin]!;
        }
        expect(inBins).toBe(ranking.positives + ranking.negatives);
      }),
    );
  });

  it('of calibrated bins need probabilities', () => {
    const ranking = rankLabel(Uint8Array.of(1, 0), Float32Array.of(1.5, 0));
    expect(() => reliability(ranking, 10)).toThrow(/Score 1.5/);
    expect(() => scoreHistogram(ranking, 0)).toThrow(/0 bins/);
  });
});

describe('choice of a threshold', () => {
  it('takes the higher of two with the same F1', () => {
    const ranking = rankLabel(Uint8Array.of(1, 0, 0, 1), Float64Array.of(0.9, 0.8, 0.7, 0.6));
    expect(thresholdOfBestF1(ranking)?.threshold).toBe(0.9);
  });

  it('finds the best of all thresholds', () => {
    fc.assert(
      fc.property(judged, fc.double({ min: 0, max: 1, noNaN: true }), ({ columns }, wanted) => {
        const ranking = rankLabel(columns.truthOf(0), columns.scoresOf(0));
        const curve = precisionRecallCurve(ranking);
        const points = [...curve.thresholds.keys()].slice(1);
        const bestF1 = thresholdOfBestF1(ranking);
        const precise = thresholdOfPrecision(ranking, wanted);
        const found = thresholdOfRecall(ranking, wanted);
        if (ranking.positives === 0) {
          expect([bestF1, precise, found]).toEqual([null, null, null]);
          return;
        }
        expect(bestF1?.f1).toBe(Math.max(...points.map((p) => curve.f1[p]!)));
        const preciseEnough = points.filter((p) => curve.precision[p]! >= wanted);
        if (preciseEnough.length === 0) expect(precise).toBeNull();
        else {
          expect(precise?.recall).toBe(Math.max(...preciseEnough.map((p) => curve.recall[p]!)));
          expect(precise?.precision).toBeGreaterThanOrEqual(wanted);
        }
        const enough = points.filter((p) => curve.recall[p]! >= wanted);
        expect(found?.precision).toBe(Math.max(...enough.map((p) => curve.precision[p]!)));
        expect(found?.recall).toBeGreaterThanOrEqual(wanted);
        for (const chosen of [bestF1, precise, found]) {
          if (chosen === null) continue;
          const figures = new ThresholdedFigures([ranking], chosen.threshold);
          expect(figures.table().f1[0]).toBe(chosen.f1);
        }
      }),
    );
  });
});

describe('likely label errors', () => {
  it('find a rare label that was ruled out although its probability is below one half', () => {
    // Photos with the label get 0.3 on average, those without it 0.9 for its absence: 0.4 is a lot.
    const truth = Uint8Array.of(present, present, absent, absent, absent, absent);
    const scores = Float64Array.of(0.3, 0.3, 0, 0, 0, 0.4);
    const errors = done(likelyLabelErrorSteps(columnsOfRows(truth, scores, 6, 1)));
    expect([...errors.rows]).toEqual([5]);
    expect([...errors.given]).toEqual([0]);
    expect(errors.selfConfidence[0]).toBeCloseTo(0.6, 12);
  });

  it('leave a label out that was not taught', () => {
    const truth = Uint8Array.of(present, absent, present, absent, present, absent);
    const scores = Float32Array.of(0, 0, 0.9, 0.1, 0.1, 0.9);
    const photos: LabelledPhotos = {
      ids: Uint32Array.of(1, 2),
      labels: ['new', 'right', 'wrong'],
      truth,
      scores,
      thresholds: Float64Array.of(neverGiven, neverGiven, 0.5),
    };
    const taught = [0, 1, 2].map((label) => isTaught(photos, label));
    expect(taught).toEqual([false, true, true]);
    const columns = columnsOf(photos);
    const wrongLabels = (test?: (label: number) => boolean) =>
      new Set(done(likelyLabelErrorSteps(columns, test)).labels);
    expect(wrongLabels()).toContain(0);
    expect(wrongLabels((label) => taught[label]!)).not.toContain(0);
  });

  it('never suspect an unknown entry', () => {
    const truth = Uint8Array.of(present, present, absent, absent, unknown, unknown, present);
    const scores = Uint8Array.of(250, 240, 5, 10, 250, 5, 3);
    const errors = done(likelyLabelErrorSteps(columnsOfRows(truth, scores, 7, 1)));
    expect([...errors.rows]).toEqual([6]);
    expect(errors.selfConfidence[0]).toBeCloseTo(3 / 255, 12);
  });
});

describe('columns', () => {
  it('of one class against the rest leave out photos without a class', () => {
    const columns = oneAgainstRest(Int32Array.of(1, -1, 0), Float32Array.of(0, 1, 2, 3, 4, 5), 2);
    expect([...columns.truthOf(0)]).toEqual([absent, unknown, present]);
    expect([...columns.truthOf(1)]).toEqual([present, unknown, absent]);
    expect([...columns.scoresOf(1)]).toEqual([1, 3, 5]);
  });

  it('of bytes are cut where their scores reach the threshold', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.nat(255).map((byte) => byte / 255),
        ),
        (threshold) => {
          const cut = cutOf(bytes, threshold);
          expect(bytes.every((byte) => byte >= cut === byte / 255 >= threshold)).toBe(true);
        },
      ),
    );
  });

  it('of bytes are cut right at the number next to each score, where a product is rounded', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const threshold = new Float64Array(1);
    const bits = new BigUint64Array(threshold.buffer);
    for (const byte of bytes) {
      for (const step of byte === 0 ? [0n, 1n] : [-1n, 0n, 1n]) {
        threshold[0] = byte / 255;
        bits[0] = bits[0]! + step;
        expect(cutOf(bytes, threshold[0])).toBe(step === 1n ? byte + 1 : byte);
      }
    }
  });

  it('refuse sizes that do not match, truths that there are not, and scores that are no numbers', () => {
    expect(() => columnsOfRows(new Uint8Array(3), new Float32Array(4), 2, 2)).toThrow(
      /3 truths and 4 scores/,
    );
    expect(() => columnsOfRows(Uint8Array.of(3), new Float32Array(1), 1, 1)).toThrow(/Truth 3 of photo 0/);
    expect(() => rankLabel(Uint8Array.of(0), Float32Array.of(Number.NaN))).toThrow(/photo 0 is not a number/);
    expect(() => rankLabel(Uint8Array.of(0), new Float32Array(2))).toThrow(/1 truths for 2 scores/);
    expect(() => new ThresholdedFigures([], [0.5])).toThrow(/1 thresholds for 0 labels/);
  });
});
