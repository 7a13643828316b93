import { describe, expect, it } from 'vitest';
import type { LabelNumber } from '../tagging/label.ts';
import { ActionLog } from './action-log.ts';
import type { PhotoId } from './photo.ts';

const photos = [1, 2] as PhotoId[];

describe('the log of actions', () => {
  it('goes back and forth, and forgets what was undone when something new is done', () => {
    const log = new ActionLog();
    log.push({ kind: 'remove', photos });
    log.push({ kind: 'tags', label: 3 as LabelNumber, photos, before: [null, null], after: 'accepted' });
    expect(log.undo).toEqual({ kind: 'tags', photos: 2, label: 3 });
    log.undone();
    expect(log.undo).toEqual({ kind: 'remove', photos: 2, label: null });
    expect(log.redo).toEqual({ kind: 'tags', photos: 2, label: 3 });
    log.redone();
    log.undone();
    log.push({ kind: 'restore', photos });
    expect(log.redo).toBeNull();
    expect(log.undo).toEqual({ kind: 'restore', photos: 2, label: null });
  });

  it('has nothing to take back at first', () => {
    const log = new ActionLog();
    log.undone();
    expect([log.undo, log.redo]).toEqual([null, null]);
  });
});
