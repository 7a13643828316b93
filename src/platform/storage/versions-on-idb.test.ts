import { beforeEach, expect, it } from 'vitest';
import { type Cell, modelSet } from '../../core/evaluation/cell.ts';
import { presentRun } from '../../core/evaluation/run.ts';
import { formatIds } from '../../core/library/id-list.ts';
import { defaultQuery } from '../../core/library/photo-query.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { builtInSet } from '../../core/tagging/label-set.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';

beforeEach(newBrowser);

const dog = 0 as LabelNumber;

/** Ten photos whose dogs score 0 to 0.9; the upper five are said to be dogs, the lower ones not. */
async function withDogs(): Promise<TestSession> {
  const session = await browser.started();
  await session.add(Array.from({ length: 10 }, (_, n) => file(`${n}.jpg`, `picture ${n} dog=${n / 10}`)));
  const { deciding } = session.library;
  for (let n = 0; n < 10; n++) {
    const [id] = await session.ids({ text: `${n}.jpg` });
    await deciding.judge([id!], dog, n < 5 ? 'rejected' : 'accepted');
  }
  return session;
}

it('versions are kept, outlive the session, are compared with what is said now, deleted and brought back', async () => {
  const session = await withDogs();
  const first = session.library.labelling.versions;
  const strict = await first.keep(builtInSet, ' Strict\n ', { dog: 0.75 });
  if (typeof strict === 'string') throw new Error(strict);
  expect(strict).toMatchObject({ number: 1, set: builtInSet, name: 'Strict', source: 'test@1', photos: 10 });
  await expect(first.keep(builtInSet, ' ', {})).rejects.toThrow(RangeError);
  expect(await first.keep(7, 'x', {})).toBe('nothing-judged');
  await session.library.close();

  const later = await browser.started();
  await later.settled();
  const { versions } = later.library.labelling;
  expect(await versions.all(builtInSet)).toEqual([strict]);
  expect(await versions.all(7)).toEqual([]);
  const change = (kind: 'fixed' | 'broken', label: string): Cell => ({
    set: modelSet,
    kind,
    label,
    before: { version: 1 },
    after: presentRun,
  });
  // From 0.5 on they are dogs now; then they were from 0.75 on.
  const fixed = ['7.jpg', '6.jpg', '5.jpg'];
  expect(await later.names({ cell: change('fixed', 'dog') })).toEqual(fixed);
  expect(await later.names({ cell: change('fixed', '*') })).toEqual(fixed);
  expect(await later.names({ cell: change('broken', 'dog') })).toEqual([]);
  const [six] = await later.ids({ text: '6.jpg' });
  await later.library.deciding.judge([six!], dog, 'rejected');
  expect(await later.names({ cell: change('broken', 'dog') })).toEqual(['6.jpg']);

  await versions.delete(1);
  expect(await versions.all(builtInSet)).toEqual([]);
  expect(await later.names({ cell: change('fixed', 'dog') })).toEqual([]);
  const next = await versions.keep(builtInSet, 'Next', 0.1);
  if (typeof next === 'string') throw new Error(next);
  expect(next.number).toBe(2); // the deleted one can still come back
  await versions.restore(1);
  expect((await versions.all(builtInSet)).map(({ name }) => name)).toEqual(['Next', 'Strict']);
  expect(await later.names({ cell: change('fixed', 'dog') })).toEqual(['7.jpg', '5.jpg']);
});

it('a version does not come back in place of another one that has its number by now', async () => {
  const session = await withDogs();
  const { versions } = session.library.labelling;
  const kept = await versions.keep(builtInSet, 'Mine', {});
  if (typeof kept === 'string') throw new Error(kept);
  const answers = (await session.store.versionAnswers(kept.number))!;
  await versions.delete(kept.number);
  // As a backup brings it.
  const other = { ...kept, name: 'Other' };
  await session.store.write({ versions: [{ version: other, answers }] }, 'strict');
  await versions.restore(kept.number);
  expect(await versions.all(builtInSet)).toEqual([other]);
});

it('the number of a deleted version is never used again: saved searches may name it', async () => {
  const session = await withDogs();
  const { versions } = session.library.labelling;
  expect(await versions.keep(builtInSet, 'First', {})).toMatchObject({ number: 1 });
  await versions.delete(1);
  await session.library.close();
  session.store.close();
  const later = await browser.session();
  await later.startModel();
  await later.settled();
  expect(await later.library.labelling.versions.keep(builtInSet, 'Second', {})).toMatchObject({ number: 2 });
});

it('versions of a set that is gone go when the library is opened, others stay', async () => {
  const session = await withDogs();
  const { versions } = session.library.labelling;
  const kept = await versions.keep(builtInSet, 'Mine', {});
  if (typeof kept === 'string') throw new Error(kept);
  const answers = (await session.store.versionAnswers(kept.number))!;
  const orphan = { ...kept, number: 2, set: 7 };
  await session.store.write({ versions: [{ version: orphan, answers }] }, 'strict');
  await session.library.close();
  session.store.close();
  const later = await browser.session();
  await expect.poll(() => later.store.versions()).toEqual([kept]);
  expect(await later.store.versionAnswers(2)).toBeNull();
});

it('figures can be of photos that were selected, or of one side of the split', async () => {
  const session = await withDogs();
  const { labelling } = session.library;
  const [nine] = await session.ids({ text: '9.jpg' });
  const [two] = await session.ids({ text: '2.jpg' });
  const query = { ...defaultQuery, only: formatIds([two!, nine!]) };
  const judged = await labelling.judgedSet(modelSet, { query, side: null });
  expect([...judged!.photos.ids]).toEqual([two!, nine!].sort((a, b) => a - b));
  expect(await session.names({ only: formatIds([two!, nine!]) })).toEqual(['9.jpg', '2.jpg']);
  const missed: Cell = { set: modelSet, kind: 'falseNegative', label: 'dog', threshold: 0.95 };
  expect(await session.names({ only: formatIds([two!, nine!]), cell: missed })).toEqual(['9.jpg']);

  const made = await labelling.labelSets.make({
    name: 'Lots',
    kind: 'multi-label',
    groups: [],
    labels: [{ name: 'a' }],
  });
  if (!made.ok) throw new Error(made.problem);
  const label = made.set.labels[0]!.number;
  const said = { verdicts: [{ label, verdict: 'accepted' as const }] };
  await labelling.labelSets.state(
    made.set.id,
    new Map([
      [two!, { ...said, side: 'validation' as const }],
      [nine!, { ...said, side: 'train' as const }],
    ]),
  );
  const matrix = await labelling.labelMatrix(made.set.id);
  expect([...matrix!.sides]).toEqual(two! < nine! ? [2, 1] : [1, 2]);
  const set = String(made.set.id);
  expect((await labelling.judgedSet(set, { query: null, side: 'validation' }))!.photos.ids).toHaveLength(0);
});
