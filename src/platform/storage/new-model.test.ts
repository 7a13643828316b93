import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { until } from './test-clock.ts';

beforeEach(newBrowser);

/** Photos 1 to 8 with vectors around a circle, taken on days that go up with every other one and down with the rest. */
const days = [4, 1, 7, 2, 8, 3, 6, 5];
const pictures = days.map((day, i) =>
  file(`${i + 1}.jpg`, `picture ${i} taken=${day * 86_400_000} v=${Math.cos(i / 9)},${Math.sin(i / 9)}`),
);

async function filled(): Promise<TestSession> {
  const session = await browser.started();
  await session.add(pictures);
  return session;
}

function newModel(): void {
  browser.embedder.model = { ...browser.embedder.model, key: { id: 'test', version: '2' } };
}

/** Lets through so many photos, one after the other; the rest wait. Answers in which order they came. */
function oneByOne(): { order: string[]; let: (count: number) => void } {
  const order: string[] = [];
  const turns: (() => void)[] = [];
  let free = 0;
  const { embedder } = browser;
  embedder.capacity = 1;
  const embed = embedder.embed.bind(embedder);
  embedder.embed = async (bytes) => {
    order.push(/picture (\d+)/.exec(await (bytes as Blob).text())![1]!);
    if (free > 0) free--;
    else await new Promise<void>((resolve) => turns.push(resolve));
    return embed(bytes);
  };
  return {
    order,
    let(count) {
      for (let i = 0; i < count; i++) {
        const turn = turns.shift();
        if (turn === undefined) free++;
        else turn();
      }
    },
  };
}

const photo = (id: number) =>
  ({ subject: { kind: 'photo', id: id as PhotoId, region: null }, weight: 1 }) as const;
const picture = (text: string) =>
  ({ subject: { kind: 'picture', bytes: new Blob([text]), key: text, region: null }, weight: 1 }) as const;

async function similarTo(session: TestSession, ...terms: number[]) {
  const found = await session.library.finding.similar({ terms: terms.map(photo), filter: null }, 9, 0);
  if (found.kind !== 'hits') throw new Error(found.kind);
  return found;
}

async function modelsOf(session: TestSession): Promise<string[]> {
  const ids = pictures.map((_, i) => (i + 1) as PhotoId);
  return Promise.all(ids.map(async (id) => (await session.library.reading.photo(id))!.model!.version));
}

describe('a new model', () => {
  it('does all photos again, newest first, on and on across restarts; searches find all of them meanwhile', async () => {
    const first = await filled();
    const before = await similarTo(first, 3);
    expect(before).toMatchObject({ searched: 7, waiting: 0 });
    expect(before.hits).toHaveLength(7);
    newModel();
    const turns = oneByOne();
    await first.startModel();
    turns.let(3);
    await until(() => turns.order.length === 4);
    expect(turns.order).toEqual(['4', '2', '6', '7']);
    await until(() => first.library.importing.timings().photos === 11);
    expect(first.library.state()).toMatchObject({ import: { state: 'idle' }, outdated: 4 });
    // Of photos that are done again, and of those that are not.
    expect(await similarTo(first, 3)).toMatchObject({ hits: before.hits, searched: 7, waiting: 0 });
    expect((await similarTo(first, 2)).hits).toHaveLength(7);
    first.kill();

    const second = await browser.session();
    await second.ids();
    turns.order.length = 0;
    await second.startModel();
    expect((await modelsOf(second)).filter((version) => version === '2')).toHaveLength(3);
    expect(await similarTo(second, 3)).toMatchObject({ hits: before.hits, searched: 7, waiting: 0 });
    // A picture from outside can be compared only with what the new model has seen.
    turns.let(99);
    const terms = [picture('picture 99 v=1,0'), photo(5)];
    const found = await second.library.finding.similar({ terms, filter: null }, 9, 0);
    expect(found.kind === 'hits' && found.searched + found.waiting).toBe(7);
    await until(() => second.library.state().outdated === 0);
    await until(() => second.library.importing.timings().photos === 5);
    expect(new Set(await modelsOf(second))).toEqual(new Set(['2']));
    expect(await similarTo(second, 3)).toMatchObject({ searched: 7, waiting: 0 });
    expect((await similarTo(second, 3)).hits).toEqual(before.hits);
    await second.library.close();
    second.store.close();

    // What the former model left is gone.
    const third = await browser.session();
    await third.ids();
    await until(() => third.library.state().index.loaded);
    expect(await third.store.scores({ id: 'test', version: '1' }, 0 as never)).toBeNull();
  });

  it('whose photos outnumber those that cannot be done again is the one that is searched', async () => {
    const first = await filled();
    await first.library.close();
    first.store.close();
    newModel();
    const session = await browser.session();
    browser.embedder.failNext = null;
    const embed = browser.embedder.embed.bind(browser.embedder);
    // Those taken in before cannot be read any more.
    browser.embedder.embed = async (bytes) =>
      /picture \d /.test(await (bytes as Blob).text())
        ? { ok: false, failure: { code: 'unreadable' }, sha256: null }
        : embed(bytes);
    await session.startModel();
    await session.add([file('new.jpg', 'picture 99 v=1,0')]);
    expect((await similarTo(session, 3)).hits).toHaveLength(7);
    const more = Array.from({ length: 9 }, (_, i) => file(`more ${i}.jpg`, `picture 1${i} v=1,0.${i}`));
    await session.add(more);
    const found = await similarTo(session, 10);
    expect(found.hits).toHaveLength(9);
    expect(found.waiting).toBe(8);
  });
});
