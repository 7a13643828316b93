// @ts-check
/** Copies of photos, each asked for among all photos; answers go to a file, so that several processes can share the work. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { median } from '../core/figures.mjs';
import { copyKinds } from './copy-kinds.mjs';
import { isSameInSets } from './same-in-sets.mjs';

/** Left, top, right, bottom. @typedef {readonly [number, number, number, number]} Box */
/** @typedef {import('./library.mjs').Library} Library */
/**
 * What came of one query. `right`: the original, or what shows it, came first; `byHash`: so it is by a 64-bit hash alone;
 * `others`: photos that were called the same and are not; `overlap`: of the crop's box, null where there is none.
 *
 * @typedef {{ kind: string, i: number, name: string, right: boolean, byHash: boolean, others: string[], overlap: number | null, looked: number, milliseconds: number }} CopyAnswer
 */

/** @param {readonly { x: number, y: number }[]} region @returns {Box} */
function boxOf(region) {
  const xs = region.map(({ x }) => x);
  const ys = region.map(({ y }) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Intersection over union. @param {Box} a @param {Box} b */
function overlap(a, b) {
  const wide = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const high = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (/** @type {Box} */ box) => (box[2] - box[0]) * (box[3] - box[1]);
  return (wide * high) / (area(a) + area(b) - wide * high);
}

/** @param {string} path @returns {CopyAnswer[]} */
function readAnswers(path) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** @param {{ kind: string, i: number }} query */
const keyOf = ({ kind, i }) => `${kind} ${i}`;

/**
 * Asks for every `parts`th copy that has no answer in the file yet.
 *
 * @param {Library} library
 * @param {readonly number[]} chosen
 * @param {string} path
 * @param {readonly [number, number]} part which one, of how many
 */
export async function askCopies(library, chosen, path, [part, parts]) {
  const known = new Set(readAnswers(path).map(keyOf));
  // All kinds of a photo, then the next photo: what is there after a while is a fair sample.
  const queries = chosen.flatMap((_, i) => copyKinds.map((kind) => ({ kind, i })));
  for (const [n, query] of queries.entries()) {
    if (n % parts !== part || known.has(keyOf(query))) continue;
    appendFileSync(path, `${JSON.stringify(await askCopy(library, chosen, query))}\n`);
  }
}

/** @param {Library} library @param {readonly number[]} chosen @param {{ kind: string, i: number }} query @returns {Promise<CopyAnswer>} */
async function askCopy(library, chosen, { kind, i }) {
  const n = /** @type {number} */ (chosen[i]);
  const nameOf = (/** @type {number} */ photo) => library.photo(photo).name;
  const { copy, other } = await library.copyOf(chosen, i, kind);
  const found = await library.find(copy);
  const hits = found.hits.map(({ id, match }) => ({ n: id - 1, match }));
  const shown = kind === 'collage' ? [n, other] : [n];
  const isShown = (/** @type {{ n: number }} */ hit) =>
    shown.some((own) => isSameInSets(nameOf(own), nameOf(hit.n)));
  const first = hits.find((hit) => hit.n === n);
  const [best] = hits;
  let cut = null;
  if (first !== undefined && copy.box !== null) {
    const [left, top, wide, high] = copy.box;
    cut = overlap(boxOf(first.match.onSecond), [left, top, left + wide, top + high]);
  }
  return {
    kind,
    i,
    name: nameOf(n),
    right: first !== undefined && best !== undefined && isShown(best),
    byHash: library.nearestByHash(copy.thumbnail) === n,
    others: hits.filter((hit) => !isShown(hit)).map((hit) => nameOf(hit.n)),
    overlap: cut,
    looked: found.looked,
    milliseconds: found.milliseconds,
  };
}

/** @param {string} path of answers @param {number} count photos that were copied @param {number} among photos that were searched */
export function printCopies(path, count, among) {
  const answers = readAnswers(path).filter(({ i }) => i < count);
  console.log(`\ncopies of ${count} photos, asked for among ${among}`);
  console.log(
    'copy               queries   recall@1   pHash@1   false "same"   crop IoU   candidates   search ms (CPU)',
  );
  for (const kind of copyKinds) {
    const own = answers.filter((answer) => answer.kind === kind);
    if (own.length === 0) continue;
    const share = (/** @type {(answer: CopyAnswer) => boolean} */ is) =>
      (own.filter(is).length / own.length).toFixed(3);
    const overlaps = own.flatMap((answer) => (answer.overlap === null ? [] : [answer.overlap]));
    const looked = own.reduce((sum, answer) => sum + answer.looked, 0);
    console.log(
      [
        kind.padEnd(18),
        String(own.length).padStart(7),
        share(({ right }) => right).padStart(10),
        share(({ byHash }) => byHash).padStart(9),
        share(({ others }) => others.length > 0).padStart(14),
        (overlaps.length === 0 ? '' : median(overlaps).toFixed(2)).padStart(10),
        (looked / own.length).toFixed(1).padStart(12),
        median(own.map(({ milliseconds }) => milliseconds))
          .toFixed(0)
          .padStart(17),
      ].join(' '),
    );
  }
  const wrong = answers.filter(({ others }) => others.length > 0);
  const part = ((100 * wrong.length) / Math.max(1, answers.length)).toFixed(2);
  console.log(`queries with a false "same": ${wrong.length} of ${answers.length} (${part} %)`);
  for (const { kind, name, others } of wrong) console.log(`  ${kind}: ${name}, ${others.join(', ')}`);
  for (const { kind, name, right } of answers) if (!right) console.log(`  not found: ${kind}: ${name}`);
}
