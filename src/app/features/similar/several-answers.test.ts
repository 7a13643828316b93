import { expect, it } from 'vitest';
import type { NameAnswer, ProductHit, SameHit } from '../../../core/library/match-result.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MatchTarget, ProductResult, SameResult } from '../../../protocol/match.ts';
import { productsOfSeveral, sameOfSeveral, splitThings } from './several-answers.ts';

const photo = (id: number): MatchTarget => ({ photo: id as PhotoId, file: null, region: null, filter: null });
const targets = [photo(1), photo(2)];
const numbers = { searched: 9, milliseconds: 5 };

const match = {} as SameHit['match'];
const same = (...ids: number[]): SameResult => ({
  kind: 'same',
  hits: ids.map((id) => ({ id: id as PhotoId, match, pixels: null, capturedAt: 0 })),
  looked: 3,
  unread: 1,
  ...numbers,
});

it('the same picture is looked for picture by picture, each photo told once, those asked about left out', async () => {
  let underWay = 0;
  const answers = new Map([
    [1, same(2, 5)],
    [2, same(1, 5, 7)],
  ]);
  const found = await sameOfSeveral(targets, async ({ photo: id }) => {
    expect(++underWay).toBe(1);
    await Promise.resolve();
    underWay--;
    return answers.get(id!)!;
  });
  if (found.kind !== 'same') throw new Error(found.kind);
  expect(found.hits.map(({ id, target }) => [id, target.photo])).toEqual([
    [5, 1],
    [7, 2],
  ]);
  expect(found).toMatchObject({ looked: 6, unread: 2, searched: 9, milliseconds: 10 });
});

it('what fails or is superseded for one is so for all', async () => {
  const failed: SameResult = { kind: 'failed', failure: { code: 'model-unavailable' } };
  expect(await sameOfSeveral(targets, async ({ photo: id }) => (id === 1 ? same(5) : failed))).toBe(failed);
  expect(await productsOfSeveral(targets, async () => ({ kind: 'superseded' }))).toEqual({
    kind: 'superseded',
  });
});

it('a picture that is gone is left out, unless all are', async () => {
  const gone: SameResult = { kind: 'failed', failure: { code: 'file-missing' } };
  const same5 = await sameOfSeveral(targets, async ({ photo: id }) => (id === 1 ? gone : same(5)));
  expect(same5).toMatchObject({ kind: 'same', hits: [{ id: 5 }] });
  expect(await sameOfSeveral(targets, async () => gone)).toBe(gone);
  const things = await productsOfSeveral(targets, async ({ photo: id }) =>
    id === 2 ? gone : products(null, thing(0.9, null, 8)),
  );
  expect(things).toMatchObject({ kind: 'products', hits: [{ ids: [8] }] });
  expect(await productsOfSeveral(targets, async () => gone)).toBe(gone);
});

it('nothing more is asked when the answer is no longer wanted', async () => {
  const asked: MatchTarget[] = [];
  const isWanted = () => asked.length < 1;
  const answered = <Result>(target: MatchTarget, result: Result) => {
    asked.push(target);
    return Promise.resolve(result);
  };
  const found = await sameOfSeveral(targets, (target) => answered(target, same(5)), isWanted);
  expect(found).toEqual({ kind: 'superseded' });
  expect(asked.splice(0)).toEqual([photo(1)]);
  const things = await productsOfSeveral(targets, (target) => answered(target, products(null)), isWanted);
  expect(things).toEqual({ kind: 'superseded' });
  expect(asked).toEqual([photo(1)]);
});

const thing = (score: number, name: string | null, ...ids: number[]): ProductHit => ({
  ids: ids as PhotoId[],
  score,
  content: score,
  colour: null,
  capturedAt: Math.max(...ids),
  name,
});
const named = (name: string, votes: number, best: number): NameAnswer => ({
  kind: 'named',
  name,
  votes,
  of: 5,
  best,
  columns: [],
});
const products = (answer: NameAnswer | null, ...hits: ProductHit[]): ProductResult => ({
  kind: 'products',
  hits,
  answer,
  ...numbers,
});

it('things score as their likest photo, and most votes name them', async () => {
  const answers = [
    products(named('Kettle', 3, 0.8), thing(0.8, 'Kettle', 2, 3), thing(0.6, null, 8)),
    products(named('Pot', 4, 0.9), thing(0.9, null, 8, 9), thing(0.7, 'Kettle', 4), thing(0.5, 'Pot', 6)),
    products(named('Kettle', 2, 0.85), thing(0.4, null, 10)),
  ];
  const found = await productsOfSeveral([...targets, photo(3)], async () => answers.shift()!);
  expect(found).toEqual({
    kind: 'products',
    hits: [thing(0.9, null, 8, 9), thing(0.7, 'Kettle', 4), thing(0.5, 'Pot', 6), thing(0.4, null, 10)],
    answer: { ...named('Kettle', 5, 0.85), of: 15 },
    searched: 9,
    milliseconds: 15,
  });
  expect(await productsOfSeveral([photo(1)], async () => products(null))).toMatchObject({ answer: null });
  expect(await productsOfSeveral([photo(1)], async () => products({ kind: 'unknown' }))).toMatchObject({
    answer: { kind: 'unknown' },
  });
});

it('things of two names stay two, also where an unnamed one shares photos with both', async () => {
  const answers = [
    products(null, thing(0.9, 'Kettle', 4, 8), thing(0.8, 'Pot', 5, 9)),
    products(null, thing(0.7, null, 8, 9, 10)),
  ];
  expect(await productsOfSeveral(targets, async () => answers.shift()!)).toMatchObject({
    hits: [thing(0.9, 'Kettle', 4, 8, 9, 10), thing(0.8, 'Pot', 5, 9)],
  });
});

it('where likeness ends among things, and whether more would be alike', () => {
  const [kettle, pot, pan] = [thing(0.9, 'Kettle', 4), thing(0.8, 'Pot', 5), thing(0.4, null, 6)];
  const [none, all] = [[] as ProductHit[], [kettle!, pot!, pan!]];
  expect(splitThings(all, 0.5, 3)).toEqual({ near: [kettle, pot], beyond: [pan], isCut: false });
  expect(splitThings(all, 0.5, 2)).toEqual({ near: [kettle, pot], beyond: none, isCut: false });
  expect(splitThings(all, 0.3, 2)).toEqual({ near: [kettle, pot], beyond: none, isCut: true });
  expect(splitThings(all, 0.95, 3)).toEqual({ near: none, beyond: all, isCut: false });
});
