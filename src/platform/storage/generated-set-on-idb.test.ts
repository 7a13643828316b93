import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { FiguresService } from '../figures/figures-service.ts';
import { browser, file, newBrowser, type TestSession } from './test-browser.ts';

interface GeneratedSet {
  meanAveragePrecision: number;
  accuracy: Record<'place' | 'light' | 'size', number>;
  photos: {
    vector: number[];
    teaches: boolean;
    things: string[];
    place: string;
    light: string;
    size: string;
  }[];
}

const golden: GeneratedSet = JSON.parse(
  readFileSync(new URL('../../core/learning/golden/generated-set.json', import.meta.url), 'utf8'),
);
type Photo = GeneratedSet['photos'][number];

beforeEach(newBrowser);

/** Imports a set with its labels, teaches it on one side and judges it on the other. */
async function judged({ library }: TestSession, kind: string, labelsOf: (photo: Photo) => unknown) {
  const { labelExchange, taughtSets } = library.labelling;
  const photos = golden.photos.map((photo, n) => ({
    name: `${n}.jpg`,
    labels: labelsOf(photo),
    fullyLabelled: kind === 'multi-label',
    split: photo.teaches ? 'train' : 'test',
  }));
  const text = JSON.stringify({ name: kind, kind, photos });
  const source = { kind: 'texts', texts: [{ name: `${kind}.json`, text }] } as const;
  const dry = labelExchange.preview(source, null);
  if (!dry.ok) throw new Error(dry.problem.code);
  const done = await labelExchange.import(source, dry.preview.target);
  if (!done.ok) throw new Error(done.problem.code);
  const thresholds = { kind: 'best-f1' } as const;
  const choices = { thresholds, balanced: false, together: false, sameStrictness: false };
  const taught = await taughtSets.teach(done.set.id, choices);
  expect(taught).toMatchObject({ kind: 'taught', report: { photos: 50, judging: 70 } });
  const service = new FiguresService({
    judged: (set, scope) => library.labelling.judgedSet(set, scope),
    version: async () => null,
  });
  const scope = { query: null, side: 'validation' } as const;
  const figures = await service.open({ set: String(done.set.id), scope, thresholds: {} }, () => {});
  if (figures === null) throw new Error('nothing is judged');
  return figures;
}

it('a generated set of each kind, taught on some photos, judges the others as well as scikit-learn does', async () => {
  const session = await browser.started();
  const photos = golden.photos.map(({ vector }, n) => file(`${n}.jpg`, `picture ${n} v=${vector.join(',')}`));
  await session.add(photos);
  const things = await judged(session, 'multi-label', (photo) => photo.things);
  if (things.kind !== 'labels') throw new Error('no labels');
  expect(things.figures.photos).toBe(70);
  expect(things.figures.summary.meanAveragePrecision).toBeGreaterThan(golden.meanAveragePrecision - 0.01);
  const place = await judged(session, 'multi-class', (photo) => photo.place);
  const both = await judged(session, 'multi-output', ({ light, size }) => ({ light, size }));
  if (place.kind !== 'classes' || both.kind !== 'classes') throw new Error('no classes');
  const [light, size] = both.groups;
  const { accuracy } = golden;
  for (const [group, least] of [
    [place.groups[0], accuracy.place],
    [light, accuracy.light],
    [size, accuracy.size],
  ] as const) {
    expect(group!.photos).toBe(70);
    expect(group!.figures.accuracy, group!.name).toBeGreaterThan(least - 0.01);
  }
});
