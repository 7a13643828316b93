// @ts-check
import { fuzzRandom } from '../fuzz/mutate.mjs';

/**
 * Chance of one moment: the same whichever moments came before it, so that it can be had again alone.
 *
 * @param {number} seed
 * @param {number} n the moment's number
 */
export const momentRandom = (seed, n) => fuzzRandom(seed * 100_003 + n);
