import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { until } from './test-clock.ts';

beforeEach(newBrowser);

const dog = 0 as LabelNumber;
const cat = 1 as LabelNumber;

async function tagged(session: TestSession, label: LabelNumber): Promise<string[]> {
  return (await session.names({ allOf: [label] })).sort();
}

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
    // Of one that carries no label, for those that it carries most nearly.
    const weights = {
      heads: async () => ({
        channels: 2,
        weights: Float32Array.of(4, 0, 0, 1, 0, 0),
        biases: Float32Array.of(-7, -6, -5),
      }),
      projection: async () => null,
    };
    const strict = await browser.started({ weights });
    const nearly = await strict.library.labelling.strongestEvidence(picture, 4);
    expect('code' in nearly ? nearly : nearly.map(({ evidence }) => [...evidence])).toEqual([
      [-7, -3],
      [-5, -5],
    ]);
  });
});
