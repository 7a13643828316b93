import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { type GroupException, withException } from './exceptions.ts';

function entry(photo: number, keptFor: number, by: 'person' | 'rules' = 'rules') {
  return {
    photo: photo as PhotoId,
    name: `${photo}.jpg`,
    path: null,
    keptFor: keptFor as PhotoId,
    keptName: `${keptFor}.jpg`,
    bytes: 1,
    by,
  };
}

function plan(...entries: DuplicatePlan['entries']): DuplicatePlan {
  return { entries, bytes: 0, held: [], fingerprint: '' };
}

const three = plan(entry(2, 1), entry(3, 1), entry(9, 1, 'person'), entry(5, 4));

function chosen(...kinds: [number, GroupException['kind'], DuplicatePlan?][]): GroupException[] {
  return kinds.reduce<GroupException[]>((all, [photo, kind, listed = three]) => {
    const one = listed.entries.find((other) => other.photo === photo)!;
    return withException(all, listed, one, kind);
  }, []);
}

describe('exceptions to the rules', () => {
  it('another one of the group stays', () => {
    expect(chosen([3, 'instead'])).toEqual([
      { kind: 'instead', photos: [1, 2, 3], stays: [3], names: ['3.jpg'] },
    ]);
  });

  it('another one stays, too, and one more', () => {
    const [both] = chosen([3, 'too']);
    expect(both).toMatchObject({ stays: [1, 3], names: ['1.jpg', '3.jpg'] });
    expect(chosen([3, 'too'], [2, 'too', plan(entry(2, 1))])).toEqual([
      { kind: 'too', photos: [1, 2, 3], stays: [1, 3, 2], names: ['1.jpg', '3.jpg', '2.jpg'] },
    ]);
  });

  it('the whole group stays; other groups are left to the rules or their own exception', () => {
    expect(chosen([2, 'all'], [5, 'instead'])).toEqual([
      { kind: 'all', photos: [1, 2, 3], stays: [1, 2, 3], names: ['1.jpg', '2.jpg', '3.jpg'] },
      { kind: 'instead', photos: [4, 5], stays: [5], names: ['5.jpg'] },
    ]);
  });

  it('what is chosen later for a group counts', () => {
    const swapped = plan(entry(1, 3), entry(2, 3));
    expect(chosen([3, 'instead'], [1, 'instead', swapped])).toMatchObject([{ stays: [1] }]);
    expect(chosen([3, 'instead'], [1, 'all', swapped])).toMatchObject([
      { stays: [1, 2, 3], names: ['1.jpg', '2.jpg', '3.jpg'] },
    ]);
  });
});
