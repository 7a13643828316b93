import type { ConfusionMatrix } from './confusion-matrix.ts';

/**
 * Classes in the order of how many mistakes they take part in, most first: photos of the class predicted as something
 * else or refused, and photos of other classes predicted as it. Equal ones by class number.
 *
 * @returns [classCount] class numbers
 */
export function orderByConfusion(matrix: ConfusionMatrix): Uint32Array<ArrayBuffer> {
  const { classCount, counts, refused } = matrix;
  const mistakes = Float64Array.from(refused);
  for (let a = 0; a < classCount; a++) {
    for (let b = 0; b < classCount; b++) {
      if (a === b) continue;
      mistakes[a]! += counts[a * classCount + b]!;
      mistakes[b]! += counts[a * classCount + b]!;
    }
  }
  return Uint32Array.from({ length: classCount }, (_, c) => c).sort(
    (a, b) => mistakes[b]! - mistakes[a]! || a - b,
  );
}

/**
 * Classes in an order that puts those that are taken for each other side by side: agglomerative clustering with average
 * linkage (UPGMA) on the mutual share of mistakes, the branches turned so that the most alike ends touch.
 * O(classCount^3) at worst, in practice about its square.
 *
 * @returns [classCount] class numbers
 */
export function orderByClusters(matrix: ConfusionMatrix): Uint32Array<ArrayBuffer> {
  const { classCount } = matrix;
  const likeness = mutualConfusion(matrix);
  const between = Float64Array.from(likeness);
  const branches: (number[] | null)[] = Array.from({ length: classCount }, (_, c) => [c]);
  const nearest = new Int32Array(classCount).fill(-1);
  const findNearest = (a: number) => {
    let best = -1;
    for (let b = 0; b < classCount; b++) {
      if (b === a || branches[b] === null) continue;
      if (best === -1 || between[a * classCount + b]! > between[a * classCount + best]!) best = b;
    }
    nearest[a] = best;
  };
  for (let c = 0; c < classCount; c++) findNearest(c);
  for (let merges = 1; merges < classCount; merges++) {
    let a = -1;
    for (let c = 0; c < classCount; c++) {
      if (branches[c] === null) continue;
      if (a === -1 || between[c * classCount + nearest[c]!]! > between[a * classCount + nearest[a]!]!) a = c;
    }
    const b = nearest[a]!;
    const left = branches[a]!;
    const right = branches[b]!;
    branches[a] = joined(left, right, (x, y) => likeness[x * classCount + y]!);
    branches[b] = null;
    for (let c = 0; c < classCount; c++) {
      if (c === a || branches[c] === null) continue;
      const mean =
        (left.length * between[a * classCount + c]! + right.length * between[b * classCount + c]!) /
        (left.length + right.length);
      between[a * classCount + c] = mean;
      between[c * classCount + a] = mean;
    }
    findNearest(a);
    for (let c = 0; c < classCount; c++) {
      if (c !== a && branches[c] !== null && (nearest[c] === a || nearest[c] === b)) findNearest(c);
    }
  }
  return Uint32Array.from(branches.find((branch) => branch !== null) ?? []);
}

/** [classCount][classCount] symmetric: share of a's photos predicted as b plus share of b's predicted as a. */
function mutualConfusion({ classCount, counts, refused }: ConfusionMatrix): Float64Array {
  const photos = Float64Array.from(refused);
  for (let cell = 0; cell < counts.length; cell++) photos[Math.floor(cell / classCount)]! += counts[cell]!;
  const likeness = new Float64Array(classCount * classCount);
  for (let a = 0; a < classCount; a++) {
    for (let b = 0; b < classCount; b++) {
      if (a === b) continue;
      likeness[a * classCount + b] =
        counts[a * classCount + b]! / Math.max(1, photos[a]!) +
        counts[b * classCount + a]! / Math.max(1, photos[b]!);
    }
  }
  return likeness;
}

/** Two branches end to end, each turned round or not, so that the ends that touch are the most alike. */
function joined(
  left: readonly number[],
  right: readonly number[],
  likeness: (a: number, b: number) => number,
): number[] {
  const [l0, l1, r0, r1] = [left[0]!, left.at(-1)!, right[0]!, right.at(-1)!];
  const asTheyAre = likeness(l1, r0);
  const best = Math.max(asTheyAre, likeness(l1, r1), likeness(l0, r0), likeness(l0, r1));
  if (best === asTheyAre) return [...left, ...right];
  if (best === likeness(l1, r1)) return [...left, ...right.toReversed()];
  if (best === likeness(l0, r0)) return [...left.toReversed(), ...right];
  return [...right, ...left];
}
