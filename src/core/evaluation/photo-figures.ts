import { PredictedBits, type TruthBits } from './label-bits.ts';
import { cutOf, type LabelColumns } from './label-columns.ts';
import { notKnown, right, wrong } from './truth.ts';

/** The figures that need each photo's labels together; they change with thresholds. */
export interface PhotoFigures {
  /** [rows] `right` without a mistake, `wrong` with any, `notKnown` where every label is unknown. */
  readonly verdicts: Uint8Array<ArrayBuffer>;
  /** Share of the judged photos without a mistake, 0..1; NaN without any. Unknown labels are not looked at. */
  readonly subsetAccuracy: number;
  /** [labels][labels] photos that have label A (row), were not predicted A, and were predicted B (column). */
  readonly missedWhilePredicting: Uint32Array<ArrayBuffer>;
  /** [labels][labels] of those, the photos for which B was wrong. */
  readonly missedWhileWrong: Uint32Array<ArrayBuffer>;
}

/** Photo-label pairs that one step reads: a few milliseconds' worth. */
const stepSize = 1 << 20;

/**
 * Subset accuracy and the pairwise table "missed A while predicting B", block by block of photos.
 * O(rows * labels / 32), plus missed times predicted labels of each photo. Memory: 8 bytes per pair of labels, 1 per photo.
 *
 * @param thresholds [labels] a photo is predicted when its score is at least this
 * @param truth of the same columns
 * @yields the number of photos done
 * @throws RangeError for more than 65,535 labels
 */
export function* photoFigureSteps(
  columns: LabelColumns,
  thresholds: ArrayLike<number>,
  truth: TruthBits,
): Generator<number, PhotoFigures> {
  const { rowCount, labelCount } = columns;
  if (thresholds.length !== labelCount) {
    throw new RangeError(`${thresholds.length} thresholds for ${labelCount} labels`);
  }
  if (labelCount > 0xffff)
    throw new RangeError(`${labelCount} labels; a table of pairs takes 65,535 at most`);
  const verdicts = new Uint8Array(rowCount);
  /** Pairs in which the other label was wrong, and those in which it was right or nobody knows: one count for each pair. */
  const missedWhileWrong = new Uint32Array(labelCount * labelCount);
  const missedOtherwise = new Uint32Array(labelCount * labelCount);
  const blockWords = Math.max(2, Math.floor(stepSize / 32 / Math.max(1, labelCount)));
  const block = new Block(labelCount, Math.min(blockWords, truth.words));
  let judged = 0;
  let faultless = 0;
  for (let first = 0; first < rowCount; first += 32 * blockWords) {
    const rows = Math.min(32 * blockWords, rowCount - first);
    block.read(columns, thresholds, truth, first, rows);
    for (let n = 0; n < rows; n++) {
      const bit = 1 << (n & 31);
      const verdict =
        (block.known[n >>> 5]! & bit) === 0 ? notKnown : (block.wrong[n >>> 5]! & bit) === 0 ? right : wrong;
      verdicts[first + n] = verdict;
      if (verdict !== notKnown) judged++;
      if (verdict === right) faultless++;
    }
    block.countPairs(truth, first >>> 5, missedWhileWrong, missedOtherwise);
    yield first + rows;
  }
  const missedWhilePredicting = missedOtherwise;
  for (let pair = 0; pair < missedWhileWrong.length; pair++)
    missedWhilePredicting[pair]! += missedWhileWrong[pair]!;
  return { verdicts, subsetAccuracy: faultless / judged, missedWhilePredicting, missedWhileWrong };
}

/** Some photos in a row, with all of their labels. */
class Block {
  readonly #labels: number;
  readonly #room: number;
  readonly #bits: PredictedBits;
  /** [labels][room] */
  readonly #predicted: Uint32Array<ArrayBuffer>;
  /** [32 room][labels] predicted labels: wrong ones from the front of each row, others from its end. */
  readonly #guesses: Uint16Array<ArrayBuffer>;
  /** [32 room] how many of each. */
  readonly #wrongs: Uint16Array<ArrayBuffer>;
  readonly #others: Uint16Array<ArrayBuffer>;
  /** [room] each: any label is known, is wrong, was missed. */
  readonly known: Uint32Array<ArrayBuffer>;
  readonly wrong: Uint32Array<ArrayBuffer>;
  readonly #missed: Uint32Array<ArrayBuffer>;
  #words = 0;

