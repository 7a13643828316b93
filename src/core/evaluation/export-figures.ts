import type { ConfusionMatrix } from './confusion-matrix.ts';
import type { AverageRates, LabelRates } from './rates.ts';
import type { Interval } from './resample.ts';
import type { ThresholdedFigures } from './thresholded-figures.ts';

/**
 * Rows as CSV (RFC 4180: comma, CRLF, quotes where needed). Numbers are written in full; NaN and infinities are left
 * empty. A text that a spreadsheet would run as a formula is given a leading apostrophe.
 */
export function csvText(rows: Iterable<readonly (string | number)[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(csvCell).join(',')}\r\n`;
  return text;
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The label table with the 2x2 of each label, a row per label, under a header. */
export function labelTableCsv(names: readonly string[], figures: ThresholdedFigures): string {
  const table = figures.table();
  return tableCsv(names, [
    ['threshold', figures.thresholds],
    ['support', table.support],
    ['true_positives', figures.truePositives],
    ['false_positives', figures.falsePositives],
    ['false_negatives', figures.falseNegatives],
    ['true_negatives', figures.trueNegatives],
    ['precision', table.precision],
    ['recall', table.recall],
    ['f1', table.f1],
    ['average_precision', table.averagePrecision],
  ]);
}

/** Figures of classes, a row per class, under a header. */
export function classTableCsv(
  names: readonly string[],
  { support, precision, recall, f1 }: LabelRates,
  averagePrecision: ArrayLike<number>,
): string {
  return tableCsv(names, [
    ['support', support],
    ['precision', precision],
    ['recall', recall],
    ['f1', f1],
    ['average_precision', averagePrecision],
  ]);
}

/** Figures of a whole set, a row each: its name, its value, and its interval where there is one. */
export function summaryCsv(
  figures: readonly (readonly [name: string, value: number, interval?: Interval | undefined])[],
): string {
  return csvText([
    ['figure', 'value', 'low', 'high'],
    ...figures.map(([name, value, interval]) => [
      name,
      value,
      interval?.low ?? Number.NaN,
      interval?.high ?? Number.NaN,
    ]),
  ]);
}

/** The nine means of precision, recall and F1, as rows of `summaryCsv`. */
export function averageRows(averages: AverageRates): [name: string, value: number][] {
  return (['macro', 'micro', 'weighted'] as const).flatMap((mean) =>
    (['precision', 'recall', 'f1'] as const).map((rate): [string, number] => [
      `${mean}_${rate}`,
      averages[mean][rate],
    ]),
  );
}

function tableCsv(
  names: readonly string[],
  columns: readonly (readonly [heading: string, values: ArrayLike<number>])[],
): string {
  for (const [, values] of columns) checkNames(names, values.length);
  return csvText([
    ['label', ...columns.map(([heading]) => heading)],
    ...names.map((name, label) => [name, ...columns.map(([, values]) => values[label]!)]),
  ]);
}

/** The counts of a confusion matrix, a row per actual class; the last column counts refused photos. */
export function confusionCsv(
  names: readonly string[],
  { classCount, counts, refused }: ConfusionMatrix,
): string {
  checkNames(names, classCount);
  return csvText([
    ['actual \\ predicted', ...names, 'refused'],
    ...names.map((name, c) => [name, ...counts.subarray(c * classCount, (c + 1) * classCount), refused[c]!]),
  ]);
}

/** Numbers of equal length side by side, such as the arrays of a curve, under their names. */
export function columnsCsv(columns: Readonly<Record<string, ArrayLike<number>>>): string {
  const series = Object.values(columns);
  const rows = series[0]?.length ?? 0;
  if (series.some((values) => values.length !== rows)) {
    throw new RangeError(`Columns of ${series.map((values) => values.length).join(', ')} values`);
  }
  return csvText([
    Object.keys(columns),
    ...Array.from({ length: rows }, (_, row) => series.map((values) => values[row]!)),
  ]);
}

/** Any figures as indented JSON: typed arrays become lists; NaN and infinities, which JSON has not, become null. */
export function figuresJson(figures: unknown): string {
  return JSON.stringify(
    figures,
    (_, value: unknown) =>
      ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value,
    2,
  );
}

function checkNames(names: readonly string[], wanted: number): void {
  if (names.length !== wanted) throw new RangeError(`${names.length} names; expected ${wanted}`);
}
