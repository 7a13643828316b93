import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { until } from './test-clock.ts';

beforeEach(newBrowser);

const dog = 0 as LabelNumber;

async function tagged(session: TestSession, label: LabelNumber): Promise<string[]> {
  return (await session.names({ allOf: [label] })).sort();
}

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
    expect(all.isCut).toBe(false);
    const fewer = await session.library.finding.similar(query, 1, 5);
    expect(fewer).toMatchObject({ hits: [{ id: 2 }], isCut: true });
    const beyond = await session.library.finding.similar(query, 10, 5);
    expect(beyond.kind === 'hits' && beyond.hits.map(({ id }) => id)).toEqual([2, 3, 4]);
    const asFile = { terms: [likePicture('picture v=0,1')], filter: null };
    const ofFile = await session.library.finding.similar(asFile, 1, 0);
    expect(ofFile).toMatchObject({ hits: [{ id: 4, score: 1 }] });
  });

  it('are those that a link means, whatever their numbers are by now', async () => {
    const session = await browser.started();
    const { reading, deciding } = session.library;
    const files = [file('a.jpg', 'picture v=1,0'), file('b.jpg', 'picture v=0,1')];
    await session.add(files);
    const [a, b, none] = await reading.hashes([1, 2, 99]);
    expect([a!.length, none]).toEqual([24, null]);
    const meant = (id: number, hash: string) => ({ id: id as PhotoId, hash });
    const links = [meant(1, a!), meant(1, b!), meant(7, a!), meant(2, 'f'.repeat(24))];
    expect(await reading.meant(links)).toEqual([1, 2, 1, null]);
    await deciding.remove([1 as PhotoId]);
    await deciding.purge();
    expect(await reading.meant([meant(1, a!)])).toEqual([null]);
    await session.add(files);
    expect(await reading.meant([meant(1, a!)])).toEqual([3]);
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
    // A photo that is no longer there counts for nothing, unless it is all that was asked about.
    expect(await ask(like(1), like(2), like(99), like(2_000_000_000, -1))).toEqual([3, 4]);
    await expect(ask(like(99))).rejects.toThrow('failed');
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
    await expect.poll(() => second.store.scores({ id: 'test', version: '1' }, 0 as never)).toBeNull();
  });
});
