import { beforeEach, describe, expect, it, vi } from 'vitest';
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
    expect(session.library.state().import).toMatchObject({ done: 5, total: 5, failed: 3 });
    const failures = await session.library.importing.failures();
    expect(
      failures.map(({ name, failure: { code, found }, canRetry }) => [name, code, found, canRetry]),
    ).toEqual([
      ['drawing.jpg', 'broken', 'no end', true],
      ['paper.pdf', 'unsupported-type', 'PDF', false],
      ['empty.jpg', 'empty-file', undefined, false],
    ]);
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
    const [failure] = await session.library.importing.failures();
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
    const failed = (await session.library.importing.failures()).map(({ name }) => name);
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
    expect(await session.library.importing.failures()).toMatchObject([{ failure: { code: 'file-missing' } }]);
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
    await session.library.deciding.purge(null);
    expect(await session.library.reading.photo(1 as PhotoId)).toBeNull();
    expect(await ((await session.library.reading.original(2 as PhotoId)) as Blob).text()).toContain('same');
    expect((await session.library.reading.thumbnails([2]))[0]).not.toBeNull();

    await session.library.deciding.remove([2]);
    await session.library.deciding.purge(null);
    expect(await Promise.all([1, 2].map((key) => session.store.blob(key)))).toEqual([null, null]);
    expect(await session.store.thumbnails([0 as never])).toEqual([null]);
    expect([...(await session.store.scores(testKey, 0 as never))!]).toEqual([0, 0, 0]);
  });
});

const testKey = { id: 'test', version: '1' };

describe('what the person decides', () => {
  it('outranks the model, survives a restart, and can be taken back', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture dog=0.8'), file('b.jpg', 'picture cat=0.8')]);
    const all = await session.ids();
    await session.library.deciding.judge(all, dog, 'accepted');
    expect(await tagged(session, dog)).toEqual(['a.jpg', 'b.jpg']);
    await session.library.deciding.judge([2], cat, 'rejected');
    expect(await tagged(session, cat)).toEqual([]);
    expect(session.library.state().undo).toEqual({ kind: 'tags', photos: 1, label: cat });
    await session.library.deciding.undo();
    expect(await tagged(session, cat)).toEqual(['b.jpg']);
    await session.library.deciding.redo();
    expect(await tagged(session, cat)).toEqual([]);
    const own = await session.library.labelling.ensureLabel('  Grandma’s  garden ');
    expect(own).toMatchObject({ id: 'own:grandma-s-garden', own: true, threshold: null });
    expect(await session.library.labelling.ensureLabel('grandma’s garden')).toEqual(own);
    expect(await session.library.labelling.ensureLabel('猫')).toMatchObject({ number: cat, own: false });
    await session.library.deciding.judge([1], own.number, 'accepted');
    await session.library.close();
    session.store.close();

    const second = await browser.session();
    expect(await tagged(second, dog)).toEqual(['a.jpg', 'b.jpg']);
    expect(await tagged(second, cat)).toEqual([]);
    expect(await tagged(second, own.number)).toEqual(['a.jpg']);
    expect((await second.library.reading.photo(2 as PhotoId))!.labels).toContainEqual({
      label: dog,
      score: 0,
      threshold: 0.5,
      verdict: 'accepted',
    });
    await second.library.deciding.judge([1, 2], dog, null);
    expect(await tagged(second, dog)).toEqual(['a.jpg']);
  });

  it('removes softly: undo brings all back, a month later they are gone for good', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture a'), file('b.jpg', 'picture b')]);
    await session.library.deciding.remove([1, 2]);
    expect(session.library.state().counts).toMatchObject({ present: 0, removed: 2 });
    await session.library.deciding.undo();
    expect(session.library.state().counts).toMatchObject({ present: 2, removed: 0 });
    await session.library.deciding.remove([1]);
    await session.library.close();
    session.store.close();
    const later = await browser.session({
      clock: {
        now: () => Date.now() + 31 * 86_400_000,
        ticks: () => performance.now(),
        after: () => () => {},
        breathe: () => new Promise((resolve) => setTimeout(resolve)),
      },
    });
    await until(() => later.library.state().counts.removed === 0);
    expect(await later.names()).toEqual(['b.jpg']);
  });
});

const like = (id: number, weight = 1) =>
  ({ subject: { kind: 'photo', id: id as PhotoId, region: null }, weight }) as const;
