// @ts-check
/**
 * Teaching and scoring, one thread: milliseconds, and ratios to a plain loop in the same run, taking turns.
 *
 * node scripts/bench/learning.mjs [--photos 10000] [--rounds 3]
 *
 * The lesson is made and seeded (256 components, 20 labels, multi-label). The plain loop makes one pass (scores and
 * gradient, one photo and one label at a time) or scores a library the same way.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './core/figures.mjs';
import { loadCore } from './core/load-core.mjs';

const dims = 256;
const labels = 20;

/** @param {() => unknown} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Scores, one product at a time.
 *
 * @param {Float32Array} embeddings
 * @param {Float32Array} weights
 * @param {number} photos
 */
function plainScores(embeddings, weights, photos) {
  const scores = new Float32Array(photos * labels);
  for (let photo = 0; photo < photos; photo++) {
    for (let label = 0; label < labels; label++) {
      let z = 0;
      for (let j = 0; j < dims; j++) {
        z += (embeddings[photo * dims + j] ?? 0) * (weights[label * dims + j] ?? 0);
      }
      scores[photo * labels + label] = 1 / (1 + Math.exp(-z));
    }
  }
  return scores;
}

/**
 * Scores and the gradient, one product at a time.
 *
 * @param {Float32Array} embeddings
 * @param {Float32Array} weights
 * @param {number} photos
 */
function plainPass(embeddings, weights, photos) {
  const scores = plainScores(embeddings, weights, photos);
  const gradient = new Float64Array(labels * dims);
  for (let photo = 0; photo < photos; photo++) {
    for (let label = 0; label < labels; label++) {
      const residual = scores[photo * labels + label] ?? 0;
      for (let j = 0; j < dims; j++) {
        const at = label * dims + j;
        gradient[at] = (gradient[at] ?? 0) + residual * (embeddings[photo * dims + j] ?? 0);
      }
    }
  }
  return gradient;
}

/** @param {readonly string[]} args */
async function main(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      photos: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  /** @type {typeof import('./learning/entry.ts')} */
  const core = await loadCore(new URL('./learning/entry.ts', import.meta.url));
  const photos = Number(values.photos);
  const rounds = Number(values.rounds);
  const lesson = core.madeLesson('sigmoid', { photos, dims, labels, noise: 1, seed: 1 });
  /** @param {readonly number[]} penalties */
  const teach = async (penalties) => {
    let longest = 0;
    let start = performance.now();
    const stepped = () => {
      const now = performance.now();
      longest = Math.max(longest, now - start);
      start = now;
      return null;
    };
    const lanes = new core.FitLanes([], stepped);
    const taught = await core.teachInLanes(
      lesson,
      { ...core.defaultTeachOptions, penalties },
      lanes,
      stepped,
    );
    stepped();
    if (taught.kind === 'refused') throw new Error('nothing was taught');
    return { ...taught, longest };
  };
  const { head } = await teach([100]);
  const small = 17_125;
  const large = 200_000;
  const library = new Float32Array(small * dims);
  for (let at = 0; at < library.length; at++)
    library[at] = lesson.embeddings[at % lesson.embeddings.length] ?? 0;
  /** @param {number} count */
  const score = (count) => {
    const source = {
      count,
      read: (/** @type {number} */ first, /** @type {number} */ some, /** @type {Float32Array} */ out) => {
        const from = first % (small - some);
        out.set(library.subarray(from * dims, (from + some) * dims));
      },
    };
    let sum = 0;
    for (const piece of core.scoreLibrary(head, source, dims)) sum += piece.probabilities[0] ?? 0;
    return sum;
  };
  /** @type {Record<'fixed' | 'chosen' | 'pass' | 'small' | 'large' | 'plain', number[]>} */
  const ms = { fixed: [], chosen: [], pass: [], small: [], large: [], plain: [] };
  let longest = 0;
  let trials = '';
  for (let round = 0; round < rounds; round++) {
    ms.pass.push(await timed(() => plainPass(lesson.embeddings, head.weights, photos)));
    ms.fixed.push(
      await timed(async () => {
        longest = Math.max(longest, (await teach([100])).longest);
      }),
    );
    ms.chosen.push(
      await timed(async () => {
        const taught = await teach(core.defaultTeachOptions.penalties);
        trials = taught.trials
          .map(({ penalty, heldOutLoss }) => `${penalty}: ${heldOutLoss.toFixed(3)}`)
          .join(', ');
      }),
    );
    ms.plain.push(await timed(() => plainScores(library, head.weights, small)));
    ms.small.push(await timed(() => score(small)));
    ms.large.push(await timed(() => score(large)));
  }
  const pass = median(ms.pass);
  const plain = median(ms.plain);
  /** @param {string} what @param {number} found @param {string} beside */
  const say = (what, found, beside) =>
    console.log(`${what.padEnd(58)} ${found.toFixed(0).padStart(6)} ms  ${beside}`);
  say(`plain loop: one pass over ${photos} x ${dims} x ${labels}`, pass, '');
  say(
    'teach, fixed penalty, 5-fold calibration',
    median(ms.fixed),
    `${(median(ms.fixed) / pass).toFixed(1)} plain passes; longest step ${longest.toFixed(0)} ms`,
  );
  say(
    'teach, choosing among five penalties',
    median(ms.chosen),
    `${(median(ms.chosen) / pass).toFixed(1)} plain passes; held-out loss ${trials}`,
  );
  say(`plain loop: score ${small} x ${labels}`, plain, '');
  say(
    `score ${small} x ${labels}`,
    median(ms.small),
    `${(median(ms.small) / plain).toFixed(2)} of the plain loop`,
  );
  say(`score ${large} x ${labels}`, median(ms.large), '');
}

export async function run() {
  await main([]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
