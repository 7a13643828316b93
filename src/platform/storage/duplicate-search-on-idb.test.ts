import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import { browser, file, newHastyBrowser } from './test-browser.ts';
import { testClock, until } from './test-clock.ts';
import { exact, groupsOf, same, searched } from './test-duplicates.ts';
import { testModel } from './test-embedder.ts';

beforeEach(newHastyBrowser);

const copy = { shared: 1, agreement: 0.99, sameColour: true };
/** Alike: all of them are looked at, two and two. */
const views = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) =>
    file(`${from + n}.jpg`, `picture ${from + n} v=1,${(from + n) % 97}`),
  );

describe('the search for duplicates', () => {
  it('goes on while photos come in, in the background, once there are enough new ones', async () => {
    const session = await browser.started();
    const { duplicates, importing } = session.library;
    await duplicates.view(exact);
    await importing.add(views(0, 400));
    const { tasks, more, inBackground } = browser.pairFinder;
    await until(() => tasks.length > 0);
    expect(session.library.state().import.state).toBe('running');
    expect(tasks[0]!.fresh.length).toBeGreaterThan(255);
    await until(() => duplicates.search.status.state === 'done' && duplicates.search.status.done === 400);
    // Nothing twice, all in one go; what came last, after the import, in the foreground.
    const contents = [...tasks[0]!.fresh, ...more.flatMap((some) => [...some.contents])];
    expect(new Set(contents).size).toBe(400);
    expect(contents).toHaveLength(400);
    expect(tasks).toHaveLength(1);
    expect(more.length).toBeGreaterThan(0);
    expect(inBackground[0]).toBe(true);
    expect(inBackground.at(-1)).toBe(false);
  });

  it('is not put off by photos that come in one after the other', async () => {
    let looks = 0;
    const clock: typeof testClock = {
      ...testClock,
      after: (milliseconds, then) => {
        if (milliseconds === 1000) looks++;
        return testClock.after(milliseconds / 100, then);
      },
    };
    const session = await browser.started({ clock });
    await session.add(views(0, 3));
    const { search } = session.library.duplicates;
    await searched(session);
    looks = 0;
    for (let n = 0; n < 5; n++) search.contentsChanged(1);
    // One look, which stands.
    expect(looks).toBe(1);
  });

  it('begins unasked once many photos came in, not for a few', async () => {
    const session = await browser.started();
    await session.add(views(0, 3));
    const { search } = session.library.duplicates;
    expect(search.status.state).toBe('off');
    // As so many more would do.
    search.contentsChanged(2000);
    await until(() => search.status.state === 'done');
    expect(search.status).toMatchObject({ done: 3, total: 3 });
  });

  it('that is killed in the middle goes on where it was stored', async () => {
    const session = await browser.started();
    await session.add(views(0, 200));
    let blocks = 0;
    browser.pairFinder.beforeFound = () => {
      if (++blocks === 2) session.kill();
    };
    await session.library.duplicates.view(exact);
    await until(() => session.lost);
    browser.pairFinder.beforeFound = () => {};
    const next = await browser.started();
    await until(() => next.library.duplicates.search.status.state === 'done');
    expect(next.library.duplicates.search.status).toMatchObject({ done: 200, total: 200 });
    expect(browser.pairFinder.tasks.map(({ fresh }) => fresh.length)).toEqual([200, 72]);
  });

  it('changes no group but that of a photo that is removed or changed', async () => {
    browser.embedder.capacity = 1;
    // 0 and 1 are copies, 2 and 3, 4 and 5.
    browser.pairFinder.check = async (a, b) => (a >> 1 === b >> 1 ? copy : null);
    const session = await browser.started();
    await session.add([0, 1, 2, 3, 4, 5].map((n) => file(`${n}.jpg`, `picture ${n} v=1,0.0${n}`)));
    await searched(session);
    expect(await groupsOf(session, same)).toEqual([
      ['0.jpg', '1.jpg'],
      ['2.jpg', '3.jpg'],
      ['4.jpg', '5.jpg'],
    ]);
    await session.library.deciding.remove(await session.ids({ text: '3.jpg' }));
    expect(await groupsOf(session, same)).toEqual([
      ['0.jpg', '1.jpg'],
      ['4.jpg', '5.jpg'],
    ]);
    expect(browser.pairFinder.tasks).toHaveLength(1);
  });

  it('tells what was split off from a group, and why', async () => {
    // A chain: 0 and 1 are copies, 1 and 2; 0 and 2 are what `ends` says.
    const chainOf = async (ends: typeof copy | null, sensitivity = 0.2) => {
      newHastyBrowser();
      browser.embedder.capacity = 1;
      browser.pairFinder.check = async (a, b) =>
        a === 0 && b === 2 ? ends : { ...copy, agreement: 0.99 - b / 100 };
      const session = await browser.started();
      await session.add([0, 1, 2].map((n) => file(`${n}.jpg`, `picture ${n} v=1,0.0${n}`)));
      await searched(session);
      const query = { ...same, sensitivity };
      expect(await groupsOf(session, query)).toEqual([['0.jpg', '1.jpg']]);
      const { starts, photos } = await session.library.duplicates.view(query);
      const group = [...photos.subarray(0, starts[1]!)] as PhotoId[];
      const splitOff = () => session.library.duplicates.splitOff(query, group);
      return { duplicates: session.library.duplicates, group, splitOff };
    };
    const because = (why: object) => [
      {
        photo: expect.anything(),
        name: '2.jpg',
        matches: ['1.jpg'],
        differsFrom: [{ name: '0.jpg', ...why }],
      },
    ];
    const { duplicates, group, splitOff } = await chainOf(null);
    const [third] = await splitOff();
    expect([third]).toEqual(because({ why: 'different' }));
    await duplicates.decide({ kind: 'not-related', photos: [group[0]!, third!.photo] });
    expect(await splitOff()).toEqual(because({ why: 'decided' }));

    const listed = await chainOf({ ...copy, shared: 0.5 });
    expect(await listed.splitOff()).toEqual(because({ why: 'listed', tier: 'edited-copy' }));
    const weaker = await chainOf({ ...copy, agreement: 0.94 });
    expect(await weaker.splitOff()).toEqual(because({ why: 'less-alike', score: expect.closeTo(0.94) }));
    // So strict that 1 and 2 are no pair either: there is no chain.
    expect(await (await chainOf(null, 0.1)).splitOff()).toEqual([]);
  });

  it('keeps copies that were found by the vectors of an earlier model, and compares them no second time', async () => {
    browser.embedder.capacity = 1;
    const checked: string[] = [];
    browser.pairFinder.check = async (a, b) => {
      checked.push(`${a} ${b}`);
      return a === 0 && b === 1 ? copy : null;
    };
    const session = await browser.started();
    await session.add([0, 1, 2].map((n) => file(`${n}.jpg`, `picture ${n} v=1,0.0${n}`)));
    await searched(session);
    session.kill();
    expect(checked).toContain('0 1');
    checked.length = 0;

    browser.embedder.model = { ...testModel, key: { id: 'test', version: '2' } };
    const next = await browser.started();
    // The new model does one after the other: what is done by then may be all there is for a moment.
    const { search } = next.library.duplicates;
    await until(() => search.status.state === 'done' && search.status.done === 3);
    expect(search.status.total).toBe(3);
    expect(await groupsOf(next, same)).toEqual([['0.jpg', '1.jpg']]);
    expect(checked.length).toBeGreaterThan(0);
    expect(checked).not.toContain('0 1');
  });

  it('makes way for one by the vectors of another model', async () => {
    const session = await browser.started();
    const { duplicates } = session.library;
    await session.add(views(0, 3));
    const { pairFinder } = browser;
    // The first search comes to no end.
    let isHeld = false;
    pairFinder.beforeFound = () => {
      pairFinder.beforeFound = () => {};
      isHeld = true;
      return new Promise(() => {});
    };
    await duplicates.view(exact);
    await until(() => isHeld);
    browser.embedder.model = { ...testModel, key: { id: 'test', version: '2' } };
    await session.startModel();
    const isNew = async (id: PhotoId) => (await session.library.reading.photo(id))?.model?.version === '2';
    const ids = await session.ids();
    while (!(await Promise.all(ids.map(isNew))).every(Boolean)) await testClock.breathe();
    await duplicates.view(exact);
    const { search } = duplicates;
    await until(() => search.status.state === 'done' && search.status.done === 3);
    expect(pairFinder.tasks).toHaveLength(2);
  });
});
