import { describe, expect, it } from 'vitest';
import { confusionMatrix } from './confusion-matrix.ts';
import { columnsCsv, confusionCsv, csvText, figuresJson, labelTableCsv } from './export-figures.ts';
import { rankLabel } from './label-ranking.ts';
import { ThresholdedFigures } from './thresholded-figures.ts';

describe('export', () => {
  it('quotes what CSV needs quoted, and no cell runs as a formula', () => {
    expect(csvText([['a,b', 'say "hi"', 'two\nlines', '=1+1', '猫', '-x']])).toBe(
      '"a,b","say ""hi""","two\nlines",\'=1+1,猫,\'-x\r\n',
    );
    expect(csvText([[0.1, -2, Number.NaN, Number.POSITIVE_INFINITY]])).toBe('0.1,-2,,\r\n');
  });

  it('writes the label table with a row per label', () => {
    const ranking = rankLabel(Uint8Array.of(1, 0, 1, 0), Float64Array.of(0.75, 0.5, 0.25, 0));
    expect(labelTableCsv(['cat'], new ThresholdedFigures([ranking], 0.5)).split('\r\n')).toEqual([
      'label,threshold,support,true_positives,false_positives,false_negatives,true_negatives,precision,recall,f1,average_precision',
      'cat,0.5,2,1,1,1,1,0.5,0.5,0.5,0.8333333333333333',
      '',
    ]);
    expect(() => labelTableCsv([], new ThresholdedFigures([ranking], 0.5))).toThrow(/0 names; expected 1/);
  });

  it('writes a matrix with a row per actual class', () => {
    const matrix = confusionMatrix(Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 1, -1), 2);
    expect(confusionCsv(['cat', 'dog'], matrix)).toBe(
      'actual \\ predicted,cat,dog,refused\r\ncat,1,1,0\r\ndog,0,1,1\r\n',
    );
  });

  it('writes a curve, and figures as JSON with null for what is undefined', () => {
    const curve = { recall: Float64Array.of(0, 1), precision: Float64Array.of(1, 0.5) };
    expect(columnsCsv(curve)).toBe('recall,precision\r\n0,1\r\n1,0.5\r\n');
    expect(() => columnsCsv({ a: [1], b: [] })).toThrow(/Columns of 1, 0 values/);
    expect(JSON.parse(figuresJson({ curve, auc: Number.NaN }))).toEqual({
      curve: { recall: [0, 1], precision: [1, 0.5] },
      auc: null,
    });
  });
});
