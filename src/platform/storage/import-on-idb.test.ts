import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { testClock, until } from './test-clock.ts';
import type { TestHandle } from './test-files.ts';

beforeEach(newBrowser);

const dog = 0 as LabelNumber;
const cat = 1 as LabelNumber;

async function tagged(session: TestSession, label: LabelNumber): Promise<string[]> {
  return (await session.names({ allOf: [label] })).sort();
}

describe('an import', () => {
  it('makes accepted files into photos with results', async () => {
    const session = await browser.started();
    const report = await session.library.importing.add([
      file('a.jpg', 'picture dog=0.8 taken=86400000', 'trip/a.jpg'),
      file('b.jpg', 'picture cat=0.31', 'trip/b.jpg'),
    ]);
    expect(report).toEqual({
      accepted: 2,
      alreadyThere: 0,
      refused: 0,
      stopped: null,
      cancelled: false,
      intake: 0,
    });
    await session.settled();
    expect(session.library.state().import).toMatchObject({ done: 2, total: 2, failed: 0 });
    expect(await tagged(session, dog)).toEqual(['a.jpg']);
    expect(await tagged(session, cat)).toEqual(['b.jpg']);
    const [a] = await session.ids({ text: 'TRIP/A' });
    const detail = await session.library.reading.photo(a!);
    expect(detail).toMatchObject({
      name: 'a.jpg',
      path: 'trip/a.jpg',
      status: 'ready',
      width: 400,
      capturedAt: 86_400_000,
      hasThumbnail: true,
      model: { id: 'test', version: '1' },
    });
    expect(detail!.labels[0]).toEqual({ label: dog, score: 0.8, threshold: 0.5, verdict: null });
    const [thumbnail] = await session.library.reading.thumbnails([a!]);
    expect(new Uint8Array(thumbnail!)).toEqual(new Uint8Array([1, 2, 3]));
    expect(await ((await session.library.reading.original(a!)) as Blob).text()).toContain('dog=0.8');
  });

  it('lists what is no picture, skips what systems leave in folders, and counts all of it', async () => {
    const session = await browser.started();
    const report = await session.library.importing.add([
      file('a.jpg', 'picture'),
      file('paper.pdf', 'PDF'),
      file('nameless', 'picture without an extension'),
      file('empty.jpg', ''),
      file('.DS_Store', 'x'),
      file('._a.jpg', 'x'),
      file('drawing.jpg', 'picture broken'),
    ]);
    expect(report).toEqual({
      accepted: 3,
      alreadyThere: 0,
      refused: 2,
      stopped: null,
      cancelled: false,
      intake: 0,
    });
    await session.settled();
    expect(session.library.state().import).toMatchObject({ done: 5, total: 5, failed: 1, refused: 2 });
    expect(session.library.state().counts.failed).toBe(1);
    const { first: failures, ...all } = await session.library.importing.failures(9);
    expect(
      failures.map(({ name, failure: { code, found }, canRetry }) => [name, code, found, canRetry]),
    ).toEqual([
      ['drawing.jpg', 'broken', 'no end', true],
      ['paper.pdf', 'unsupported-type', 'PDF', false],
      ['empty.jpg', 'empty-file', undefined, false],
    ]);
    expect(all).toEqual({ total: 3, canRetry: true });
    // However many there are, the page is sent no more than it shows.
    const few = await session.library.importing.failures(2);
    expect([few.total, few.first.length, few.canRetry]).toEqual([3, 2, true]);
    expect(await session.names({ show: 'failed' })).toEqual(['drawing.jpg']);
  });

  it('never has more photos under way than the embedder wants', async () => {
    const session = await browser.started();
    await session.add(Array.from({ length: 40 }, (_, i) => file(`${i}.jpg`, `picture ${i}`)));
    expect(browser.embedder.mostUnderWay).toBeLessThanOrEqual(3);
    expect(session.library.state().counts).toEqual({
      present: 40,
      queued: 0,
      failed: 0,
      removed: 0,
      favourites: 0,
      missing: 0,
    });
  });

  it('goes on where it was when the tab was closed, losing and doubling nothing', async () => {
    const first = await browser.started();
    await first.library.importing.add(
      Array.from({ length: 20 }, (_, i) => file(`${i}.jpg`, `picture ${i} dog=0.6`)),
    );
    await until(() => first.library.state().import.done >= 16);
    const letGo = browser.embedder.hold();
    await first.library.importing.add(
      Array.from({ length: 30 }, (_, i) => file(`late ${i}.jpg`, `picture late ${i}`)),
    );
    await until(() => browser.embedder.underWay > 0);
    first.kill();
    letGo();

    const second = await browser.session();
    expect(second.library.state().counts.present).toBe(50);
    const left = second.library.state().counts.queued;
    expect(left).toBeGreaterThanOrEqual(30);
    expect(second.library.state().import).toMatchObject({ state: 'waiting-model', total: left });
    await second.startModel();
    await second.settled();
    expect(second.library.state().counts).toEqual({
      present: 50,
      queued: 0,
      failed: 0,
      removed: 0,
      favourites: 0,
      missing: 0,
    });
    expect(await tagged(second, dog)).toHaveLength(20);
    const again = await second.library.importing.add([file('3.jpg', 'picture 3 dog=0.6')]);
    expect(again.alreadyThere).toBe(1);
  });

  it('pauses, resumes and cancels', async () => {
    const session = await browser.session();
    session.library.importing.pause();
    await session.startModel();
    await session.library.importing.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    expect(session.library.state().import.state).toBe('paused');
    session.library.importing.resume();
    await session.settled();
    session.library.importing.pause();
    await session.library.importing.add([file('c.jpg', 'picture c'), file('d.jpg', 'picture d')]);
    await session.library.importing.cancel();
    await session.settled();
    expect((await session.names()).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect(session.library.state().import).toMatchObject({ done: 2, total: 2 });
  });

  it('cancelled while files come in takes nothing more, whatever comes after, and keeps what is done', async () => {
    const session = await browser.started();
    const letGo = browser.embedder.hold();
    const drop = async function* () {
      for (let i = 0; i < 2000; i++) {
        yield file(`${i}.jpg`, `picture ${i}`);
        if (i % 50 === 0) await testClock.breathe();
      }
    };
    const adding = session.library.importing.add(drop());
    await until(() => session.library.state().counts.present > 0);
    const underWay = browser.embedder.underWay;
    expect(underWay).toBeGreaterThan(0);
    const cancelling = session.library.importing.cancel();
    await until(() => session.library.state().import.state === 'cancelling');
    letGo();
    const { intake, ...report } = await adding;
    expect(report.cancelled).toBe(true);
    await cancelling;
    // More of the same drop, sent before its sender heard of it.
    const more = await session.library.importing.add([file('more.jpg', 'picture more')], intake);
    expect(more).toMatchObject({ accepted: 0, cancelled: true });
    await session.settled();
    const { import: progress, counts } = session.library.state();
    expect(counts).toMatchObject({ present: underWay, queued: 0 });
    expect(progress).toMatchObject({ done: underWay, total: underWay, cancelled: true });

    // Another drop is another matter.
    await session.add([file('new.jpg', 'picture new')]);
    expect(session.library.state().import.cancelled).toBe(false);
    expect(session.library.state().counts.present).toBe(underWay + 1);
  });

  it('begins with the photos that are looked at, each once', async () => {
    const session = await browser.session();
    await session.library.importing.add(
      Array.from({ length: 60 }, (_, i) => file(`${i}.jpg`, `picture ${i}`)),
    );
    const ids = await session.ids({ sort: { by: 'imported', descending: false } });
    const inSight = ids.slice(-6);
    session.library.reading.cells(inSight);
    const order: number[] = [];
    const known = new Set<number>();
    await session.startModel();
    await until(() => {
      const done = session.library.reading
        .cells(ids)
        .flatMap((cell, i) => (cell?.status === 'ready' ? [ids[i]!] : []));
      for (const id of done) if (!known.has(id)) order.push(id);
      for (const id of done) known.add(id);
      return done.length > 0;
    });
    for (const id of inSight) expect(known.has(id)).toBe(true);
    await session.settled();
    expect(browser.embedder.calls).toBe(60);
  });

  it('waits for a model, and goes on when it is there again', async () => {
    const session = await browser.session();
    await session.library.importing.add([file('a.jpg', 'picture a')]);
    expect(session.library.state().import.state).toBe('waiting-model');
    browser.embedder.unavailable = true;
    await session.startModel();
    await session.settled('waiting-model');
    browser.embedder.unavailable = false;
    session.library.modelReady(browser.embedder.model.key);
    await session.settled();
    expect(session.library.state().counts.queued).toBe(0);
  });

  it('leaves a photo over which the worker dies aside, and tries it again at the next start', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture crash'), file('b.jpg', 'picture b')]);
    const [failure] = (await session.library.importing.failures(1)).first;
    expect(failure).toMatchObject({ name: 'a.jpg', failure: { code: 'worker-crashed' }, canRetry: true });
    await session.library.close();
    const second = await browser.session();
    expect(second.library.state().import).toMatchObject({ state: 'waiting-model', total: 1 });
  });

  it('loses no neighbour of photos over which workers die, however many there are', async () => {
    const session = await browser.session();
    browser.embedder.capacity = 4;
    await session.library.importing.add(
      Array.from({ length: 24 }, (_, i) =>
        file(`${i}.jpg`, i % 5 === 2 ? `picture crash ${i}` : `picture ${i}`),
      ),
    );
    await session.startModel();
    await session.settled();
    const failed = (await session.library.importing.failures(9)).first.map(({ name }) => name);
    expect(failed.sort()).toEqual(['12.jpg', '17.jpg', '2.jpg', '22.jpg', '7.jpg']);
    expect(session.library.state().counts.queued).toBe(0);
  });

  it('reads what is stored when the file that was taken in is gone from the disk', async () => {
    const session = await browser.session();
    await session.library.importing.add([file('a.jpg', 'picture a dog=0.9')]);
    browser.embedder.failNext = { code: 'unreadable' };
    await session.startModel();
    await session.settled();
    expect(browser.embedder.calls).toBe(2);
    expect(await tagged(session, dog)).toEqual(['a.jpg']);
  });

  it('tries failed photos again when told to', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture broken')]);
    const calls = browser.embedder.calls;
    await session.library.importing.retry(null);
    await session.settled();
    expect(browser.embedder.calls).toBe(calls + 1);
    expect(session.library.state().import).toMatchObject({ done: 1, total: 1, failed: 1 });
  });
});

