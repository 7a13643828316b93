import { evenParts } from './even-parts.ts';
import { seededUniform, shuffle } from './random.ts';
import { classesOf, type GroupTruth, UNKNOWN } from './truth.ts';

/** In a list of folds: the photo is always taught and never held out. */
export const NEVER_HELD_OUT = -1;

/**
 * Folds for cross-validation: every class of every group spread as evenly as can be, rarest first (iterative
 * stratification: K. Sechidis, G. Tsoumakas, I. Vlahavas, 2011), near-duplicates together: a twin in the training photos
 * would make the held-out figures lie.
 *
 * @param photos how many there are
 * @param duplicates [photos]: photos with the same number >= 0 are near-duplicates, -1 has none; null: no photo has any
 * @param folds 2 or more, below 32768
 * @returns [photos]: fold of each, 0 to folds - 1
 */
export function stratifiedFolds(
  truth: readonly GroupTruth[],
  photos: number,
  duplicates: Int32Array | null,
  folds: number,
  seed: number,
): Int16Array {
  if (!Number.isInteger(folds) || folds < 2) throw new RangeError(`${folds} folds; expected 2 or more`);
  return stratifiedParts(truth, photos, duplicates, new Array<number>(folds).fill(1 / folds), seed);
}

/**
 * As `stratifiedFolds`, in parts of different size: as near to their shares as units of near-duplicates allow.
 *
 * @param shares of the photos, one per part, 0..1, together 1
 */
export function stratifiedParts(
  truth: readonly GroupTruth[],
  photos: number,
  duplicates: Int32Array | null,
  shares: readonly number[],
  seed: number,
): Int16Array {
  const folds = shares.length;
  const units = unitsOf(photos, duplicates);
  const order = shuffle(
    Uint32Array.from({ length: units.length }, (_, u) => u),
    seededUniform(seed),
  );
  const cells = truth.flatMap((group) =>
    Array.from({ length: classesOf(group) }, (_, value) => ({ group, value, total: 0 })),
  );
  const firstCell = new Map<GroupTruth, number>();
  cells.forEach(({ group, value }, c) => {
    if (value === 0) firstCell.set(group, c);
  });
  for (const group of truth) {
    for (const value of group.values) if (value !== UNKNOWN) cells[firstCell.get(group)! + value]!.total++;
  }
  /** [folds][cells]: photos that the fold still wants. */
  const wanted = Float64Array.from(
    { length: folds * cells.length },
    (_, i) => cells[i % cells.length]!.total * shares[Math.floor(i / cells.length)]!,
  );
  const room = Float64Array.from(shares, (share) => share * photos);
  const unitFold = new Int16Array(units.length).fill(-1);
  const eachCell = (unit: number, visit: (cell: number) => void) => {
    for (const photo of units[unit]!) {
      for (const group of truth) {
        const value = group.values[photo]!;
        if (value !== UNKNOWN) visit(firstCell.get(group)! + value);
      }
    }
  };
  /** Takes a unit into a fold, or out again. */
  const count = (unit: number, fold: number, change: 1 | -1) => {
    room[fold] = room[fold]! - change * units[unit]!.length;
    eachCell(unit, (cell) => {
      wanted[fold * cells.length + cell] = wanted[fold * cells.length + cell]! - change;
    });
  };
  const place = (unit: number, cell: number | null) => {
    const fold = hungriest(folds, room, cell === null ? null : (f) => wanted[f * cells.length + cell]!);
    unitFold[unit] = fold;
    count(unit, fold, 1);
  };
  const rarestFirst = [...cells.keys()].sort((a, b) => cells[a]!.total - cells[b]!.total || a - b);
  for (const cell of rarestFirst) {
    const { group, value, total } = cells[cell]!;
    if (total === 0) continue;
    for (const unit of order) {
      if (unitFold[unit] === -1 && units[unit]!.some((photo) => group.values[photo] === value))
        place(unit, cell);
    }
  }
  for (const unit of order) if (unitFold[unit] === -1) place(unit, null);
  // Class by class the shares are rounded, which adds up where classes are small.
  evenParts({
    sizes: units.map(({ length }) => length),
    partOf: unitFold,
    lacking: room,
    // By how much the squares of what the folds want of each class grow, halved.
    harm: (unit, from, to) => {
      let sum = 0;
      eachCell(unit, (cell) => {
        sum += 1 + wanted[from * cells.length + cell]! - wanted[to * cells.length + cell]!;
      });
      return sum;
    },
    move: (unit, to) => {
      count(unit, unitFold[unit]!, -1);
      unitFold[unit] = to;
      count(unit, to, 1);
    },
  });
  const result = new Int16Array(photos);
  units.forEach((members, unit) => {
    for (const photo of members) result[photo] = unitFold[unit]!;
  });
  return result;
}

/** The fold that wants most; among equals the one with most room, then the first. */
function hungriest(folds: number, room: Float64Array, want: ((fold: number) => number) | null): number {
  let best = 0;
  for (let fold = 1; fold < folds; fold++) {
    const more = want === null ? 0 : want(fold) - want(best);
    if (more > 0 || (more === 0 && room[fold]! > room[best]!)) best = fold;
  }
  return best;
}

/** Photos that must stay together. */
function unitsOf(photos: number, duplicates: Int32Array | null): readonly (readonly number[])[] {
  if (duplicates !== null && duplicates.length !== photos) {
    throw new RangeError(`near-duplicates of ${duplicates.length} photos; expected ${photos}`);
  }
  const units: number[][] = [];
  const known = new Map<number, number[]>();
  for (let photo = 0; photo < photos; photo++) {
    const id = duplicates?.[photo] ?? -1;
    const unit = id < 0 ? undefined : known.get(id);
    if (unit !== undefined) {
      unit.push(photo);
      continue;
    }
    const fresh = [photo];
    units.push(fresh);
    if (id >= 0) known.set(id, fresh);
  }
  return units;
}

/** A person's own division into photos that teach and photos that judge. */
export interface FixedSplit {
  /** [photos]: 0 where the photo judges, `NEVER_HELD_OUT` where it teaches. */
  readonly folds: Int16Array;
  /** Photos that were to judge but have a near-duplicate that teaches: they teach, too. */
  readonly moved: readonly number[];
}

/**
 * @param validation [photos]: not 0 where the photo is to judge
 * @param duplicates as in `stratifiedFolds`
 */
export function fixedSplit(validation: Uint8Array, duplicates: Int32Array | null): FixedSplit {
  const folds = Int16Array.from(validation, (judges) => (judges === 0 ? NEVER_HELD_OUT : 0));
  const moved: number[] = [];
  for (const unit of unitsOf(validation.length, duplicates)) {
    const judges = unit.filter((photo) => folds[photo] === 0);
    if (judges.length === unit.length) continue;
    for (const photo of judges) {
      folds[photo] = NEVER_HELD_OUT;
      moved.push(photo);
    }
  }
  return { folds, moved: moved.sort((a, b) => a - b) };
}
