import { describe, expect, it } from 'vitest';
import { type MomentResult, type Result, tally } from './tally.mjs';

const moment = (n: number, activity: string, victim: string, wrong: string[] = []): MomentResult => ({
  kind: 'moment',
  n,
  activity,
  victim,
  hit: true,
  after: 5,
  wrong,
  ...(activity.startsWith('update') ? { inside: n % 2 === 0 } : {}),
});

const activities = [
  'import',
  'tagging',
  'delete',
  'undo',
  'restore',
  'all at once',
  'index build',
  'snapshot write',
  'update of the database',
];
const victims = [
  'page closed',
  'page crashed',
  'library worker',
  'inference worker',
  'builder worker',
  'browser',
];
const everything: Result[] = [
  ...activities.map((activity, n) => moment(n, activity, victims[n % victims.length] ?? '')),
  { kind: 'files', tried: 10, survived: 10 },
  { kind: 'files', tried: 10, survived: 10 },
  { kind: 'work', added: 12, committed: 30 },
];

describe('the sum of the shards', () => {
  it('counts by what was done and what ended', () => {
    const { lines, ok } = tally(everything, 9);
    expect(ok).toBe(true);
    expect(lines[0]).toMatch(/^survived of\s+page closed .* browser\s+all$/);
    expect(lines[1]).toMatch(/^import\s+1\/1\s+-\s+-\s+-\s+-\s+-\s+1\/1$/);
    expect(lines.join('\n')).toContain('damaged files among whole ones: 20 of 20 survived');
    expect(lines.join('\n')).toContain('12 files were accepted, 30 decisions confirmed');
  });

  it('fails on a moment that was not survived, and tells how to have it again', () => {
    const { lines, ok } = tally([...everything, moment(33, 'undo', 'browser', ['a.jpg is lost'])], 10);
    expect(ok).toBe(false);
    expect(lines).toContain('undo, browser after 5 (moment 33): a.jpg is lost');
  });

  it('fails where something has not been tried, has no result, or came to no end', () => {
    const without = everything.filter((one) => one.kind !== 'moment' || one.activity !== 'restore');
    expect(tally(without, 8).lines.join('\n')).toContain('not tried: restore, builder worker');
    expect(tally(without, 8).ok).toBe(false);
    expect(tally(everything, 10).ok).toBe(false);
    expect(tally([...everything, { kind: 'broken', part: 'index', error: 'gone' }], 9).ok).toBe(false);
    expect(tally([...everything, { kind: 'files', tried: 10, survived: 9 }], 9).ok).toBe(false);
  });

  it('does not count a worker that was not there as one that was ended', () => {
    const missed = everything.map((one) =>
      one.kind === 'moment' && one.victim === 'builder worker' ? { ...one, hit: false } : one,
    );
    expect(tally(missed, 9).lines.join('\n')).toContain('not tried: builder worker');
  });
});
