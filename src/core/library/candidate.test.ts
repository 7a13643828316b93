import { describe, expect, it } from 'vitest';
import { extensionOf, isJunk, looksLikePicture } from './candidate.ts';

describe('what may become a photo', () => {
  it('is told by its extension, or by its type where there is none', () => {
    expect(looksLikePicture('a.JPG', '')).toBe(true);
    expect(looksLikePicture('a.svg', 'image/svg+xml')).toBe(false);
    expect(looksLikePicture('a.HEIC', '')).toBe(true);
    expect(looksLikePicture('a.mov', 'video/quicktime')).toBe(false);
    expect(looksLikePicture('image', 'image/png')).toBe(true);
    expect(looksLikePicture('image', '')).toBe(false);
  });

  it('leaves out what systems put into folders', () => {
    const junk = ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._photo.jpg'];
    for (const name of junk) expect(isJunk({ name, path: `trip/${name}` })).toBe(true);
    expect(isJunk({ name: 'a.jpg', path: 'trip/__MACOSX/a.jpg' })).toBe(true);
    expect(isJunk({ name: 'a.jpg', path: 'trip/a.jpg' })).toBe(false);
    expect(isJunk({ name: 'desktop.jpg', path: null })).toBe(false);
  });

  it('knows the extension of any name', () => {
    expect(['a.b.Png', '.hidden', 'none', 'a.'].map(extensionOf)).toEqual(['png', '', '', '']);
  });
});
