import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signatureBytes } from '../image/signature.ts';
import { listRows } from '../index/row-lists.ts';
import { runSteps } from '../index/run-steps.ts';
import { recordBytes, recordSource, writeVector } from '../index/stored-vectors.ts';
import { type ContentPair, type FoundBlock, PairSearch } from './find-pairs.ts';
import { groupPairs } from './group-pairs.ts';
import { PairColumns } from './pair-columns.ts';
import { PictureLooks } from './picture-looks.ts';

const dim = 32;
const pictures = 6;

/** A content: which picture it shows, and how much its vector is off. */
interface Shown {
  readonly picture: number;
  readonly off: number;
}

function columnsOf(contents: readonly number[], shown: (content: number) => Shown) {
  const size = recordBytes(dim);
  const records = new Uint8Array(contents.length * size);
  contents.forEach((content, row) => {
    const { picture, off } = shown(content);
    const vector = new Float32Array(dim);
    vector[picture] = 1;
    vector[pictures + (content % (dim - pictures))] = off;
    writeVector(
      vector.map((value) => value / Math.hypot(1, off)),
      records,
      row * size,
    );
  });
  return {
    contents: Uint32Array.from(contents),
    records,
    times: Float64Array.from(contents, (content) => 60_000 * content),
    signatures: new Uint8Array(contents.length * signatureBytes),
  };
}

/** Contents that are compared, together or some after others, as the library does. */
class Compared {
  readonly #shown: (content: number) => Shown;
  readonly #columns = new PairColumns();
  #search: PairSearch | null = null;

  constructor(shown: (content: number) => Shown) {
    this.#shown = shown;
  }

  /** @param isAnew in a search of its own, which is told all that there is and what was found */
  async add(all: readonly number[], fresh: readonly number[], isAnew: boolean): Promise<void> {
    if (isAnew || this.#search === null) this.#search = this.#begun(all);
    else this.#search.add(columnsOf(fresh, this.#shown));
    const blocks: FoundBlock[] = [];
    for await (const block of this.#search.run(fresh)) blocks.push(block);
    expect(blocks.flatMap(({ compared }) => compared).sort((a, b) => a - b)).toEqual(
      [...fresh].sort((a, b) => a - b),
    );
    for (const { first, second, check } of blocks.flatMap(({ pairs }) => pairs)) {
      if (check !== null) this.#columns.put(first, second, 'same-picture', check.agreement);
    }
  }

  groups(there: ReadonlySet<number>): number[][] {
    const pairs = this.#columns.ofTier('same-picture', (a, b) => there.has(a) && there.has(b));
    return groupPairs(pairs, 0.9);
  }

  #begun(all: readonly number[]): PairSearch {
    const { contents, records, times, signatures } = columnsOf(all, this.#shown);
    const { first, second } = this.#columns.ofTier('same-picture', () => true);
    const known = Array.from(first, (a, n): ContentPair => [a, second[n]!]);
    const lists = runSteps(listRows(recordSource(contents, dim, records), dim));
    const looks = new PictureLooks(signatures);
    return new PairSearch({ dim, contents, records, lists, times, looks, known }, async (pairs) =>
      pairs.map(([a, b]) =>
        this.#shown(a).picture === this.#shown(b).picture
          ? { shared: 1, agreement: 0.99, sameColour: true }
          : null,
      ),
    );
  }
}

const lateCrops = [
  { add: [0], isAnew: false },
  { change: 0, to: 0, isAnew: false },
  { add: [0, 0, 4, 0, 1], isAnew: false },
  { add: [4, 4, 4, 0], isAnew: false },
  { add: [0], isAnew: false },
];

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      add: fc.array(fc.nat(pictures - 1), { minLength: 1, maxLength: 6 }),
      isAnew: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat() }) },
  // A file with other bytes is another content in the place of the one before.
  { weight: 1, arbitrary: fc.record({ change: fc.nat(), to: fc.nat(pictures - 1), isAnew: fc.boolean() }) },
);

it('photos that come, go and change, in whatever order: their own groups change and no others, to what comparing all anew finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const all: Shown[] = [];
      const shown = (content: number) => all[content]!;
      const there = new Set<number>();
      const compared = new Compared(shown);
      /** More than five of one picture would not all be among the nearest of each other. */
      const come = (wanted: readonly number[]) => {
        const fresh: number[] = [];
        for (const picture of wanted) {
          if (all.filter((one) => one.picture === picture).length >= 5) continue;
          const content = all.push({ picture, off: 0.2 + 0.01 * (all.length % 7) }) - 1;
          there.add(content);
          fresh.push(content);
        }
        return fresh;
      };
      for (const one of steps) {
        const before = compared.groups(there);
        const touched = new Set<number>();
        const left = [...there];
        const going =
          'remove' in one
            ? left[one.remove % left.length]
            : 'change' in one
              ? left[one.change % left.length]
              : undefined;
        if (going !== undefined) {
          touched.add(shown(going).picture);
          there.delete(going);
        }
        const fresh = come('add' in one ? one.add : 'change' in one ? [one.to] : []);
        for (const content of fresh) touched.add(shown(content).picture);
        if (fresh.length > 0 && 'isAnew' in one) await compared.add([...there], fresh, one.isAnew);
        const after = compared.groups(there);
        const untouched = (groups: number[][]) =>
          groups.filter(([first]) => !touched.has(shown(first!).picture));
        expect(untouched(after)).toEqual(untouched(before));
        const anew = new Compared(shown);
        await anew.add([...there], [...there], true);
        expect(after).toEqual(anew.groups(there));
      }
    }),
    {
      numRuns: 15,
      // Three that come at once, nearer to each other than to one that was there.
      examples: [[lateCrops]],
    },
  );
});
