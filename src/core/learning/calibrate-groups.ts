import { sigmoid, softmaxInPlace } from './activations.ts';
import { type Calibration, NOT_CALIBRATED, plattCalibration, temperatureCalibration } from './calibration.ts';
import type { ThresholdChooser } from './thresholds.ts';
import { type GroupTruth, UNKNOWN } from './truth.ts';

/**
 * Calibration of each group on held-out photos: Platt's for a sigmoid, a temperature for a softmax.
 *
 * @param logits [photos][outputs], NaN where not held out; calibrated in place
 * @yields after each group, 0..1
 * @returns [groups]; null where there was too little to calibrate (the logits are then as they were)
 */
export function* calibrateGroups(
  groups: readonly GroupTruth[],
  logits: Float64Array,
  outputs: number,
): Generator<number, (Calibration | null)[]> {
  const calibrations: (Calibration | null)[] = [];
  let first = 0;
  for (const group of groups) {
    const start = first;
    const width = group.labels.length;
    first += width;
    const rows = knownHeldOut(group, logits, start, outputs);
    const held = new Float64Array(rows.length * width);
    rows.forEach((row, r) => {
      for (let k = 0; k < width; k++) held[r * width + k] = logits[row * outputs + start + k]!;
    });
    const truth = rows.map((row) => group.values[row]!);
    const calibration =
      group.activation === 'sigmoid'
        ? plattCalibration(held, Uint8Array.from(truth))
        : temperatureCalibration(held, width, truth);
    const { scale, offset } = calibration ?? NOT_CALIBRATED;
    for (let at = start; at < logits.length; at += outputs) {
      for (let k = at; k < at + width; k++) logits[k] = scale * logits[k]! + offset;
    }
    calibrations.push(calibration);
    yield calibrations.length / groups.length;
  }
  return calibrations;
}

/** Turns logits ([photos][outputs], row-major) into probabilities, in place; NaN stays. */
export function toProbabilities(
  groups: readonly { readonly activation: string; readonly labels: readonly string[] }[],
  logits: Float64Array,
  outputs: number,
): void {
  let first = 0;
  for (const { activation, labels } of groups) {
    for (let at = first; at < logits.length; at += outputs) {
      if (activation === 'sigmoid') logits[at] = sigmoid(logits[at]!);
      else softmaxInPlace(logits, at, labels.length);
    }
    first += labels.length;
  }
}

/** A threshold for each output from held-out probabilities ([photos][outputs]); null for the labels of a softmax. */
export function chooseThresholds(
  groups: readonly GroupTruth[],
  probabilities: Float64Array,
  outputs: number,
  choose: ThresholdChooser,
): (number | null)[] {
  let first = 0;
  return groups.flatMap((group) => {
    const start = first;
    first += group.labels.length;
    if (group.activation === 'softmax') return group.labels.map(() => null);
    const rows = knownHeldOut(group, probabilities, start, outputs);
    const held = Float64Array.from(rows, (row) => probabilities[row * outputs + start]!);
    return [
      choose(
        held,
        Uint8Array.from(rows, (row) => group.values[row]!),
      ),
    ];
  });
}

/** Photos whose truth about a group is known and that were held out for it. */
function knownHeldOut({ values }: GroupTruth, held: Float64Array, first: number, outputs: number): number[] {
  const rows: number[] = [];
  values.forEach((value, row) => {
    if (value !== UNKNOWN && !Number.isNaN(held[row * outputs + first]!)) rows.push(row);
  });
  return rows;
}
