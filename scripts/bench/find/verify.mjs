// @ts-check
import { median, processorMilliseconds } from '../core/figures.mjs';
import { copyKinds } from './copy-kinds.mjs';

/** @typedef {import('./material.mjs').Picture} Picture */

/** Photos nearest to an original by their vectors that its copies are compared with, too. */
const neighbours = 6;

/**
 * With the milliseconds of processor time that it took.
 *
 * @template Result
 * @param {() => Result} work
 */
function timed(work) {
  const before = processorMilliseconds();
  const result = work();
  return { result, milliseconds: processorMilliseconds() - before };
}

/**
 * What verifying a pair costs, and how often it is right: each copy against its original, and against the photos that are
 * most alike.
 *
 * @param {import('./library.mjs').Core} core
 * @param {import('./library.mjs').Library} library
 * @param {readonly number[]} chosen
 */
export async function measureVerifying(core, library, chosen) {
  console.log(
    `\nverifying: copies of ${chosen.length} photos against the photo and ${neighbours} others like it`,
  );
  console.log(
    'copy               found   false   ms a copy   ms another photo (CPU, both pictures prepared)',
  );
  /** @type {number[]} */
  const preparing = [];
  const prepare = (/** @type {Picture} */ picture) => {
    const { result, milliseconds } = timed(() => {
      const prepared = new core.PreparedPicture(picture);
      prepared.features.local;
      return prepared;
    });
    preparing.push(milliseconds);
    return result;
  };
  /** @type {Map<number, ReturnType<typeof prepare>>} */
  const kept = new Map();
  const prepared = async (/** @type {number} */ n) => {
    const known = kept.get(n) ?? prepare((await library.looksOf(n)).thumbnail);
    kept.set(n, known);
    return known;
  };
  let [pairs, all] = [0, 0];
  for (const kind of copyKinds) {
    let [found, wrong, own, others, asked] = [0, 0, 0, 0, 0];
    for (const [i, n] of chosen.entries()) {
      const { copy, other } = await library.copyOf(chosen, i, kind);
      const first = prepare(copy.thumbnail);
      const second = await prepared(n);
      const { result, milliseconds } = timed(() => core.verifyPair(first, second));
      if (result !== null) found++;
      own += milliseconds;
      for (const near of library.nearestTo(n, neighbours + 1)) {
        if (near === n || (kind === 'collage' && near === other)) continue;
        const third = await prepared(near);
        const against = timed(() => core.verifyPair(first, third));
        if (against.result !== null) wrong++;
        others += against.milliseconds;
        asked++;
      }
    }
    pairs += asked;
    all += wrong;
    console.log(
      [
        kind.padEnd(18),
        (found / chosen.length).toFixed(3),
        String(wrong).padStart(7),
        (own / chosen.length).toFixed(2).padStart(10),
        (others / asked).toFixed(2).padStart(12),
      ].join(' '),
    );
  }
  console.log(
    `preparing a picture: median ${median(preparing).toFixed(2)} ms; false: ${all} of ${pairs} pairs`,
  );
}