describe('the same source', () => {
  it('with a path is known by path, size and time, or by path and bytes', async () => {
    const session = await browser.started();
    await session.library.importing.add([file('a.jpg', 'picture 1', 'x/a.jpg', 1000)]);
    const add = async (...args: Parameters<typeof file>) => {
      const { accepted, alreadyThere } = await session.library.importing.add([file(...args)]);
      return accepted - alreadyThere;
    };
    expect(await add('a.jpg', 'picture 1', 'x/a.jpg', 1000)).toBe(-1);
    expect(await add('a.jpg', 'picture 1', 'x/a.jpg', 2000)).toBe(-1);
    expect(await add('a.jpg', 'picture 2', 'x/a.jpg', 2000)).toBe(1);
    expect(await add('a.jpg', 'picture 1', 'y/a.jpg', 1000)).toBe(1);
    expect(await add('a.jpg', 'picture 1', null, 1000)).toBe(1);
  });

  it('without a path is known by name, size, time and bytes together', async () => {
    const session = await browser.session();
    await session.library.importing.add([file('a.jpg', 'picture 1', null, 1000)]);
    const add = async (...args: Parameters<typeof file>) =>
      (await session.library.importing.add([file(...args)])).accepted;
    expect(await add('a.jpg', 'picture 1', null, 1000)).toBe(0);
    expect(await add('a.jpg', 'picture 2', null, 1000)).toBe(1);
    expect(await add('a.jpg', 'picture 1', null, 2000)).toBe(1);
    expect(await add('b.jpg', 'picture 1', null, 1000)).toBe(1);
  });

  it('is noticed within one call', async () => {
    const session = await browser.session();
    const twice = [file('a.jpg', 'picture 1'), file('a.jpg', 'picture 1'), file('b.jpg', 'picture 1')];
    expect(await session.library.importing.add(twice)).toMatchObject({ accepted: 2, alreadyThere: 1 });
  });

  it('behind a handle is what the file system says', async () => {
    const session = await browser.session();
    const add = async (name: string, entry: string) =>
      (await session.library.importing.add([handleFile(name, entry)])).accepted;
    expect(await add('a.jpg', '/disk/a')).toBe(1);
    expect(await add('a.jpg', '/disk/a')).toBe(0);
    expect(await add('a.jpg', '/disk/other/a')).toBe(1);
  });

  it('comes back when it was removed', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture 1')]);
    await session.library.deciding.remove(await session.ids());
    expect(await session.names()).toEqual([]);
    expect(await session.library.importing.add([file('a.jpg', 'picture 1')])).toMatchObject({ accepted: 1 });
    expect(await session.names()).toEqual(['a.jpg']);
  });
});

