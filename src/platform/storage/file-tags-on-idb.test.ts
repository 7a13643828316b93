import { beforeEach, describe, expect, it } from 'vitest';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';
import { testModel } from './test-embedder.ts';
import type { TestHandle } from './test-files.ts';

beforeEach(newBrowser);

const dog = 0 as LabelNumber;

/** What the photo carries, and who says so. */
async function saidOf(session: TestSession, name: string): Promise<string[]> {
  const found = [...session.library.reading.taggedPhotos('en')].find((photo) => photo.name === name)!;
  return found.tags.map((tag) => `${tag.name}: ${tag.said}`);
}

describe('keywords of files', () => {
  it('are tags of their own kind, under the label of that name if there is one', async () => {
    const session = await browser.started();
    // The first spelling that is read names the keyword.
    await session.add([file('a.jpg', 'picture dog=0.8 words=Rome,dog')]);
    await session.add([file('b.jpg', 'picture cat=0.9 words=rome'), file('c.jpg', 'picture cat=0.9')]);
    expect(await saidOf(session, 'a.jpg')).toEqual(['Dog: file', 'Rome: file']);
    expect(await saidOf(session, 'b.jpg')).toEqual(['Cat: model', 'Rome: file']);
    expect(await saidOf(session, 'c.jpg')).toEqual(['Cat: model']);
    const rome = session.library.labelling.labels().find(({ id }) => id === 'file:rome')!;
    expect((await session.names({ allOf: [rome.number] })).sort()).toEqual(['a.jpg', 'b.jpg']);
    const [a] = await session.ids({ text: 'a.jpg' });
    const { labels } = (await session.library.reading.photo(a!))!;
    expect(labels.find(({ label }) => label === rome.number)).toEqual({
      label: rome.number,
      score: null,
      threshold: null,
      verdict: null,
      fromFile: true,
    });
    expect(labels.find(({ label }) => label === dog)).toMatchObject({ score: 0.8, fromFile: true });

    // What the person says outranks them, and can be taken back.
    await session.library.deciding.judge([a!], rome.number, 'rejected');
    expect(await session.names({ allOf: [rome.number] })).toEqual(['b.jpg']);
    session.kill();
    const second = await browser.started();
    expect(await second.names({ allOf: [rome.number] })).toEqual(['b.jpg']);
    await second.library.deciding.judge([a!], rome.number, null);
    expect(await saidOf(second, 'a.jpg')).toEqual(['Dog: file', 'Rome: file']);
    await second.library.deciding.remove([a!]);
    await second.library.deciding.purge();
    second.kill();
    const third = await browser.session();
    expect(await third.names({ allOf: [rome.number] })).toEqual(['b.jpg']);
  });

  it('follow the file when it changes', async () => {
    const handle: TestHandle = { kind: 'file', name: 'a.jpg', entry: 'a' };
    const put = (text: string, modifiedAt: number) => {
      const bytes = new Blob([text], { type: 'image/jpeg' });
      browser.files.disk.set('a', { bytes, modifiedAt });
      return { candidate: { name: 'a.jpg', path: null, modifiedAt, bytes, handle, root: null } };
    };
    const session = await browser.started();
    await session.add([put('picture words=Rome', 1)]);
    expect(await saidOf(session, 'a.jpg')).toEqual(['Rome: file']);
    // It is read again for a newer model.
    put('picture words=Oslo', 2);
    browser.embedder.model = { ...testModel, key: { id: 'test', version: '2' } };
    await session.startModel();
    await expect.poll(() => saidOf(session, 'a.jpg')).toEqual(['Oslo: file']);
  });
});
