// @ts-check
/** The same figures by the obvious loops, to compare times with. */

/**
 * Every figure of the multi-label table from the photos themselves, sorting for the average precision.
 *
 * @param {import('../../../src/core/evaluation/label-columns.ts').LabelColumns} columns
 * @param {number} threshold
 */
export function naiveFigures(columns, threshold) {
  let precisions = 0;
  let f1s = 0;
  let subset = 0;
  const mistakes = new Map();
  for (let label = 0; label < columns.labelCount; label++) {
    const truth = columns.truthOf(label);
    const scores = columns.scoresOf(label);
    const photos = Array.from(truth, (entry, row) => ({ entry, row, score: scores[row] ?? 0 }));
    let tp = 0;
    let fp = 0;
    let fn = 0;
    for (const { entry, row, score } of photos) {
      const predicted = score >= threshold;
      if (predicted && entry === 1) tp++;
      else if (predicted) fp++;
      else if (entry === 1) fn++;
      if (predicted !== (entry === 1)) mistakes.set(row, 1 + (mistakes.get(row) ?? 0));
    }
    f1s += tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
    let found = 0;
    photos
      .sort((a, b) => b.score - a.score)
      .forEach(({ entry }, n) => {
        if (entry === 1) precisions += ++found / (n + 1) / (tp + fn);
      });
  }
  for (let row = 0; row < columns.rowCount; row++) if (!mistakes.has(row)) subset++;
  return {
    map: precisions / columns.labelCount,
    macroF1: f1s / columns.labelCount,
    subset: subset / columns.rowCount,
  };
}