const likePicture = (text: string, key = text) =>
  ({ subject: { kind: 'picture', bytes: new Blob([text]), key, region: null }, weight: 1 }) as const;

describe('similar photos', () => {
  it('are ranked by cosine, cut off, filtered, and leave the photo itself out', async () => {
    const session = await browser.started();
    await session.add([
      file('a.jpg', 'picture a v=1,0 dog=0.9'),
      file('copy.jpg', 'picture a v=1,0 dog=0.9'),
      file('near.jpg', 'picture v=0.8,0.6 dog=0.9'),
      file('far.jpg', 'picture v=0,1'),
      file('gone.jpg', 'picture gone v=1,0'),
    ]);
    await session.library.deciding.remove([5]);
    const query = { terms: [like(1)], filter: null };
    const all = await session.library.finding.similar(query, 10, 0);
    if (all.kind !== 'hits') throw new Error(all.kind);
    expect(all.hits.map(({ id }) => id)).toEqual([2, 3]);
    expect(all.hits[1]!.score).toBeCloseTo(0.8, 2);
    expect(all.searched).toBe(3);
    const beyond = await session.library.finding.similar(query, 10, 5);
    expect(beyond.kind === 'hits' && beyond.hits.map(({ id }) => id)).toEqual([2, 3, 4]);
    const asFile = { terms: [likePicture('picture v=0,1')], filter: null };
    const ofFile = await session.library.finding.similar(asFile, 1, 0);
    expect(ofFile).toMatchObject({ hits: [{ id: 4, score: 1 }] });
  });

  it('are asked for by several photos, parts of photos, pictures and tags, liked or not', async () => {
    const session = await browser.started();
    await session.add([
      file('east.jpg', 'picture v=1,0 dog=0.9'),
      file('north.jpg', 'picture v=0,1'),
      file('north-east.jpg', 'picture v=0.8,0.6'),
      file('west.jpg', 'picture v=-1,0'),
    ]);
    await until(() => session.library.state().tagsLoaded);
    const ask = async (...terms: Parameters<typeof session.library.finding.similar>[0]['terms']) => {
      const found = await session.library.finding.similar({ terms, filter: null }, 10, 10);
      if (found.kind !== 'hits') throw new Error(found.kind);
      return found.hits.map(({ id }) => id);
    };
    expect(await ask(like(1), like(2))).toEqual([3, 4]);
    expect(await ask(like(2), like(4, -1))).toEqual([3, 1]);
    expect(await ask({ subject: { kind: 'label', label: dog }, weight: 1 })).toEqual([1, 3, 2, 4]);
    expect(await ask({ subject: { kind: 'label', label: dog }, weight: -1 })).toEqual([4, 2, 3, 1]);
    // Each score is told term by term: north-east, then west; what does not count says nothing.
    const found = await session.library.finding.similar(
      { terms: [like(1), like(2), like(4, 0)], filter: null },
      10,
      10,
    );
    const ofTerms = found.kind === 'hits' ? [...found.ofTerms!].map((one) => Math.round(one * 10) / 10) : [];
    expect(ofTerms).toEqual([0.8, 0.6, Number.NaN]);
    expect(await session.library.finding.similar({ terms: [like(1)], filter: null }, 1, 0)).toMatchObject({
      ofTerms: null,
    });
    // Opposites leave nothing to look for, nor does nothing at all.
    expect(await ask(like(1), like(4))).toEqual([]);
    expect(await ask(like(1, 0))).toEqual([]);
    const embeds = vi.spyOn(browser.embedder, 'embed');
    const region = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const part = { subject: { kind: 'photo', id: 1 as PhotoId, region }, weight: 1 } as const;
    expect(await ask(part)).toEqual([3, 2, 4]);
    expect(embeds.mock.calls[0]).toMatchObject([expect.anything(), { region }, true]);
    // Asked again with other weights nothing is embedded again.
    await ask({ ...part, weight: 0.5 }, likePicture('picture v=0,1'));
    await ask(part, likePicture('picture v=0,1'));
    expect(embeds).toHaveBeenCalledTimes(2);
  });

  it('count as similar from what chance does in this library on, once it is large enough; that is kept', async () => {
    const limits = () => ({
      maxMegapixels: 120,
      similarityCutOff: null,
      indexProbes: null,
      previewSize: 320,
    });
    const session = await browser.started({ limits });
    const directions = Array.from({ length: 140 }, (_, n) => [Math.cos(n), Math.sin(n), Math.sin(n * n)]);
    await session.library.importing.add(
      directions.map((v, n) => file(`${n}.jpg`, `picture ${n} v=${v.join(',')}`)),
    );
    expect(session.library.state().learnedCutOff).toBe(0.65);
    await session.settled();
    await session.library.finding.similar({ terms: [like(1)], filter: null }, 5, 5);
    await until(() => session.library.state().learnedCutOff !== 0.65);
    const learned = session.library.state().learnedCutOff;
    expect(learned).toBeGreaterThan(0.8); // three components: everything is like something
    const found = await session.library.finding.similar({ terms: [like(1)], filter: null }, 5, 5);
    expect(found).toMatchObject({ kind: 'hits', cutOff: learned });
    await session.library.close();
    session.store.close();
    const second = await browser.session({ limits });
    await until(() => second.library.state().learnedCutOff === learned);
  });

  it('come with new photos at once, and only the latest request is answered', async () => {
    const session = await browser.started();
    const query = { terms: [likePicture('picture v=0,1')], filter: null };
    expect(await session.library.finding.similar(query, 5, 0)).toMatchObject({ kind: 'hits', hits: [] });
    await session.add([file('a.jpg', 'picture v=0,1')]);
    const [first, second] = await Promise.all([
      session.library.finding.similar(query, 5, 0),
      session.library.finding.similar(query, 5, 0),
    ]);
    expect(first).toEqual({ kind: 'superseded' });
    expect(second).toMatchObject({ kind: 'hits', hits: [{ id: 1, score: 1 }] });
  });

  it('of another model are never compared; photos are done again with the new one', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture a dog=0.9 v=1,0'), file('b.jpg', 'picture b v=0,1')]);
    browser.embedder.model = {
      key: { id: 'test', version: '2' },
      labels: [{ id: 'bird', en: 'Bird', zh: '鸟', threshold: 0.5 }, ...browser.embedder.model.labels],
    };
    await session.startModel();
    expect(session.library.state().import.state).toBe('idle');
    await until(() => session.library.importing.timings().photos === 4);
    expect(await tagged(session, dog)).toEqual(['a.jpg']);
    expect((await session.library.reading.photo(1 as PhotoId))!.model).toEqual({ id: 'test', version: '2' });
    const hits = await session.library.finding.similar({ terms: [like(1)], filter: null }, 5, 5);
    expect(hits.kind === 'hits' && hits.hits.map(({ id }) => id)).toEqual([2]);
    await session.library.close();
    session.store.close();
    const second = await browser.session();
    await second.ids();
    expect(await tagged(second, dog)).toEqual(['a.jpg']);
    // In the background.
    await vi.waitFor(async () =>
      expect(await second.store.scores({ id: 'test', version: '1' }, 0 as never)).toBeNull(),
    );
  });
});

