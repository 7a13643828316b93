import { describe, expect, it } from 'vitest';
import { type ClassifiedPhotos, photosOfClasses } from '../../core/evaluation/classified-photos.ts';
import { columnsOf, type LabelledPhotos } from '../../core/evaluation/labelled-photos.ts';
import { type JudgedCell, photosOfCell } from '../../core/evaluation/photos-of-cell.ts';
import { presentRun } from '../../core/evaluation/run.ts';
import { absent, present, unknown } from '../../core/evaluation/truth.ts';
import type { FiguresEvent } from '../../protocol/figures.ts';
import { until } from '../storage/test-clock.ts';
import { FiguresService } from './figures-service.ts';

/** Three kinds; the second photo is said to be a cat and looks like a dog, of the last nobody has said what it is. */
const classes: ClassifiedPhotos = {
  ids: Uint32Array.of(10, 20, 30, 40),
  groups: [
    {
      name: 'Kind',
      classes: ['cat', 'dog', 'owl'],
      truth: Int16Array.of(0, 0, 1, -1),
      scores: Float32Array.of(0.8, 0.1, 0.1, 0.1, 0.9, 0, 0.3, 0.6, 0.1, 0.2, 0.2, 0.6),
      threshold: 0,
      refused: new Uint8Array(4),
    },
  ],
};

/** Seeded truth and scores that agree more often than not. */
function made(rows: number, labels: number): LabelledPhotos {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const truth = Uint8Array.from({ length: rows * labels }, () => {
    const any = random();
    return any < 0.1 ? unknown : any < 0.4 ? present : absent;
  });
  return {
    ids: Uint32Array.from({ length: rows }, (_, row) => row + 1),
    labels: Array.from({ length: labels }, (_, label) => `l${label}`),
    truth,
    scores: Uint8Array.from(truth, (entry) => {
      // Some were said wrongly.
      const isThere = (entry === present) !== random() < 0.07;
      return 255 * (0.4 * (isThere ? 1 : 0) + 0.6 * random());
    }),
    thresholds: new Float64Array(labels).fill(0.5),
  };
}

