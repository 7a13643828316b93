import { describe, expect, it } from 'vitest';
import { ChangeFeed, type ChangeNotice } from './change-feed.ts';
import { ManualClock } from './manual-clock.ts';
import type { PhotoId } from './photo.ts';

function started() {
  const clock = new ManualClock();
  const notices: ChangeNotice[] = [];
  return { clock, notices, feed: new ChangeFeed(clock, (notice) => notices.push(notice)) };
}

describe('notices of changes', () => {
  it('come at most ten times a second and leave nothing out', () => {
    const { clock, notices, feed } = started();
    for (let id = 1; id <= 200; id++) {
      feed.photos([id as PhotoId]);
      clock.pass(10);
    }
    clock.pass(1000);
    expect(notices.length).toBeGreaterThan(15);
    expect(notices.length).toBeLessThanOrEqual(21);
    const ids = notices.flatMap(({ changed }) => (changed === 'all' ? [] : [...changed]));
    expect(ids).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  });

  it('say all when too many photos changed to be listed', () => {
    const { clock, notices, feed } = started();
    feed.photos(Array.from({ length: 5000 }, (_, i) => i as PhotoId));
    feed.labels();
    clock.pass(1000);
    expect(notices).toEqual([{ changed: 'all', labelsChanged: true }]);
    feed.status();
    clock.pass(1000);
    expect(notices[1]).toEqual({ changed: new Uint32Array(0), labelsChanged: false });
  });

  it('raise the content revision only when views may be out of date', () => {
    const { feed } = started();
    const before = feed.contentRevision;
    feed.status();
    feed.labels();
    expect(feed.contentRevision).toBe(before);
    feed.photos([1 as PhotoId]);
    expect(feed.contentRevision).toBe(before + 1);
  });
});
