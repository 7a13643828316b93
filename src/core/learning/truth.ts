/**
 * `softmax`: exactly one of the labels is right; `sigmoid`: one label, there or not.
 *
 * [Note: kinds of teaching] Every kind of label set is a list of groups: binary, one sigmoid group; multi-label, a
 * sigmoid group per label; multi-class, one softmax group; multi-output, several softmax groups. The summed loss of
 * several groups has no term that joins two of them, so fitting them side by side on the same passes over the photos is
 * joint training.
 */
export type Activation = 'sigmoid' | 'softmax';

/** In a sigmoid group: what a person said about the label. In any group -1 is "nobody has said". */
export const UNKNOWN = -1;
export const RULED_OUT = 0;
export const PRESENT = 1;

/** What is known of every photo about one group of labels. */
export interface GroupTruth {
  readonly name: string;
  readonly activation: Activation;
  /** Label ids: exactly one in a sigmoid group, two or more in a softmax group. */
  readonly labels: readonly string[];
  /** [photos]: sigmoid: `PRESENT`, `RULED_OUT` or `UNKNOWN`; softmax: index in `labels`, or `UNKNOWN`. */
  readonly values: Int16Array;
}

/** How many different values a group's truth can take: 2 for a sigmoid, the labels of a softmax. */
export function classesOf(group: { readonly activation: Activation; readonly labels: readonly string[] }) {
  return group.activation === 'sigmoid' ? 2 : group.labels.length;
}

/** @throws RangeError when a group does not hold what its docstring says */
export function checkTruth(groups: readonly GroupTruth[], photos: number): void {
  if (groups.length === 0) throw new RangeError('no group of labels; teaching needs at least one');
  for (const { name, activation, labels, values } of groups) {
    const enough = activation === 'sigmoid' ? labels.length === 1 : labels.length >= 2;
    if (!enough) throw new RangeError(`group ${name}: ${labels.length} labels for a ${activation}`);
    if (new Set(labels).size < labels.length) throw new RangeError(`group ${name}: a label occurs twice`);
    if (values.length !== photos) {
      throw new RangeError(`group ${name}: values for ${values.length} photos; expected ${photos}`);
    }
    const highest = classesOf({ activation, labels }) - 1;
    const wrong = values.findIndex((value) => value < UNKNOWN || value > highest);
    if (wrong >= 0) {
      throw new RangeError(
        `group ${name}: photo ${wrong} has value ${values[wrong]}; expected -1..${highest}`,
      );
    }
  }
}

/** Photos per class of a group among `rows`: [classes]. */
export function countClasses(values: Int16Array, classes: number, rows: Uint32Array): Float64Array {
  const counts = new Float64Array(classes);
  for (const row of rows) {
    const value = values[row]!;
    if (value !== UNKNOWN) counts[value] = counts[value]! + 1;
  }
  return counts;
}

/**
 * Weight of a photo of each class so that all classes weigh the same together, the photos' mean weight being 1:
 * n / (classes x photos of the class), as scikit-learn's `class_weight="balanced"`. 0 for a class without photos.
 */
export function balancedWeights(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count === 0 ? 0 : total / (counts.length * count)));
}
