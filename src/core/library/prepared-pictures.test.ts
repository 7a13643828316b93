import { describe, expect, it } from 'vitest';
import { flatPicture } from '../image/made-picture.ts';
import type { ContentId } from './photo.ts';
import { PreparedPictures } from './prepared-pictures.ts';
import type { StoredThumbnail } from './stored-rows.ts';

const ids = (...numbers: number[]) => numbers as ContentId[];

describe('prepared pictures', () => {
  it('that were kept are in the answer even when another question pushes them out meanwhile', async () => {
    let release = () => {};
    let held: Promise<void> | null = null;
    const fetched: number[][] = [];
    const pictures = new PreparedPictures(
      async (contents) => {
        fetched.push([...contents]);
        if (contents.includes(3 as ContentId)) await held;
        return contents.map(() => ({}) as StoredThumbnail);
      },
      { decode: async () => flatPicture(8, 8, 90), encode: () => Promise.reject(new Error('not asked for')) },
      2,
    );
    const [first] = await pictures.all(ids(1, 2));
    held = new Promise((resolve) => {
      release = resolve;
    });
    const answer = pictures.all(ids(1, 3));
    expect(await pictures.all(ids(4, 5))).not.toContain(null);
    release();
    const [one, three] = await answer;
    expect(one).toBe(first);
    expect(three).not.toBeNull();
    expect(fetched).toEqual([[1, 2], [3], [4, 5]]);
  });
});