describe('two owners', () => {
  it('the former one can write nothing more', async () => {
    const first = await browser.started();
    const second = await browser.session();
    const report = await first.library.importing.add([file('a.jpg', 'picture a')]);
    expect(report.accepted).toBe(0);
    expect(first.lost).toBe(true);
    expect(await second.names()).toEqual([]);
  });
});

describe('why a label is there', () => {
  it('is told by where in the picture it comes from, against its threshold', async () => {
    const session = await browser.started();
    await session.add([file('a.jpg', 'picture dog=0.8 at=1')]);
    const [id] = await session.ids();
    const found = await session.library.labelling.evidence(id!, dog);
    expect(found).toEqual({ height: 1, width: 2, evidence: Float32Array.of(-1, 3), threshold: 0 });
    const own = await session.library.labelling.ensureLabel('Aunt Mary');
    expect(await session.library.labelling.evidence(id!, own.number)).toEqual({ code: 'model-unavailable' });
    expect(await session.library.labelling.evidence(99 as PhotoId, dog)).toEqual({ code: 'file-missing' });
  });

  it('is told of a picture from outside for its strongest labels, best first', async () => {
    const session = await browser.started();
    const picture = new Blob(['picture at=1'], { type: 'image/jpeg' });
    const found = await session.library.labelling.strongestEvidence(picture, 1);
    expect(found).toEqual([
      { label: dog, height: 1, width: 2, evidence: Float32Array.of(-1, 3), threshold: 0 },
    ]);
    expect(await session.library.labelling.strongestEvidence(picture, 0)).toEqual([]);
  });
});
