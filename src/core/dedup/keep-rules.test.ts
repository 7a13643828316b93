import { describe, expect, it } from 'vitest';
import { isBelow, type KeepRule, matchesPattern, type PhotoFacts, rankByRules } from './keep-rules.ts';

function facts(photo: number, change: Partial<PhotoFacts> = {}): PhotoFacts {
  return {
    photo,
    name: `photo-${photo}.jpg`,
    path: null,
    size: 1000,
    width: 400,
    height: 300,
    type: 'image/jpeg',
    capturedAt: 1000,
    modifiedAt: 1000,
    metadata: 0,
    hasCaptureDate: false,
    hasFile: true,
    ...change,
  };
}

function kept(photos: readonly PhotoFacts[], ...rules: KeepRule[]): number {
  return rankByRules(photos, rules)[0]!.photo;
}

describe('keep rules', () => {
  it('best quality: more pixels, then a format that loses nothing, then more bytes', () => {
    const large = facts(1, { width: 800, size: 10 });
    const png = facts(2, { type: 'image/png', size: 10 });
    const jpeg = facts(3, { size: 5000 });
    const small = facts(4, { size: 4000 });
    const order = rankByRules([small, jpeg, png, large], [{ kind: 'best-quality' }]);
    expect(order.map(({ photo }) => photo)).toEqual([1, 2, 3, 4]);
  });

  it('a photo that was packed again in a newer format is no better than the one it was made from', () => {
    const camera = facts(1, { size: 3160 });
    const webp = facts(2, { type: 'image/webp', size: 1600 });
    expect(kept([webp, camera], { kind: 'best-quality' })).toBe(1);
    // One that takes about as much room says more.
    const heic = facts(3, { type: 'image/heic', size: 2500 });
    expect(kept([camera, heic], { kind: 'best-quality' })).toBe(3);
  });

  it('a GIF of 256 colours is no better than the JPEG, though it takes more room', () => {
    const gif = facts(2, { type: 'image/gif', size: 6000 });
    expect(kept([gif, facts(1, { size: 3000 })], { kind: 'best-quality' })).toBe(1);
  });

  it('size, date and metadata', () => {
    const a = facts(1, { size: 1, capturedAt: 5, metadata: 3 });
    const b = facts(2, { size: 2, capturedAt: 4, metadata: 1 });
    expect(kept([a, b], { kind: 'largest' })).toBe(2);
    expect(kept([a, b], { kind: 'smallest' })).toBe(1);
    expect(kept([a, b], { kind: 'oldest' })).toBe(2);
    expect(kept([a, b], { kind: 'newest' })).toBe(1);
    expect(kept([a, b], { kind: 'most-metadata' })).toBe(1);
  });

  it('an earlier folder before a later one, any listed one before the rest', () => {
    const order = rankByRules(
      [
        facts(1, { path: 'Masters of none/a.jpg' }),
        facts(2, { path: 'Phone/a.jpg' }),
        facts(3, { path: 'Masters/x/a.jpg' }),
      ],
      [{ kind: 'folder-order', folders: ['Masters', 'Phone'] }],
    );
    expect(order.map(({ photo }) => photo)).toEqual([3, 2, 1]);
  });

  it('a folder by its name, in whatever case and however its accents are composed', () => {
    const path = 'Bilder/Über uns/a.jpg'.normalize('NFD');
    expect(isBelow(path, 'über uns'.normalize('NFC'))).toBe(true);
    expect(isBelow(path, 'bilder\\Über uns')).toBe(true);
    expect(isBelow(path, 'uns')).toBe(false);
  });

  it('names that match a pattern first, or last', () => {
    const photos = [facts(1, { name: 'IMG_1 (1).jpg' }), facts(2, { name: 'IMG_1.jpg' })];
    expect(kept(photos, { kind: 'name-pattern', pattern: '*(?).jpg', keep: false })).toBe(2);
    expect(kept(photos, { kind: 'name-pattern', pattern: '*(?).jpg', keep: true })).toBe(1);
  });

  it('a later rule decides where earlier ones have no opinion, then the one added first', () => {
    const photos = [facts(3), facts(2, { metadata: 1 }), facts(1)];
    expect(kept(photos, { kind: 'largest' }, { kind: 'most-metadata' })).toBe(2);
    expect(kept([photos[0]!, photos[2]!], { kind: 'largest' })).toBe(1);
  });

  it('matches patterns as written, in bounded time', () => {
    expect(matchesPattern('Sommer 2019.JPG', 'sommer*.jpg')).toBe(true);
    expect(matchesPattern('a+b.jpg', 'a.b.jpg')).toBe(false);
    expect(matchesPattern('', '*')).toBe(true);
    expect(matchesPattern('a', '??')).toBe(false);
    expect(matchesPattern(`${'a'.repeat(255)}b`, `${'*a'.repeat(120)}*c`)).toBe(false);
  });
});