function handleFile(name: string, entry: string, root: TestHandle | null = null) {
  browser.files.disk.set(entry, { bytes: new Blob([`picture ${entry}`]), modifiedAt: 5000 });
  const handle: TestHandle = { kind: 'file', name, entry };
  const { bytes, modifiedAt } = browser.files.disk.get(entry)!;
  return { candidate: { name, path: root && `${root.name}/${name}`, modifiedAt, bytes, handle, root } };
}

describe('photos behind handles', () => {
  it('keep no bytes and wait for permission, asked for once per folder', async () => {
    const root: TestHandle = { kind: 'directory', name: 'trip', entry: '/trip' };
    const first = await browser.session();
    await first.library.importing.add([
      handleFile('a.jpg', '/trip/a', root),
      handleFile('b.jpg', '/trip/b', root),
    ]);
    first.kill();
    browser.files.denied.add('/trip/a').add('/trip/b');
    const second = await browser.started();
    await second.settled('waiting-permission');
    expect(second.library.state().import.failed).toBe(0);
    expect(await second.library.importing.handlesNeedingPermission()).toMatchObject([
      { kind: 'directory', name: 'trip' },
    ]);
    browser.files.denied.clear();
    await second.library.importing.retry(null);
    await second.settled();
    expect(second.library.state().counts).toMatchObject({ present: 2, queued: 0 });
    expect(await second.store.blob(1)).toBeNull();
  });

  it('that are gone fail for now', async () => {
    const first = await browser.session();
    await first.library.importing.add([handleFile('a.jpg', '/a')]);
    first.kill();
    browser.files.disk.clear();
    const session = await browser.started();
    await session.settled();
    expect((await session.library.importing.failures(9)).first).toMatchObject([
      { failure: { code: 'file-missing' } },
    ]);
    expect(await session.library.reading.original(1 as PhotoId)).toEqual({ code: 'file-missing' });
  });
});

