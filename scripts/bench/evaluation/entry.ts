// What the bench of the figures needs of the core, bundled by core/load-core.mjs.
export { classFigures } from '../../../src/core/evaluation/class-figures.ts';
export { classIntervalSteps } from '../../../src/core/evaluation/class-intervals.ts';
export { commonPairs } from '../../../src/core/evaluation/common-pairs.ts';
export { confusionMatrix } from '../../../src/core/evaluation/confusion-matrix.ts';
export { precisionRecallCurve, rocArea, rocCurve } from '../../../src/core/evaluation/curves.ts';
export { truthBitSteps } from '../../../src/core/evaluation/label-bits.ts';
export { columnsOfRows } from '../../../src/core/evaluation/label-columns.ts';
export { likelyLabelErrorSteps } from '../../../src/core/evaluation/label-errors.ts';
export { LabelBootstrap } from '../../../src/core/evaluation/label-intervals.ts';
export { rowsOfOutcome } from '../../../src/core/evaluation/label-rows.ts';
export { orderByClusters } from '../../../src/core/evaluation/matrix-order.ts';
export { photoFigureSteps } from '../../../src/core/evaluation/photo-figures.ts';
export { reliability, scoreHistogram } from '../../../src/core/evaluation/score-bins.ts';
export { rankLabelSteps, ThresholdedFigures } from '../../../src/core/evaluation/thresholded-figures.ts';
