import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileItem, FileRemoval } from '../../core/library/file-removal.ts';
import { TestFolderFiles } from './test-folder-files.ts';

const folder = { kind: 'directory', name: 'Photos' } as const;
const target = 'Picsift removed 2026-01-02';
const names = ["it's “a”.jpg", 'line\nbreak.jpg', '👩‍👩‍👧/ü.jpg'];

async function itemOf(files: TestFolderFiles, name: string, text: string): Promise<FileItem> {
  const sha256 = await files.sha256(files.text(text));
  return { folder: 1, path: name.split('/'), sha256, modifiedAt: 0 };
}

describe('moving files aside', () => {
  it('moves what is unchanged, with a manifest, and puts it back', async () => {
    const files = new TestFolderFiles();
    const removal = new FileRemoval(files, () => folder, target);
    const items = await Promise.all(
      names.map((name) => {
        files.disk.set(name, name);
        return itemOf(files, name, name);
      }),
    );
    await removal.writeManifest(folder, 7, items);
    for (const item of items) expect(await removal.moveAside(item)).toBe('aside');
    for (const name of names) {
      expect(files.disk.has(name)).toBe(false);
      expect(files.disk.get(`${target}/${name}`)).toBe(name);
    }
    const manifest = JSON.parse(files.disk.get(`${target}/manifest-7.json`)!);
    expect(manifest.files.map(({ path }: { path: string }) => path)).toEqual(names);
    // Another library's run of the same number, on the same day: its dates are written nowhere else.
    await removal.writeManifest(folder, 7, []);
    expect(files.disk.get(`${target}/manifest-7.json`)).toContain('a');
    expect(JSON.parse(files.disk.get(`${target}/manifest-7-2.json`)!).files).toEqual([]);
    for (const item of items) expect(await removal.putBack(item)).toMatchObject({ place: 'original' });
    for (const name of names) expect(files.disk.get(name)).toBe(name);
  });

  it('never touches a file that has changed, nor one in the way', async () => {
    const files = new TestFolderFiles();
    const removal = new FileRemoval(files, () => folder, target);
    const item = await itemOf(files, 'a.jpg', 'old');
    files.disk.set('a.jpg', 'new');
    expect(await removal.moveAside(item)).toBe('blocked');
    expect([...files.disk]).toEqual([['a.jpg', 'new']]);
    files.disk.set('a.jpg', 'old');
    files.disk.set(`${target}/a.jpg`, 'another');
    expect(await removal.moveAside(item)).toBe('blocked');
    expect(files.disk.get(`${target}/a.jpg`)).toBe('another');
    files.disk.delete(`${target}/a.jpg`);
    expect(await removal.moveAside(item)).toBe('aside');
    files.disk.set('a.jpg', 'written by another program');
    expect(await removal.putBack(item)).toMatchObject({ place: 'blocked' });
    expect(files.disk.get('a.jpg')).toBe('written by another program');
    expect(files.disk.get(`${target}/a.jpg`)).toBe('old');
  });

  it('killed at any step, or changed by another program at any, every file is whole in the old or the new place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            action: fc.constantFrom('moveAside', 'putBack', 'settle'),
            killAt: fc.option(fc.nat(12)),
            changeAt: fc.option(fc.nat(40), { freq: 2 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (steps) => {
          const files = new TestFolderFiles();
          files.disk.set('a.jpg', 'mine');
          const item = await itemOf(files, 'a.jpg', 'mine');
          const removal = new FileRemoval(files, () => folder, target);
          let changed = false;
          for (const { action, killAt, changeAt } of steps) {
            let step = 0;
            files.beforeStep = () => {
              if (killAt !== null && step >= killAt) throw new Error('killed');
              if (step === changeAt && files.disk.get('a.jpg') === 'mine') {
                files.disk.set('a.jpg', 'theirs');
                changed = true;
              }
              step++;
            };
            await removal[action as 'settle'](item);
            files.beforeStep = () => {};
            const place = await removal.settle(item);
            const [original, aside] = [files.disk.get('a.jpg'), files.disk.get(`${target}/a.jpg`)];
            if (changed) {
              // What another program wrote is there, unless a copy of ours was what it replaced.
              expect(original === 'theirs' || aside === 'mine').toBe(true);
              break;
            }
            expect(place).toBe(original === 'mine' ? 'original' : 'aside');
            expect([original, aside].filter((text) => text !== undefined)).toEqual(['mine']);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
