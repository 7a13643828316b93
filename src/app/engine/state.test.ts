import { describe, expect, it } from 'vitest';
import { defaultSettings, type LibraryEvent } from '../../protocol/library.ts';
import { initialState, initialStatus, reduce, staleCells } from './state.ts';

function event(revision: number, changed: LibraryEvent['changed'] = new Uint32Array([5])): LibraryEvent {
  return { status: { ...initialStatus, revision }, changed, labelsChanged: false };
}

describe('the engine state', () => {
  it('keeps the newer status when an event overtakes the answer to open', () => {
    const afterEvent = reduce(initialState, { type: 'event', event: event(4) });
    const opened = reduce(afterEvent, {
      type: 'opened',
      result: { kind: 'open', status: { ...initialStatus, revision: 2 }, settings: defaultSettings },
    });
    expect(opened.phase).toBe('open');
    expect(opened.status.revision).toBe(4);
  });

  it('ignores an event older than what is known', () => {
    const state = reduce(initialState, { type: 'event', event: event(4) });
    expect(reduce(state, { type: 'event', event: event(3) })).toBe(state);
  });

  it('starts counting revisions anew when the library is opened again', () => {
    const state = reduce(initialState, { type: 'event', event: event(40) });
    const restarted = reduce(state, { type: 'starting' });
    expect(reduce(restarted, { type: 'event', event: event(1) }).status.revision).toBe(1);
  });

  it('shows that another tab has taken the library over', () => {
    const taken: LibraryEvent = { ...event(4), status: { ...initialStatus, revision: 4, lost: true } };
    expect(reduce(initialState, { type: 'event', event: taken }).phase).toBe('owned-elsewhere');
    // Also where it did before this one was told that it is open.
    const result = { kind: 'open', status: taken.status, settings: defaultSettings } as const;
    expect(reduce(initialState, { type: 'opened', result }).phase).toBe('owned-elsewhere');
  });

  it('tells the figures of a database that is too new', () => {
    const state = reduce(initialState, {
      type: 'opened',
      result: { kind: 'newer-database', found: 9, expected: 1 },
    });
    expect(state.phase).toBe('newer-database');
    expect(state.detail).toContain('9');
  });
});

describe('stale cells', () => {
  it('are those that the next event lists', () => {
    expect(staleCells(1, event(2))).toEqual([5]);
  });

  it('are all of them when an event was missed or says so', () => {
    expect(staleCells(1, event(3))).toBe('all');
    expect(staleCells(1, event(2, 'all'))).toBe('all');
  });
});
