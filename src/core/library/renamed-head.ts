import type { HeadGroup, TaughtHead } from '../learning/head.ts';

/**
 * A head with other texts for its labels; outputs of labels that have none are left out.
 *
 * @returns null: nothing is left of it
 */
export function renamedHead(
  head: TaughtHead,
  textOf: (label: string) => string | null,
): { readonly head: TaughtHead; readonly kept: readonly number[] } | null {
  const kept: number[] = [];
  const groups: HeadGroup[] = [];
  let first = 0;
  for (const { name, activation, labels } of head.groups) {
    const own = labels.map((label, o) => ({ output: first + o, text: textOf(label) }));
    const left = own.filter((one): one is { output: number; text: string } => one.text !== null);
    first += labels.length;
    if (left.length < (activation === 'sigmoid' ? 1 : 2)) continue;
    kept.push(...left.map(({ output }) => output));
    const texts = left.map(({ text }) => text);
    groups.push({ name: activation === 'sigmoid' ? texts[0]! : name, activation, labels: texts });
  }
  if (groups.length === 0) return null;
  const { dims, weights, bias, calibration, thresholds } = head;
  const own = new Float32Array(kept.length * dims);
  kept.forEach((output, o) => {
    own.set(weights.subarray(output * dims, (output + 1) * dims), o * dims);
  });
  const of = <Value>(values: ArrayLike<Value>) => kept.map((output) => values[output]!);
  return {
    kept,
    head: {
      ...head,
      groups,
      weights: own,
      bias: Float32Array.from(of(bias)),
      calibration: { scale: of(calibration.scale), offset: of(calibration.offset) },
      thresholds: of(thresholds),
    },
  };
}