describe('the figures worker', () => {
  const request = { set: 'model', scope: { query: null, side: null }, thresholds: { l1: 0.9 } };
  const photos = made(300, 3);
  const photosOf = (cell: JudgedCell) => photosOfCell({ kind: 'labels', photos }, cell, new Map());
  const moveTo = async (service: FiguresService, thresholds: Float64Array) => {
    const judged = await service.move(thresholds);
    if (judged.kind !== 'labels') throw new Error('no labels');
    return judged.figures;
  };
  const opened = async () => {
    const events: FiguresEvent[] = [];
    const service = new FiguresService({
      judged: async (set) =>
        set === 'model'
          ? { kind: 'labels', photos }
          : set === '1'
            ? { kind: 'classes', photos: classes }
            : null,
      // A version of the model's labels: half the scores.
      version: async (number) =>
        number === 7
          ? { kind: 'labels', photos: { ...photos, scores: photos.scores.map((score) => score / 2) } }
          : null,
    });
    const judged = await service.open(request, (event) => events.push(event));
    if (judged?.kind !== 'labels') throw new Error('no labels');
    return { events, service, figures: judged.figures };
  };

  it('answers with the table at once and tells the slower figures later', async () => {
    const { events, figures } = await opened();
    expect(figures.photos).toBe(300);
    expect([...figures.thresholds]).toEqual([0.5, 0.9, 0.5]);
    expect([...figures.ownThresholds]).toEqual([0.5, 0.5, 0.5]);
    await until(() => events.length === 2);
    expect(events.map(({ kind }) => kind)).toEqual(['photos', 'intervals']);
    const [photosEvent, intervalsEvent] = events;
    if (photosEvent?.kind !== 'photos' || intervalsEvent?.kind !== 'intervals') throw new Error('order');
    const { low, high } = intervalsEvent.intervals.meanAveragePrecision;
    expect(low).toBeLessThan(figures.summary.meanAveragePrecision);
    expect(high).toBeGreaterThan(figures.summary.meanAveragePrecision);
    const { pairs } = photosEvent.part;
    expect(pairs.photos.length).toBeGreaterThan(2);
    // Each listed pair has exactly its photos.
    pairs.photos.forEach((count, n) => {
      const [missed, other] = [pairs.missed[n]!, pairs.predicted[n]!];
      const cell = {
        set: 'model',
        kind: 'pair',
        label: `l${missed}`,
        threshold: figures.thresholds[missed]!,
        other: `l${other}`,
        otherThreshold: figures.thresholds[other]!,
      } as const;
      expect(photosOf({ ...cell, onlyWrong: false })).toHaveLength(count);
      expect(photosOf({ ...cell, onlyWrong: true })).toHaveLength(pairs.wrong[n]!);
    });
  });

  it('moves every figure with a threshold, and forgets what was asked before', async () => {
    const { events, service } = await opened();
    await service.move(Float64Array.of(0.1, 0.1, 0.1));
    const moved = await moveTo(service, Float64Array.of(0, 0, 1.1));
    expect(moved.table.recall[0]).toBe(1);
    expect(moved.truePositives[2]).toBe(0);
    expect(moved.table.precision[2]).toBeNaN();
    await until(() => events.some(({ kind }) => kind === 'intervals'));
    expect(events.filter(({ kind }) => kind === 'intervals')).toHaveLength(1);
    const counts = [moved.truePositives, moved.falsePositives, moved.falseNegatives, moved.trueNegatives];
    const known = columnsOf(photos)
      .truthOf(1)
      .filter((entry) => entry !== unknown).length;
    expect(counts.reduce((sum, cell) => sum + cell[1]!, 0)).toBe(known);
  });

  it('opens anew while a threshold moves, and keeps what was moved', async () => {
    let answer: () => void = () => {};
    let turn = 0;
    const grown = Float64Array.of(0.5, 0.6, 0.5, 0.8);
    const service = new FiguresService({
      judged: async () => {
        if (turn++ > 0) await new Promise<void>((resolve) => (answer = resolve));
        // In the end the second label is taught anew, and another one has come.
        return { kind: 'labels', photos: turn === 3 ? { ...made(300, 4), thresholds: grown } : photos };
      },
      version: async () => null,
    });
    await service.open(request, () => {});
    const opening = service.open(request, () => {});
    await service.move(Float64Array.of(0.2, 0.3, 0.4));
    answer();
    const again = await opening;
    expect(again?.kind === 'labels' && [...again.figures.thresholds]).toEqual([0.2, 0.3, 0.4]);
    // Said before it was asked to load anew, answered after the request was put together; one back to its own.
    await service.move(Float64Array.of(0.25, 0.5, 0.4));
    const last = service.open(request, () => {});
    answer();
    const loaded = await last;
    expect(loaded?.kind === 'labels' && [...loaded.figures.thresholds]).toEqual([0.25, 0.6, 0.4, 0.8]);
    // A move of the three that were there before says nothing of the four.
    const late = await moveTo(service, Float64Array.of(0.1, 0.1, 0.1));
    expect([...late.thresholds]).toEqual([0.25, 0.6, 0.4, 0.8]);
    const other = service.open({ ...request, set: 'other' }, () => {});
    answer();
    const fresh = await other;
    expect(fresh?.kind === 'labels' && [...fresh.figures.thresholds]).toEqual([0.5, 0.9, 0.5]);
  });

  it('chooses thresholds and draws curves of a label', async () => {
    const { service, figures } = await opened();
    const best = await service.choose({ kind: 'best-f1' });
    expect(best.unreached).toBe(0);
    const moved = await moveTo(service, best.thresholds);
    for (const [label, f1] of moved.table.f1.entries()) {
      expect(f1).toBeGreaterThanOrEqual(figures.table.f1[label]!);
    }
    for (const wanted of [0.8, 0.9]) {
      const sure = await service.choose({ kind: 'precision', wanted });
      expect(sure.unreached).toBe(0);
      const { precision } = (await moveTo(service, sure.thresholds)).table;
      expect(Math.min(...precision)).toBeGreaterThanOrEqual(wanted);
    }
    const never = await service.choose({ kind: 'precision', wanted: 1.01 });
    expect(never).toEqual({ thresholds: expect.anything(), unreached: 3 });
    const curves = await service.curves(2);
    expect(curves.precisionRecall.recall.length).toBeLessThanOrEqual(200);
    expect(curves.roc.truePositiveRate.at(-1)).toBe(1);
    // Each point says how many photos it opens.
    const { roc, rocPredicted } = curves;
    for (const point of [1, Math.floor(rocPredicted.length / 2), rocPredicted.length - 1]) {
      const threshold = roc.thresholds[point]!;
      const cell = { set: 'model', kind: 'predicted', label: 'l2', threshold } as const;
      expect(photosOf(cell)).toHaveLength(rocPredicted[point]!);
    }
    expect(curves.histogram.positives.reduce((a, b) => a + b, 0)).toBe(figures.table.support[2]);
    await expect(service.curves(3)).rejects.toThrow('Label 3 of 3');
  });

  it('ranks what was likely said wrongly, compares thresholds, and gives the figures as files', async () => {
    const { service, figures } = await opened();
    const errors = await service.errors();
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.map(({ selfConfidence }) => selfConfidence)).toEqual(
      errors.map(({ selfConfidence }) => selfConfidence).toSorted((a, b) => a - b),
    );
    const unlikely = errors.find(({ given }) => given)!;
    const at = figures.labels.indexOf(unlikely.label) * 300 + photos.ids.indexOf(unlikely.photo);
    expect(photos.truth[at]).toBe(present);
    expect(photos.scores[at]! / 255).toBeCloseTo(unlikely.selfConfidence, 9);

    const after = { version: null, moved: { l1: 0.9 } } as const;
    const part = (await service.compare(presentRun, after))!.parts[0]!;
    const [first, second] = part.labels;
    expect(first).toMatchObject({ label: 'l0', before: 0.5, after: 0.5, fixed: 0, broken: 0 });
    const change = { set: 'model', label: 'l1', before: presentRun, after } as const;
    expect(photosOf({ ...change, kind: 'fixed' })).toHaveLength(second!.fixed);
    expect(photosOf({ ...change, kind: 'broken' })).toHaveLength(second!.broken);
    expect(second!.broken).toBeGreaterThan(0);
    expect(second!.f1After).toBe(figures.table.f1[1]);
    for (const kind of ['fixed', 'broken', 'bothRight', 'bothWrong'] as const) {
      expect(photosOf({ ...change, label: part.whole, kind })).toHaveLength(part[kind]);
    }
    expect(part.figures.find(({ name }) => name === 'map')).toEqual({
      name: 'map',
      before: figures.summary.meanAveragePrecision,
      after: figures.summary.meanAveragePrecision,
    });
    const halved = (await service.compare({ version: 7 }, presentRun))!.parts[0]!;
    expect(halved.labels[0]!.f1After).toBeGreaterThan(halved.labels[0]!.f1Before);
    expect(halved.fixed + halved.broken + halved.bothRight + halved.bothWrong).toBe(figures.photos);
    expect(await service.compare({ version: 8 }, presentRun)).toBeNull();

    const csv = (await service.file('csv', { l0: 'Dog, big' })).split('\r\n');
    expect(csv[1]).toMatch(/^"Dog, big",0\.5,/);
    expect(csv[2]).toMatch(/^l1,0\.9,/);
    expect(csv.filter((line) => /^(hamming_loss|weighted_recall|cf1),0\.\d+,/.test(line))).toHaveLength(3);
    const json = JSON.parse(await service.file('json', { l0: 'Dog' }));
    expect(json.figures.table.f1).toHaveLength(3);
    expect(json.figures.names).toEqual(['Dog', 'l1', 'l2']);
    expect(json.photos.subsetAccuracy).toBeGreaterThan(0);
    expect(json.intervals.cf1.low).toBeLessThan(json.figures.summary.cf1);
    expect(json.scores.rocArea).toHaveLength(3);
    // All charts, for programs and for spreadsheets.
    const drawn = await service.curves(1);
    const [, chart] = json.curves;
    expect(chart.name).toBe('l1');
    expect(chart.roc.truePositiveRate).toEqual([...drawn.roc.truePositiveRate]);
    expect(chart.histogram.negatives).toEqual([...drawn.histogram.negatives]);
    const rows = (await service.file('curves', { l0: 'Dog' })).split('\r\n');
    expect(rows[0]).toBe('group,label,chart,threshold,x,y,photos');
    const of = (label: string, name: string) => rows.filter((row) => row.startsWith(`,${label},${name},`));
    expect(of('l1', 'roc')).toHaveLength(drawn.roc.thresholds.length);
    const point = 2;
    const { thresholds, recall, precision, f1 } = drawn.precisionRecall;
    const [threshold, photosThere] = [thresholds[point], drawn.predicted[point]];
    expect(of('l1', 'precision_recall')[point]).toBe(
      `,l1,precision_recall,${threshold},${recall[point]},${precision[point]},${photosThere}`,
    );
    expect(of('l1', 'f1')[point]).toBe(`,l1,f1,${threshold},${threshold},${f1[point]},${photosThere}`);
    expect(of('Dog', 'reliability')).toHaveLength(10);
    const bars = [...of('l1', 'scores_with'), ...of('l1', 'scores_without')];
    const inBars = bars.reduce((sum, row) => sum + Number(row.split(',').at(-1)), 0);
    expect(bars).toHaveLength(40);
    expect(inBars).toBe(photos.truth.subarray(300, 600).filter((entry) => entry !== unknown).length);
  });

  it('judges classes: a matrix whose cells have their photos, suspects, intervals', async () => {
    const { events, service } = await opened();
    events.length = 0;
    const judged = await service.open({ ...request, set: '1' }, (event) => events.push(event));
    if (judged?.kind !== 'classes') throw new Error('no classes');
    const [group] = judged.groups;
    expect(group).toMatchObject({ name: 'Kind', photos: 3, classes: ['cat', 'dog', 'owl'] });
    expect([...group!.counts]).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 0]);
    expect(group!.figures.accuracy).toBeCloseTo(2 / 3, 9);
    expect(group!.topK[1]).toBe(1);
    expect([...photosOfClasses(classes, 'cat', 'dog', 0)]).toEqual([20]);
    expect([...photosOfClasses(classes, 'cat', 'owl', 0)]).toEqual([]);
    expect(await service.errors()).toEqual([
      { photo: 20, label: 'cat', given: true, suggested: 'dog', selfConfidence: expect.closeTo(0.1) },
    ]);
    await until(() => events.some(({ kind }) => kind === 'class-intervals'));
    const csv = await service.file('csv', { cat: 'Cat' });
    expect(csv).toContain('Cat,1,1,0,0');
    expect(csv).toMatch(/^group,Kind\r\n/);
    expect(csv).toMatch(/\r\naccuracy,0\.66\d+,\d/);
    const json = JSON.parse(await service.file('json', { cat: 'Cat' }));
    expect(json.groups[0]).toMatchObject({ names: ['Cat', 'dog', 'owl'], intervals: { kappa: {} } });
    expect(csv).toContain('label,support,precision,recall,f1,average_precision\r\nCat,2,1,0.5,');
    expect(json.groups[0].curves.map(({ name }: { name: string }) => name)).toEqual(['Cat', 'dog', 'owl']);
    expect(json.groups[0].firstGuesses.histogram.positives).toHaveLength(20);
    const charts = await service.file('curves', { cat: 'Cat' });
    expect(charts).toContain('\r\nKind,Cat,roc,');
    expect(charts).toContain('\r\nKind,first_guesses,reliability,');
    // Behind the classes: the first guesses of the group, two of three right.
    expect((await service.curves(3)).histogram.positives.reduce((a, b) => a + b, 0)).toBe(2);
    const curves = await service.curves(1);
    expect([...curves.predicted]).toEqual([0, 1, 2, 3]);
    await expect(service.curves(4)).rejects.toThrow('Class 4');
    await expect(service.choose({ kind: 'best-f1' })).rejects.toThrow('classes');
    // A higher least probability refuses photos.
    const moved = await service.move(Float64Array.of(0.7));
    if (moved.kind !== 'classes') throw new Error('no classes');
    expect(moved.groups[0]).toMatchObject({ threshold: 0.7, ownThreshold: 0 });
    expect([...moved.groups[0]!.refused]).toEqual([0, 1, 0]);
    expect(moved.groups[0]!.figures.accuracy).toBeCloseTo(1 / 3, 9);
    const change = await service.compare(presentRun, { version: null, moved: { '*0': 0.7 } });
    expect(change!.parts[0]).toMatchObject({ name: 'Kind', whole: '*0', fixed: 0, broken: 1, bothRight: 1 });
  });

  it('says that a set is not there', async () => {
    const { service } = await opened();
    expect(await service.open({ ...request, set: 'other' }, () => {})).toBeNull();
  });
});
