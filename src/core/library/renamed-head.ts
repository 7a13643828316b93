import type { HeadGroup, TaughtHead } from '../learning/head.ts';

/**
 * A head with other texts for its labels; outputs of labels that have none are left out.
 *
 * @param zhOf what a label is called in Chinese; absent: the head says nothing of that
 * @returns null: nothing is left of it
 */
export function renamedHead(
  head: TaughtHead,
  textOf: (label: string) => string | null,
  zhOf?: (label: string) => string,
): { readonly head: TaughtHead; readonly kept: readonly number[] } | null {
  const kept: number[] = [];
  const groups: HeadGroup[] = [];
  let first = 0;
  for (const { name, activation, labels } of head.groups) {
    const left = labels.flatMap((label, o) => {
      const text = textOf(label);
      return text === null ? [] : [{ output: first + o, text, zh: zhOf?.(label) ?? text }];
    });
    first += labels.length;
    if (left.length < (activation === 'sigmoid' ? 1 : 2)) continue;
    kept.push(...left.map(({ output }) => output));
    const texts = left.map(({ text }) => text);
    const isTranslated = left.some(({ text, zh }) => zh !== text);
    groups.push({
      name: activation === 'sigmoid' ? texts[0]! : name,
      activation,
      labels: texts,
      ...(isTranslated && { zh: left.map(({ zh }) => zh) }),
    });
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
