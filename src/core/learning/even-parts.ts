/** Units (photos that stay together) in parts, with what each part still lacks. */
export interface Division {
  /** [units] photos of each. */
  readonly sizes: ArrayLike<number>;
  /** [units] the part that each stands in. */
  readonly partOf: Int16Array;
  /** [parts] photos that are lacking (below 0: too many). */
  readonly lacking: ArrayLike<number>;
  /** What a move makes worse in how the classes are spread; the lower the better. */
  readonly harm: (unit: number, from: number, to: number) => number;
  /** Moves a unit; brings `partOf` and `lacking` up to date. */
  readonly move: (unit: number, to: number) => void;
}

/** Units of one size in one part among which the least harmful is sought. */
const MOST_TRIED = 200;
/** Units of two parts up to which all ways to divide them are looked at. */
const FEW_UNITS = 100;
const FEW_PHOTOS = 2000;

/**
 * Brings the parts nearer to their sizes (in the sum of squares of what is lacking), with little harm to how the classes are
 * spread. Two small parts come as near as their units allow; large ones, as moving a unit, or exchanging two, can bring them.
 */
export function evenParts(division: Division): void {
  const { lacking } = division;
  const few = division.partOf.length <= FEW_UNITS * lacking.length;
  for (;;) {
    let found: Exchange | null = null;
    for (const [from, to] of farthestApart(lacking)) {
      found = (few ? bestDivision(division, from, to) : null) ?? bestExchange(division, from, to);
      if (found !== null) break;
    }
    if (found === null) return;
    for (const [unit, to] of found.moves) division.move(unit, to);
  }
}

/** Pairs of parts between which a photo could move, those first that lack least and most. */
function farthestApart(lacking: ArrayLike<number>): (readonly [from: number, to: number])[] {
  const parts = Array.from({ length: lacking.length }, (_, part) => part);
  const apart = ([from, to]: readonly [number, number]) => lacking[to]! - lacking[from]!;
  return parts
    .flatMap((from) => parts.map((to) => [from, to] as const))
    .filter((pair) => apart(pair) > 1)
    .sort((a, b) => apart(b) - apart(a));
}

interface Exchange {
  /** By how much the sum of squares falls, > 0. */
  readonly gain: number;
  readonly harm: number;
  readonly moves: readonly (readonly [unit: number, to: number])[];
}

function better(a: Exchange | null, b: Exchange | null): Exchange | null {
  if (a === null || b === null) return a ?? b;
  const more = b.gain - a.gain;
  return more > 1e-9 || (Math.abs(more) <= 1e-9 && b.harm < a.harm) ? b : a;
}

/**
 * The best way to divide the units of two parts anew (a knapsack problem, by dynamic programming over photos); null: they are
 * too many, or stand as well as they can.
 */
function bestDivision({ sizes, partOf, lacking, harm }: Division, from: number, to: number): Exchange | null {
  const units = [...partOf.keys()].filter((unit) => partOf[unit] === from || partOf[unit] === to);
  const photos = units.reduce((sum, unit) => sum + sizes[unit]!, 0);
  if (units.length > FEW_UNITS || photos > FEW_PHOTOS) return null;
  /** By photos in `to`: the least harm, and whether each unit then stands there: [units][photos]. */
  let least = new Float64Array(photos + 1).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  const isThere = units.map((unit) => {
    const own = partOf[unit] === to;
    const size = sizes[unit]!;
    const [stays, comes] = own ? [harm(unit, to, from), 0] : [0, harm(unit, from, to)];
    const next = new Float64Array(photos + 1).fill(Number.POSITIVE_INFINITY);
    const taken = new Uint8Array(photos + 1);
    for (let sum = 0; sum <= photos; sum++) {
      next[sum] = least[sum]! + stays;
      if (sum < size || !(least[sum - size]! + comes < next[sum]!)) continue;
      next[sum] = least[sum - size]! + comes;
      taken[sum] = 1;
    }
    least = next;
    return taken;
  });
  const before = units.reduce((sum, unit) => sum + (partOf[unit] === to ? sizes[unit]! : 0), 0);
  const apart = lacking[to]! - lacking[from]!;
  const gainOf = (sum: number) => 2 * (sum - before) * (apart - (sum - before));
  let best = before;
  for (let sum = 0; sum <= photos; sum++) {
    if (least[sum]! < Number.POSITIVE_INFINITY && gainOf(sum) > gainOf(best) + 1e-9) best = sum;
  }
  if (best === before) return null;
  const moves: (readonly [number, number])[] = [];
  let sum = best;
  for (let n = units.length - 1; n >= 0; n--) {
    const part = isThere[n]![sum] === 1 ? to : from;
    if (part === to) sum -= sizes[units[n]!]!;
    if (part !== partOf[units[n]!]) moves.push([units[n]!, part]);
  }
  return { gain: gainOf(best), harm: least[best]!, moves };
}

function bestExchange(division: Division, from: number, to: number): Exchange | null {
  const apart = division.lacking[to]! - division.lacking[from]!;
  // Moving s photos makes the squares smaller by 2 s (apart - s).
  const gainOf = (photos: number) => 2 * photos * (apart - photos);
  const away = leastHarmful(division, from, to);
  const back = leastHarmful(division, to, from);
  let best: Exchange | null = null;
  for (const [size, { unit, harm }] of away) {
    if (gainOf(size) > 1e-9) best = better(best, { gain: gainOf(size), harm, moves: [[unit, to]] });
    for (const [other, { unit: returned, harm: more }] of back) {
      const gain = gainOf(size - other);
      if (!(gain > 1e-9)) continue;
      const moves = [[unit, to] as const, [returned, from] as const];
      best = better(best, { gain, harm: harm + more, moves });
    }
  }
  return best;
}

/** By size: the unit of a part that does the least harm elsewhere. */
function leastHarmful({ sizes, partOf, harm }: Division, from: number, to: number) {
  const found = new Map<number, { unit: number; harm: number; tried: number }>();
  for (let unit = 0; unit < partOf.length; unit++) {
    if (partOf[unit] !== from) continue;
    const known = found.get(sizes[unit]!);
    if (known !== undefined && known.tried >= MOST_TRIED) continue;
    const own = harm(unit, from, to);
    if (known === undefined) found.set(sizes[unit]!, { unit, harm: own, tried: 1 });
    else {
      known.tried++;
      if (own < known.harm) Object.assign(known, { unit, harm: own });
    }
  }
  return found;
}
