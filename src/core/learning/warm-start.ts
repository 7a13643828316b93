import type { Backbone, TaughtHead } from './head.ts';
import { restandardise, type Standardisation } from './standardisation.ts';
import type { GroupTruth } from './truth.ts';

/**
 * Where to start the fits of a set that was taught before, per group: labels that the earlier head knows start from its
 * weights (its calibration taken off again), new ones from zero.
 *
 * @returns null when there is no head, or it is of another model
 */
export function warmStarts(
  head: TaughtHead | null,
  backbone: Backbone,
  truth: readonly GroupTruth[],
  standardisation: Standardisation,
): Float64Array[] | null {
  const dims = standardisation.mean.length;
  if (head === null || head.dims !== dims) return null;
  if (head.backbone.id !== backbone.id || head.backbone.version !== backbone.version) return null;
  const outputOf = new Map<string, number>();
  let output = 0;
  for (const { name, labels } of head.groups)
    for (const label of labels) outputOf.set(key(name, label), output++);
  return truth.map(({ name, labels }) => {
    const count = labels.length;
    const linear = { weights: new Float64Array(count * dims), bias: new Float64Array(count) };
    labels.forEach((label, o) => {
      const from = outputOf.get(key(name, label));
      if (from === undefined) return;
      const scale = head.calibration.scale[from]!;
      linear.bias[o] = (head.bias[from]! - head.calibration.offset[from]!) / scale;
      for (let j = 0; j < dims; j++) linear.weights[o * dims + j] = head.weights[from * dims + j]! / scale;
    });
    return restandardise(linear, 0, count, standardisation);
  });
}

function key(group: string, label: string): string {
  return JSON.stringify([group, label]);
}
