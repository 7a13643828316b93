// @ts-check
/**
 * Figures of labels: milliseconds of each part, and of a threshold move against computing all figures from the photos
 * again, by turns. Seeded; one thread.
 *
 * node scripts/bench/evaluation.mjs [--large]     --large: 200,000 photos x 600 labels in bytes as well (0.3 GB)
 */
import { pathToFileURL } from 'node:url';
import { median, processorMilliseconds } from './core/figures.mjs';
import { loadCore } from './core/load-core.mjs';
import { naiveFigures } from './evaluation/naive.mjs';

/** @param {number} seed */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Milliseconds of each round, the tasks taking turns. @param {Record<string, () => unknown>} tasks @param {number} rounds */
function timed(tasks, rounds) {
  /** @type {Record<string, number[]>} */
  const times = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      task();
      times[name] = [...(times[name] ?? []), performance.now() - start];
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

/**
 * Runs steps to the end, and the longest of them in milliseconds.
 *
 * @template T
 * @param {Generator<unknown, T>} steps
 * @returns {{ value: T, longest: number }}
 */
function finish(steps) {
  let longest = 0;
  for (;;) {
    const start = performance.now();
    const step = steps.next();
    longest = Math.max(longest, performance.now() - start);
    if (step.done) return { value: step.value, longest };
  }
}

/**
 * What a task takes: by the clock, and of the processor (which other work on the machine does not change).
 *
 * @param {string} name
 * @param {() => { longest: number } | void} task
 */
function measured(name, task) {
  const [start, before] = [performance.now(), processorMilliseconds()];
  const done = task();
  const [milliseconds, busy] = [performance.now() - start, processorMilliseconds() - before];
  const longest = done ? `, longest step ${done.longest.toFixed(1)} ms` : '';
  console.log(`  ${name}: ${milliseconds.toFixed(0)} ms (processor ${busy.toFixed(0)} ms)${longest}`);
}

/** @param {Record<string, number>} times */
function print(times) {
  for (const [name, ms] of Object.entries(times)) console.log(`  ${name}: ${ms.toFixed(ms < 10 ? 2 : 0)} ms`);
}

/** @param {typeof import('./evaluation/entry.ts')} core */
function several(core) {
  const rows = 17_125;
  const labels = 20;
  const random = uniform(1);
  const truth = Uint8Array.from({ length: rows * labels }, () => (random() < 0.08 ? 1 : 0));
  const scores = Float32Array.from(truth, (entry) => 0.35 * entry + 0.65 * random());
  const columns = core.columnsOfRows(truth, scores, rows, labels);
  const rankings = finish(core.rankLabelSteps(columns)).value;
  const figures = new core.ThresholdedFigures(rankings, 0.5);
  const thresholds = new Float64Array(labels).fill(0.5);
  const truthBits = finish(core.truthBitSteps(columns)).value;
  const photos = finish(core.photoFigureSteps(columns, thresholds, truthBits)).value;
  const naive = naiveFigures(columns, 0.5);
  const { meanAveragePrecision, macro } = figures.summary();
  const differs = Math.max(
    Math.abs(naive.map - meanAveragePrecision),
    Math.abs(naive.macroF1 - macro.f1),
    Math.abs(naive.subset - photos.subsetAccuracy),
  );
  // Equal float32 scores have no order in the naive average precision; everything else must agree.
  if (differs > 1e-4) throw new Error(`The figures differ from the naive ones by ${differs}`);
  console.log(`${rows} photos x ${labels} labels, float32; medians`);
  let threshold = 0;
  const times = timed(
    {
      'all figures again, naively': () => naiveFigures(columns, 0.5),
      'a threshold moved: table and summary': () => {
        threshold = (threshold + 0.07) % 1;
        figures.moveAll(threshold);
        figures.table();
        figures.summary();
      },
      'a threshold moved: subset accuracy and pairs': () => {
        thresholds.fill(threshold);
        core.commonPairs(finish(core.photoFigureSteps(columns, thresholds, truthBits)).value, labels, 200);
      },
      'photos behind a cell': () => core.rowsOfOutcome(columns, 3, 0.5, 'falsePositive'),
      'ranking all labels': () => finish(core.rankLabelSteps(columns)),
      'all curves, histograms and diagrams': () =>
        rankings.map((ranking) => [
          core.precisionRecallCurve(ranking),
          core.rocCurve(ranking),
          core.rocArea(ranking),
          core.scoreHistogram(ranking, 20),
          core.reliability(ranking, 15),
        ]),
      'likely label errors': () => finish(core.likelyLabelErrorSteps(columns)),
    },
    7,
  );
  print(times);
  const move =
    (times['a threshold moved: table and summary'] ?? 0) +
    (times['a threshold moved: subset accuracy and pairs'] ?? 0);
  console.log(`  naive / move: ${((times['all figures again, naively'] ?? 0) / move).toFixed(0)}`);
  thresholds.fill(0.5);
  for (let round = 0; round < 3; round++) {
    const bootstrap = new core.LabelBootstrap(columns, rankings, photos.verdicts, { seed: 1 });
    for (const [what, to] of /** @type {const} */ ([
      ['first', 0.5],
      ['after a threshold move', 0.45],
    ])) {
      thresholds.fill(to);
      const { verdicts } = finish(core.photoFigureSteps(columns, thresholds, truthBits)).value;
      measured(`intervals, 1000 resamples, ${what}`, () => finish(bootstrap.steps(thresholds, verdicts)));
    }
  }
}

/** @param {typeof import('./evaluation/entry.ts')} core */
function oneOfMany(core) {
  const random = uniform(2);
  const truth = Int32Array.from({ length: 44_000 }, () => Math.floor(143 * random()));
  const predicted = truth.map((c) => (random() < 0.7 ? c : Math.floor(143 * random())));
  const matrix = core.confusionMatrix(truth, predicted, 143);
  console.log(`${truth.length} photos, one of 143 classes; medians`);
  print(
    timed(
      {
        'matrix and figures': () => core.classFigures(core.confusionMatrix(truth, predicted, 143)),
        'order by clusters': () => core.orderByClusters(matrix),
        'intervals, 1000 resamples': () =>
          finish(core.classIntervalSteps(truth, predicted, 143, { seed: 1 })),
      },
      3,
    ),
  );
}

/** @param {typeof import('./evaluation/entry.ts')} core */
function large(core) {
  const rows = 200_000;
  const labels = 600;
  const random = uniform(3);
  const truth = Uint8Array.from({ length: rows * 8 }, () => (random() < 0.02 ? 1 : 0));
  const scores = Uint8Array.from(truth, (entry) => 60 * entry + 195 * random() ** 4);
  // Eight different columns stand for 600, each in memory of its own so that no cache flatters the times.
  const truths = new Uint8Array(rows * labels);
  const bytes = new Uint8Array(rows * labels);
  for (let at = 0; at < truths.length; at += truth.length) {
    truths.set(truth.subarray(0, truths.length - at), at);
    bytes.set(scores.subarray(0, truths.length - at), at);
  }
  const columns = {
    rowCount: rows,
    labelCount: labels,
    truthOf: (/** @type {number} */ label) => truths.subarray(label * rows, (label + 1) * rows),
    scoresOf: (/** @type {number} */ label) => bytes.subarray(label * rows, (label + 1) * rows),
  };
  console.log(`${rows} photos x ${labels} labels, bytes`);
  /** @type {ReturnType<typeof finish<import('../../src/core/evaluation/label-ranking.ts').LabelRanking[]>>} */
  let ranked = { value: [], longest: 0 };
  measured('ranking all labels', () => {
    ranked = finish(core.rankLabelSteps(columns));
    return ranked;
  });
  const figures = new core.ThresholdedFigures(ranked.value, 0.5);
  print(
    timed(
      {
        'a threshold moved: table and summary': () => {
          figures.moveAll(0.6);
          figures.table();
          figures.summary();
        },
      },
      7,
    ),
  );
  const truthBits = finish(core.truthBitSteps(columns)).value;
  measured('truth as bits, once', () => finish(core.truthBitSteps(columns)));
  let verdicts = new Uint8Array(rows);
  for (const to of [0.7, 0.5, 0.3, 0.7]) {
    const thresholds = new Float64Array(labels).fill(to);
    measured(`subset accuracy and pairs, all thresholds ${to}`, () => {
      const photos = finish(core.photoFigureSteps(columns, thresholds, truthBits));
      const start = performance.now();
      core.commonPairs(photos.value, labels, 200);
      verdicts = photos.value.verdicts;
      return { longest: Math.max(photos.longest, performance.now() - start) };
    });
  }
  const bootstrap = new core.LabelBootstrap(columns, ranked.value, verdicts, { seed: 1 });
  measured('first intervals, 40 resamples', () => {
    for (const run of bootstrap.steps(new Float64Array(labels).fill(0.7), verdicts)) {
      if (run.done >= 40) return void run.intervals();
    }
  });
}

export async function run(withLarge = false) {
  /** @type {typeof import('./evaluation/entry.ts')} */
  const core = await loadCore(new URL('./evaluation/entry.ts', import.meta.url));
  several(core);
  oneOfMany(core);
  if (withLarge) large(core);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await run(process.argv.includes('--large'));
}
