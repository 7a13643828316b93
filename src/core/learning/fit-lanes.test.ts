import { describe, expect, it } from 'vitest';
import { type FitHelper, FitLanes } from './fit-lanes.ts';
import { FitPlace } from './fit-task.ts';
import { madeLesson } from './made-lesson.ts';
import { runSteps } from './run-steps.ts';
import { teach } from './teach.ts';
import { teachInBatches } from './teach-in-batches.ts';
import { defaultTeachOptions, type Lesson, type Teaching, type TeachOptions } from './teaching.ts';

const made = { photos: 70, dims: 8, labels: 9, noise: 0.8, seed: 5 };

/** Works on copies, as another worker does; a busy one answers late. */
class Helper implements FitHelper {
  fitted = 0;
  #place: FitPlace | null = null;
  readonly #turns: number;

  constructor(turns: number) {
    this.#turns = turns;
  }

  async begin(site: FitPlace['site']): Promise<void> {
    this.#place = new FitPlace(structuredClone(site));
  }

  async fit(task: Parameters<FitHelper['fit']>[0]) {
    const own = structuredClone(task);
    for (let turn = 0; turn < this.#turns; turn++) await Promise.resolve();
    this.fitted++;
    return structuredClone(runSteps(this.#place!.steps(own)));
  }
}

async function taughtWith(helpers: readonly FitHelper[], lesson: Lesson, options: TeachOptions) {
  let asked = 0;
  const lanes = new FitLanes(helpers, () =>
    asked++ % 200 === 0 ? new Promise((resolve) => setTimeout(resolve)) : null,
  );
  const batches = teachInBatches(lesson, options);
  let last = 0;
  for (let step = batches.next([]); ; ) {
    if (step.done) return step.value;
    last = 0;
    const results = await lanes.run(step.value, (done) => {
      last = Math.max(last, done);
    });
    if (results.length > 0) expect(last).toBe(1);
    step = batches.next(results);
  }
}

describe('teaching in several workers', () => {
  const kinds = madeLesson('softmax', { ...made, labels: 3 });
  const second = {
    ...kinds.truth[0]!,
    name: 'parity',
    labels: ['even', 'odd'],
    values: kinds.truth[0]!.values.map((value) => value % 2),
  };
  const chosen = { ...defaultTeachOptions, penalties: [100, 30, 10] };
  const fixed = { ...defaultTeachOptions, penalties: [30] };
  it.each([
    ['any number of labels, a penalty chosen', madeLesson('sigmoid', made), chosen],
    ['any number of labels, a known penalty', madeLesson('sigmoid', made), fixed],
    ['two groups of classes', { ...kinds, truth: [kinds.truth[0]!, second] }, chosen],
    ['classes that may be refused', kinds, { ...fixed, refuseBelow: 0.9 }],
  ])('finds the same head and figures to the bit: %s', async (_, lesson, options) => {
    const alone: Teaching = runSteps(teach(lesson, options));
    const helpers = [new Helper(0), new Helper(2)];
    expect(await taughtWith(helpers, lesson, options)).toEqual(alone);
    expect(helpers[0]!.fitted).toBeGreaterThan(1);
    expect(await taughtWith([new Helper(1)], lesson, options)).toEqual(alone);
    expect(await taughtWith([], lesson, options)).toEqual(alone);
  });

  it('fails when a helper does', async () => {
    const broken: FitHelper = {
      begin: async () => {},
      fit: async () => {
        throw new Error('the helper is gone');
      },
    };
    await expect(taughtWith([broken], kinds, fixed)).rejects.toThrow('the helper is gone');
  });
});