  /** @param room words of 32 photos */
  constructor(labels: number, room: number) {
    this.#labels = labels;
    this.#room = room;
    this.#bits = new PredictedBits(32 * room);
    this.#predicted = new Uint32Array(labels * room);
    this.#guesses = new Uint16Array(32 * room * labels);
    this.#wrongs = new Uint16Array(32 * room);
    this.#others = new Uint16Array(32 * room);
    this.known = new Uint32Array(room);
    this.wrong = new Uint32Array(room);
    this.#missed = new Uint32Array(room);
  }

  read(
    columns: LabelColumns,
    thresholds: ArrayLike<number>,
    { words, present, absent }: TruthBits,
    first: number,
    rows: number,
  ): void {
    const room = this.#room;
    const count = Math.ceil(rows / 32);
    this.#words = count;
    this.known.fill(0);
    this.wrong.fill(0);
    this.#missed.fill(0);
    for (let label = 0; label < this.#labels; label++) {
      const scores = columns.scoresOf(label);
      const predicted = this.#predicted.subarray(label * room, (label + 1) * room);
      this.#bits.fill(scores, cutOf(scores, thresholds[label]!), first, rows, predicted);
      const from = label * words + (first >>> 5);
      for (let word = 0; word < count; word++) {
        const given = present[from + word]!;
        const ruledOut = absent[from + word]!;
        const missed = given & ~predicted[word]!;
        this.known[word]! |= given | ruledOut;
        this.wrong[word]! |= missed | (ruledOut & predicted[word]!);
        this.#missed[word]! |= missed;
      }
    }
  }

  /** Adds the pairs of these photos to both tables: each pair to one of them. */
  countPairs(truth: TruthBits, firstWord: number, wrongTable: Uint32Array, otherTable: Uint32Array): void {
    this.#listGuesses(truth, firstWord);
    const labels = this.#labels;
    const room = this.#room;
    const count = this.#words;
    const guesses = this.#guesses;
    for (let label = 0; label < labels; label++) {
      const from = label * truth.words + firstWord;
      const own = label * labels;
      for (let word = 0; word < count; word++) {
        let left = truth.present[from + word]! & ~this.#predicted[label * room + word]!;
        for (; left !== 0; left &= left - 1) {
          const row = 32 * word + 31 - Math.clz32(left & -left);
          const start = row * labels;
          const wrongEnd = start + this.#wrongs[row]!;
          for (let at = start; at < wrongEnd; at++) wrongTable[own + guesses[at]!]!++;
          const end = start + labels;
          for (let at = end - this.#others[row]!; at < end; at++) otherTable[own + guesses[at]!]!++;
        }
      }
    }
  }

  /** What is predicted of photos in which anything was missed: of others it is of no interest. */
  #listGuesses({ words, absent }: TruthBits, firstWord: number): void {
    const labels = this.#labels;
    const room = this.#room;
    const guesses = this.#guesses;
    const wrongs = this.#wrongs.fill(0);
    const others = this.#others.fill(0);
    for (let label = 0; label < labels; label++) {
      const from = label * words + firstWord;
      for (let word = 0; word < this.#words; word++) {
        const ruledOut = absent[from + word]!;
        let left = this.#predicted[label * room + word]! & this.#missed[word]!;
        for (; left !== 0; left &= left - 1) {
          const lowest = left & -left;
          const row = 32 * word + 31 - Math.clz32(lowest);
          if ((ruledOut & lowest) !== 0) guesses[row * labels + wrongs[row]!++] = label;
          else guesses[(row + 1) * labels - ++others[row]!] = label;
        }
      }
    }
  }
}
