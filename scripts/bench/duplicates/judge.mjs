// @ts-check
import { exactCopies, samePictures, transformations } from './copies.mjs';

/** @typedef {import('./copies.mjs').Sample} Sample */
/** @typedef {{ name: string, content: number, vector: number[], hash: [number, number] }} Stored */
/** @typedef {{ photos: Stored[], pairs: [number, number, number, number][] }} Library pairs: contents, place in `tierNames`, score */
/** @typedef {Stored & Sample} Known */
/** @typedef {{ right: number, wrong: number, missed: number }} Tally */

const tierNames = ['exact', 'same picture', 'edited copy', 'same shot', 'same scene'];
/** No tier. */
const apart = tierNames.length;

/**
 * Prints precision, recall and F1 of what was found: over all copies, by how they were made, and by list; beside a 64-bit
 * perceptual hash and the bare embedding.
 *
 * @param {readonly Sample[]} samples
 * @param {Library} library
 */
export function judge(samples, { photos, pairs }) {
  const sampleOf = new Map(samples.map((sample) => [sample.name, sample]));
  const known = photos.flatMap((photo) => {
    const sample = sampleOf.get(photo.name);
    return sample === undefined ? [] : [{ ...photo, ...sample }];
  });
  const found = new Map(pairs.map(([a, b, tier]) => [pairOf(a, b), tier]));
  const scores = new Map(pairs.map(([a, b, , score]) => [pairOf(a, b), score]));
  const tierOf = (/** @type {Known} */ a, /** @type {Known} */ b) =>
    a.content === b.content ? 0 : (found.get(pairOf(a.content, b.content)) ?? apart);
  /** @type {Record<string, (a: Known, b: Known) => boolean>} */
  const judges = {
    Picsift: (a, b) => tierOf(a, b) <= 2,
    'pHash, 10 bits': (a, b) => bits(a.hash, b.hash) <= 10,
    'cosine 0.9': (a, b) => dot(a.vector, b.vector) >= 0.9,
  };
  const all = known.flatMap((a, n) => known.slice(n + 1).map((b) => /** @type {const} */ ([a, b])));
  for (const [name, isCopy] of Object.entries(judges)) printJudge(name, all, isCopy);
  printTiers(all, tierOf, (a, b) => scores.get(pairOf(a.content, b.content)) ?? 1);
}

/**
 * @param {string} name
 * @param {readonly (readonly [Known, Known])[]} all
 * @param {(a: Known, b: Known) => boolean} isCopy
 */
function printJudge(name, all, isCopy) {
  const total = tally();
  const byMade = new Map(transformations.map((made) => [made, tally()]));
  let [products, productPairs, bursts] = [0, 0, 0];
  for (const [a, b] of all) {
    const says = isCopy(a, b);
    if (a.made === 'product' && b.made === 'product') {
      productPairs++;
      if (says) products++;
    } else if (a.made === 'burst' && b.made === 'burst') {
      if (says) bursts++;
    } else if (a.made !== 'burst' && b.made !== 'burst') {
      // A burst is drawn on an original: it counts neither way against that.
      const isFamily = a.family === b.family;
      count(total, isFamily, says);
      for (const one of [a, b]) {
        const other = one === a ? b : a;
        const row = byMade.get(one.made);
        // Of a family the original judges; beside it whatever is said about a copy.
        if (row !== undefined && (!isFamily || other.made === 'original')) count(row, isFamily, says);
      }
    }
  }
  const part = ((100 * products) / Math.max(1, productPairs)).toFixed(3);
  console.log(
    `\n${name}: ${figures(total)}; products ${products} of ${productPairs} pairs (${part} %), pairs of bursts ${bursts}`,
  );
  for (const [made, row] of byMade) console.log(`  ${made.padEnd(12)} ${figures(row)}`);
}

/**
 * Originals and their copies: whether they come to the list where they belong.
 *
 * @param {readonly (readonly [Known, Known])[]} all
 * @param {(a: Known, b: Known) => number} tierOf
 * @param {(a: Known, b: Known) => number} scoreOf
 */
function printTiers(all, tierOf, scoreOf) {
  const lists = tierNames.slice(0, 3).map(() => tally());
  /** @type {Map<string, number[]>} */
  const places = new Map(transformations.map((made) => [made, new Array(apart + 1).fill(0)]));
  /** @type {Map<string, number[]>} */
  const least = new Map();
  for (const [a, b] of all) {
    if (a.made === 'burst' || b.made === 'burst' || (a.made === 'product' && b.made === 'product')) continue;
    const isFamily = a.family === b.family;
    const copy = a.made === 'original' ? b : b.made === 'original' ? a : null;
    if (isFamily && copy === null) continue;
    const tier = tierOf(a, b);
    const right = !isFamily || copy === null ? apart : listOf(copy.made);
    lists.forEach((list, n) => {
      count(list, right === n, tier === n);
    });
    const row = isFamily && copy !== null ? places.get(copy.made) : undefined;
    if (row === undefined || copy === null) continue;
    row[tier] = (row[tier] ?? 0) + 1;
    const key = `${copy.made} ${tier}`;
    least.set(key, [...(least.get(key) ?? []), scoreOf(a, b)]);
  }
  console.log('\nby list, original and copy:');
  lists.forEach((list, n) => {
    console.log(`  ${(tierNames[n] ?? '').padEnd(12)} ${figures(list)}`);
  });
  for (const [made, row] of places) {
    const text = row.flatMap((n, tier) => {
      const from = Math.min(...(least.get(`${made} ${tier}`) ?? [1])).toFixed(3);
      return n > 0 ? `${tierNames[tier] ?? 'none'} ${n} (scores from ${from})` : [];
    });
    console.log(`  ${made.padEnd(12)} ${text.join(', ')}`);
  }
}

/** @param {string} made */
function listOf(made) {
  if (exactCopies.includes(made)) return 0;
  return samePictures.includes(made) ? 1 : 2;
}

/** @returns {Tally} */
function tally() {
  return { right: 0, wrong: 0, missed: 0 };
}

/**
 * @param {Tally} to
 * @param {boolean} isTrue
 * @param {boolean} isSaid
 */
function count(to, isTrue, isSaid) {
  if (isTrue && isSaid) to.right++;
  else if (isSaid) to.wrong++;
  else if (isTrue) to.missed++;
}

/** @param {Tally} tally */
function figures({ right, wrong, missed }) {
  const precision = right + wrong === 0 ? 1 : right / (right + wrong);
  const recall = right + missed === 0 ? 1 : right / (right + missed);
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return `precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`;
}

/** @param {number} a @param {number} b */
function pairOf(a, b) {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function bits(a, b) {
  let count = 0;
  a.forEach((word, n) => {
    for (let rest = (word ^ (b[n] ?? 0)) >>> 0; rest !== 0; rest &= rest - 1) count++;
  });
  return count;
}
