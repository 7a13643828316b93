import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standIns } from './stand-ins.ts';

function standingIn(places: readonly string[], decided: readonly string[]) {
  return Object.fromEntries(standIns(places, decided));
}

describe('files of equal bytes that were decided about', () => {
  it('are still meant when they are renamed, moved, or come in by another way', () => {
    expect(standingIn(['2019/a.jpg', '2019/new.jpg'], ['2019/a.jpg', '2019/b.jpg'])).toEqual({
      '2019/new.jpg': '2019/b.jpg',
    });
    expect(standingIn(['X/2019/a.jpg', 'X/Phone/a.jpg'], ['Phone/a.jpg', '2019/a.jpg'])).toEqual({
      'X/2019/a.jpg': '2019/a.jpg',
      'X/Phone/a.jpg': 'Phone/a.jpg',
    });
    expect(standingIn(['/a.jpg', '/a.jpg#1'], ['2019/a.jpg', 'Phone/a.jpg'])).toEqual({
      '/a.jpg': '2019/a.jpg',
      '/a.jpg#1': 'Phone/a.jpg',
    });
  });

  it('stand for the most alike places, whichever file is looked at first', () => {
    const found = { 'n/A/x': 'm/A/x', 'n/B2/x': 'm/B/x' };
    expect(standingIn(['n/B2/x', 'n/A/x'], ['m/A/x', 'm/B/x'])).toEqual(found);
    expect(standingIn(['n/A/x', 'n/B2/x'], ['m/B/x', 'm/A/x'])).toEqual(found);
  });

  it('are still meant when they are renamed and moved at once, after those that keep something of their place', () => {
    expect(standingIn(['2019/a.jpg', 'Backup/c.jpg'], ['2019/a.jpg', '2019/b.jpg'])).toEqual({
      'Backup/c.jpg': '2019/b.jpg',
    });
    expect(standingIn(['/a.jpg', '/c.jpg'], ['/a.jpg', '/b.jpg'])).toEqual({ '/c.jpg': '/b.jpg' });
    expect(standingIn(['X/c.jpg', 'Y/b.jpg'], ['2019/a.jpg', '2019/b.jpg'])).toEqual({
      'X/c.jpg': '2019/a.jpg',
      'Y/b.jpg': '2019/b.jpg',
    });
  });

  it('are not taken for a copy that is new', () => {
    expect(standingIn(['2019/a.jpg', 'Phone/a.jpg', 'Backup/a.jpg'], ['2019/a.jpg', 'Phone/a.jpg'])).toEqual(
      {},
    );
    expect(standingIn(['2019/a.jpg', '2019/b.jpg', 'Backup/c.jpg'], ['2019/a.jpg', '2019/b.jpg'])).toEqual(
      {},
    );
  });

  it('stand each for one place that no file has, and known ones for themselves', () => {
    const place = fc.constantFrom('/a', '/a#1', '/b', 'x/a', 'x/b', 'y/a', 'y/b', 'y/x/a', 'c');
    fc.assert(
      fc.property(fc.uniqueArray(place), fc.uniqueArray(place), (places, decided) => {
        const found = standIns(places, decided);
        expect(new Set(found.values()).size).toBe(found.size);
        for (const [file, stands] of found) {
          expect(places).toContain(file);
          expect(decided).not.toContain(file);
          expect(decided).toContain(stands);
          expect(places).not.toContain(stands);
        }
      }),
    );
  });
});
