import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addPhotos, openApp, waitForImport } from './support/person.ts';
import { numbersCalled, teachAndJudge } from './support/teach.ts';
import { expect, type Page, test } from './support/test.ts';

/**
 * Real photos with labels, through the whole app: imported with their labels, taught on one half, judged on the other,
 * and held against what scikit-learn's logistic regression reaches on the same halves. Figures are read in full from the
 * file that Evaluate saves.
 */

const folder = fileURLToPath(new URL('../../shared/photos/', import.meta.url));
const isThere = existsSync(join(folder, 'baseline.json'));

interface LabelledSet {
  readonly kind: string;
  readonly photos: Readonly<Record<string, unknown>>;
}

interface Baseline {
  readonly train: readonly string[];
  readonly [figure: string]: unknown;
}

const json = <T>(path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;
const setNames = ['multilabel', 'clothing', 'fashion'] as const;

/** Imports the labels of a folder, half to teach, half to judge, teaches, and reads the figures. */
function teachHalf(page: Page, name: string, { train }: Baseline): Promise<unknown> {
  const { kind, photos } = json<LabelledSet>(`${name}/labels.json`);
  const taught = new Set(train);
  const rows = Object.entries(photos).map(([photo, labels]) => ({
    name: photo,
    labels,
    fullyLabelled: kind === 'multi-label',
    split: taught.has(photo) ? 'train' : 'test',
  }));
  return teachAndJudge(page, { name, kind, photos: rows });
}

test('taught on half of real photos, the other half is judged as well as by scikit-learn', async ({
  page,
}) => {
  test.skip(!isThere, 'skipped: the labelled photos are not here');
  test.setTimeout(900_000);
  const baseline = json<Record<string, Baseline>>('baseline.json');
  const files = setNames.flatMap((name) =>
    Object.keys(json<LabelledSet>(`${name}/labels.json`).photos).map((photo) => join(folder, name, photo)),
  );
  await openApp(page);
  await addPhotos(page, files);
  await waitForImport(page, files.length, 600_000);
  for (const name of setNames) {
    const known = baseline[name]!;
    const figures = await teachHalf(page, name, known);
    const found =
      name === 'multilabel'
        ? numbersCalled(figures, 'meanAveragePrecision').map(({ value }) => ({ what: 'mAP', value }))
        : numbersCalled(figures, 'accuracy').map(({ group, value }) => ({
            what: group === '' ? 'accuracy' : `${group} accuracy`,
            value,
          }));
    expect(found).toHaveLength(name === 'fashion' ? 3 : 1);
    for (const { what, value } of found) {
      const wanted = known[what] as number;
      console.log(`${name}: ${what} ${value.toFixed(4)}, scikit-learn ${wanted}`);
      expect.soft(value, `${name}: ${what}`).toBeGreaterThanOrEqual(wanted - 0.01);
    }
  }
});
