import { describe, expect, it } from 'vitest';
import { ImportRun } from './import-run.ts';
import { ManualClock } from './manual-clock.ts';

const failure = { code: 'empty-file' } as const;

function started() {
  const clock = new ManualClock();
  return { clock, run: new ImportRun(clock) };
}

describe('the figures of an import', () => {
  it('count every file of the run, refused ones included, known ones apart', () => {
    const { run } = started();
    run.begin();
    run.accepted(3);
    run.found(2);
    run.refuse({ name: 'x', path: null, failure });
    run.end();
    run.finished(1, 1, 1);
    expect(run.progress('idle')).toMatchObject({ done: 4, total: 4, failed: 1, deferred: 1, refused: 1 });
    expect(run.progress('idle').alreadyThere).toBe(2);
    expect(run.over).toBe(true);
  });

  it('tell speed and time left over the last seconds', () => {
    const { run, clock } = started();
    run.accepted(100);
    run.finished(1, 0);
    for (let second = 0; second < 20; second++) {
      clock.pass(1000);
      run.finished(second < 10 ? 1 : 4, 0);
    }
    const { photosPerSecond, secondsLeft } = run.progress('running');
    expect(photosPerSecond).toBeCloseTo(4, 1);
    expect(secondsLeft).toBeCloseTo(49 / 4, 0);
    expect(run.progress('paused').photosPerSecond).toBe(0);
  });

  it('know no time left while folders are being read', () => {
    const { run, clock } = started();
    run.setPageScans(true);
    run.accepted(10);
    run.finished(1, 0);
    clock.pass(1000);
    run.finished(1, 0);
    expect(run.progress('running')).toMatchObject({ scanning: true, secondsLeft: null });
    run.setPageScans(false);
    expect(run.progress('running').secondsLeft).toBeGreaterThan(0);
  });

  it('begin anew some seconds after all was through, not between two pieces of one drop', () => {
    const { run, clock } = started();
    const drop = () => {
      run.begin();
      run.accepted(1);
      run.end();
      run.finished(1, 0);
    };
    drop();
    clock.pass(500);
    drop();
    expect(run.progress('idle')).toMatchObject({ done: 2, total: 2 });
    clock.pass(60_000);
    drop();
    expect(run.progress('idle')).toMatchObject({ done: 1, total: 1 });
  });

  it('take back what is tried again, and what is cancelled', () => {
    const { run } = started();
    run.accepted(5);
    run.finished(1, 1, 1);
    run.again(1, 1);
    expect(run.progress('running')).toMatchObject({ done: 1, total: 5, failed: 0, deferred: 0 });
    run.cancelled(4);
    expect(run.progress('idle')).toMatchObject({ done: 1, total: 1 });
    run.again(3, 0);
    expect(run.progress('running')).toMatchObject({ done: 1, total: 4 });
    // A refused file is none of them.
    run.refuse({ name: 'x', path: null, failure });
    run.again(1, 0);
    expect(run.progress('running')).toMatchObject({ done: 2, total: 6, failed: 0, refused: 1 });
  });
});
