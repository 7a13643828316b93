import { describe, expect, it } from 'vitest';
import { type FitHelper, FitLanes } from './fit-lanes.ts';
import { FitPlace } from './fit-task.ts';
import { madeLesson } from './made-lesson.ts';
import { runSteps } from './run-steps.ts';
import { teachInLanes } from './teach-in-lanes.ts';
import { defaultTeachOptions, type Lesson, type TeachOptions } from './teaching.ts';

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
  let last = 0;
  const teaching = await teachInLanes(lesson, options, lanes, ({ done }) => {
    last = done;
  });
  expect(last).toBeCloseTo(1);
  return teaching;
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
    ['a penalty chosen on a sample', kinds, { ...chosen, mostToChoose: 60 }],
  ])('finds the same head and figures to the bit: %s', async (_, lesson, options) => {
    const alone = await taughtWith([], lesson, options);
    const helpers = [new Helper(0), new Helper(2)];
    expect(await taughtWith(helpers, lesson, options)).toEqual(alone);
    expect(helpers[0]!.fitted).toBeGreaterThan(1);
    expect(await taughtWith([new Helper(1)], lesson, options)).toEqual(alone);
  });

  it('the same workers teach one lesson after another, as where a part of the photos chooses the penalty first', async () => {
    const lanes = new FitLanes([new Helper(0)], () => null);
    const first = madeLesson('sigmoid', { ...made, photos: 50, seed: 6 });
    await teachInLanes(first, fixed, lanes);
    expect(await teachInLanes(kinds, fixed, lanes)).toEqual(await taughtWith([], kinds, fixed));
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
