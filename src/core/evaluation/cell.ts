import { compareRuns, labelVerdicts } from './compare-runs.ts';
import { type Outcome, rowsOfCurvePoint, rowsOfOutcome, rowsOfPair } from './label-rows.ts';
import { columnsOf, type LabelledPhotos } from './labelled-photos.ts';
import { rowsOfHistogramBar, rowsOfReliabilityBin } from './score-bins.ts';
import { absent, present } from './truth.ts';

/** The set of the model's own labels, whose truth is what the person confirmed and ruled out. */
export const modelSet = 'model';

/**
 * [Note: Cells] The photos behind a figure: a cell of a table, a bar, a point. A cell says by itself which photos it means
 * (set, labels, thresholds), so that it can be a link and is looked up anew whenever a photo changes. Labels are text ids.
 */
export type Cell = { readonly set: string } & (
  | { readonly kind: Outcome; readonly label: string; readonly threshold: number }
  /** Known photos that are predicted at that threshold: a point of a curve. */
  | { readonly kind: 'predicted'; readonly label: string; readonly threshold: number }
  /** Missed `label` while predicting `other`; `onlyWrong`: where `other` is wrong. */
  | {
      readonly kind: 'pair';
      readonly label: string;
      readonly threshold: number;
      readonly other: string;
      readonly otherThreshold: number;
      readonly onlyWrong: boolean;
    }
  /** A bar of the histogram of scores. */
  | {
      readonly kind: 'bar';
      readonly label: string;
      readonly given: boolean;
      readonly bin: number;
      readonly bins: number;
    }
  /** Photos of the class `label` that are taken for `other`: a cell of a confusion matrix. */
  | { readonly kind: 'classes'; readonly label: string; readonly other: string }
  /** What became of a label from one threshold to another: photos that were wrong and are right, or the other way. */
  | {
      readonly kind: 'fixed' | 'broken';
      readonly label: string;
      readonly threshold: number;
      readonly otherThreshold: number;
    }
  /** A point of the reliability diagram. */
  | { readonly kind: 'bin'; readonly label: string; readonly bin: number; readonly bins: number }
);

const outcomeNames = {
  tp: 'truePositive',
  fp: 'falsePositive',
  fn: 'falseNegative',
  tn: 'trueNegative',
} as const satisfies Record<string, Outcome>;
const outcomeCodes = Object.fromEntries(Object.entries(outcomeNames).map(([code, name]) => [name, code]));
/** More bins than any chart has; a link may hold any number. */
const mostBins = 1000;

/** A cell as text for a link, such as `model/fn/dog/0.5`. */
export function formatCell(cell: Cell): string {
  const parts: (string | number)[] = [cell.set];
  switch (cell.kind) {
    case 'predicted':
      parts.push('at', cell.label, cell.threshold);
      break;
    case 'pair':
      parts.push(cell.onlyWrong ? 'wrong-pair' : 'pair');
      parts.push(cell.label, cell.threshold, cell.other, cell.otherThreshold);
      break;
    case 'classes':
      parts.push('as', cell.label, cell.other);
      break;
    case 'fixed':
    case 'broken':
      parts.push(cell.kind, cell.label, cell.threshold, cell.otherThreshold);
      break;
    case 'bar':
      parts.push(cell.given ? 'bar-with' : 'bar-without', cell.label, cell.bin, cell.bins);
      break;
    case 'bin':
      parts.push('bin', cell.label, cell.bin, cell.bins);
      break;
    default:
      parts.push(outcomeCodes[cell.kind]!, cell.label, cell.threshold);
  }
  return parts.map((part) => encodeURIComponent(String(part))).join('/');
}

/** Null for a text that is no cell. */
export function parseCell(text: string): Cell | null {
  let parts: string[];
  try {
    parts = text.split('/').map(decodeURIComponent);
  } catch {
    return null; // a stray % in an edited link
  }
  const [set = '', code = '', label = '', a = '', b = '', c = ''] = parts;
  if (set === '' || label === '') return null;
  if (code === 'as') return a !== '' && parts.length === 4 ? { set, kind: 'classes', label, other: a } : null;
  const threshold = numberOf(a);
  if (threshold === null) return null;
  const outcome = Object.hasOwn(outcomeNames, code) ? outcomeNames[code as keyof typeof outcomeNames] : null;
  if (outcome !== null) return parts.length === 4 ? { set, kind: outcome, label, threshold } : null;
  if (code === 'at') return parts.length === 4 ? { set, kind: 'predicted', label, threshold } : null;
  if (code === 'pair' || code === 'wrong-pair') {
    const otherThreshold = numberOf(c);
    if (b === '' || otherThreshold === null || parts.length !== 6) return null;
    return { set, kind: 'pair', label, threshold, other: b, otherThreshold, onlyWrong: code !== 'pair' };
  }
  if (code === 'fixed' || code === 'broken') {
    const otherThreshold = numberOf(b);
    if (otherThreshold === null || parts.length !== 5) return null;
    return { set, kind: code, label, threshold, otherThreshold };
  }
  const bins = numberOf(b);
  const isBin = Number.isInteger(threshold) && Number.isInteger(bins) && parts.length === 5;
  if (!isBin || bins === null || bins < 1 || bins > mostBins || threshold < 0 || threshold >= bins)
    return null;
  if (code === 'bin') return { set, kind: 'bin', label, bin: threshold, bins };
  if (code === 'bar-with' || code === 'bar-without') {
    return { set, kind: 'bar', label, given: code === 'bar-with', bin: threshold, bins };
  }
  return null;
}

/** The labels whose truth and scores a cell needs. */
export function labelsOfCell(cell: LabelCell): readonly string[] {
  return cell.kind === 'pair' ? [cell.label, cell.other] : [cell.label];
}

/** Cells of sets whose photos have any number of labels. */
export type LabelCell = Exclude<Cell, { kind: 'classes' }>;

/** The photos of a cell; none when the set does not know its labels. */
export function photosOfCell(photos: LabelledPhotos, cell: LabelCell): Uint32Array<ArrayBuffer> {
  const label = photos.labels.indexOf(cell.label);
  if (label === -1) return new Uint32Array(0);
  const columns = columnsOf(photos);
  const rows = () => {
    switch (cell.kind) {
      case 'predicted':
        return rowsOfCurvePoint(columns, label, cell.threshold);
      case 'pair': {
        const other = photos.labels.indexOf(cell.other);
        if (other === -1) return new Uint32Array(0);
        const thresholds = new Float64Array(columns.labelCount);
        thresholds[label] = cell.threshold;
        thresholds[other] = cell.otherThreshold;
        return rowsOfPair(columns, thresholds, label, other, { onlyWrong: cell.onlyWrong });
      }
      case 'fixed':
      case 'broken': {
        const before = labelVerdicts(columns, label, cell.threshold);
        const after = labelVerdicts(columns, label, cell.otherThreshold);
        return compareRuns(before, after)[cell.kind];
      }
      case 'bar': {
        const { bins, bin, given } = cell;
        const kind = given ? present : absent;
        return rowsOfHistogramBar(columns.truthOf(label), columns.scoresOf(label), bins, bin, kind);
      }
      case 'bin':
        return rowsOfReliabilityBin(columns.truthOf(label), columns.scoresOf(label), cell.bins, cell.bin);
      default:
        return rowsOfOutcome(columns, label, cell.threshold, cell.kind);
    }
  };
  return rows().map((row) => photos.ids[row]!);
}

/** Null for what is no finite number. */
function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}
