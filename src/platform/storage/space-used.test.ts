import { beforeEach, describe, expect, it } from 'vitest';
import { browser, file, newBrowser } from './test-browser.ts';

beforeEach(newBrowser);

describe('space by kind', () => {
  it('is nothing but records in an empty library', async () => {
    const session = await browser.session();
    const used = await session.store.spaceUsed();
    expect(used.get('photos')).toBe(0);
    expect(used.get('previews')).toBe(0);
    expect(used.get('records')).toBeGreaterThan(0);
  });

  it('counts copies by their bytes, and large stores by samples', async () => {
    const session = await browser.started();
    const texts = Array.from({ length: 300 }, (_, i) => `picture ${i} dog=0.8 ${'x'.repeat(100 + (i % 7))}`);
    await session.add(texts.map((text, i) => file(`${i}.jpg`, text)));
    const used = await session.store.spaceUsed();
    expect(used.get('photos')).toBe(texts.reduce((sum, { length }) => sum + length, 0));
    // A thumbnail of the test embedder has three bytes; its record some more. All 300 are alike.
    const each = used.get('previews')! / 300;
    expect(each).toBeGreaterThan(3);
    expect(Number.isInteger(Math.round(each * 1000) / 1000)).toBe(true);
    expect(used.get('figures')).toBeGreaterThan(300 * 3);
  });
});