describe('equal bytes', () => {
  it('are two photos that share bytes, thumbnail and results, until the last one goes', async () => {
    const session = await browser.started();
    await session.add([
      file('a.jpg', 'picture same dog=0.9', 'x/a.jpg'),
      file('b.jpg', 'picture same dog=0.9', 'y/b.jpg'),
    ]);
    expect(await tagged(session, dog)).toEqual(['a.jpg', 'b.jpg']);
    const blobs = await Promise.all([1, 2].map((key) => session.store.blob(key)));
    expect(blobs.filter((blob) => blob !== null)).toHaveLength(1);
    const [a, b] = await Promise.all([1, 2].map((id) => session.library.reading.original(id as PhotoId)));
    expect(await (a as Blob).text()).toBe(await (b as Blob).text());

    await session.library.deciding.remove([1]);
    await session.library.deciding.purge();
    expect(await session.library.reading.photo(1 as PhotoId)).toBeNull();
    expect(await ((await session.library.reading.original(2 as PhotoId)) as Blob).text()).toContain('same');
    expect((await session.library.reading.thumbnails([2]))[0]).not.toBeNull();

    await session.library.deciding.remove([2]);
    await session.library.deciding.purge();
    expect(await Promise.all([1, 2].map((key) => session.store.blob(key)))).toEqual([null, null]);
    expect(await session.store.thumbnails([0 as never])).toEqual([null]);
    expect([...(await session.store.scores(testKey, 0 as never))!]).toEqual([0, 0, 0]);
  });
});

const testKey = { id: 'test', version: '1' };
