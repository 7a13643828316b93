import type { SplitSide } from '../tagging/label-set.ts';
import type { Outcome } from './label-rows.ts';
import { formatRun, groupOfWhole, parseRun, type Run } from './run.ts';

/** The set of the model's own labels, whose truth is what the person confirmed and ruled out. */
export const modelSet = 'model';

/**
 * [Note: Cells] The photos behind a figure: a cell of a table, a bar, a point. A cell says by itself which photos it means
 * (set, labels, thresholds), so that it can be a link and is looked up anew whenever a photo changes. Labels are text ids.
 */
export type Cell = {
  readonly set: string;
  /** Only photos on that side of the person's split. */
  readonly side?: SplitSide;
} & (
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
  /**
   * Photos of the class `label` that are taken for `other` (null: refused), where what is less probable than the threshold
   * is refused: a cell of a confusion matrix.
   */
  | {
      readonly kind: 'classes';
      readonly label: string;
      readonly other: string | null;
      readonly threshold: number;
    }
  /**
   * What became of a label's photos, or of photos as a whole (`wholeOf`), from one run to another ([Note: Runs]): they were
   * wrong and are right, or the other way, or as before.
   */
  | { readonly kind: ChangeKind; readonly label: string; readonly before: Run; readonly after: Run }
  /** What was said of photos, whatever is predicted: a count of the label dictionary. */
  | ({ readonly kind: 'said' } & Said)
  /** A point of the reliability diagram. */
  | { readonly kind: 'bin'; readonly label: string; readonly bin: number; readonly bins: number }
);

/** `present`: has the label, and `other` where one is given; `absent`: is known not to have it. */
export type Said =
  | { readonly said: 'present'; readonly label: string; readonly other: string | null }
  | { readonly said: 'absent'; readonly label: string }
  /**
   * Photos of the set of which nothing was said, or anything, or all; or of which the set itself says 'none of these'. The
   * label is ''.
   */
  | { readonly said: (typeof wholeSaid)[number]; readonly label: string };

const wholeSaid = ['nothing', 'anything', 'all', 'none'] as const;

export type ChangeKind = 'fixed' | 'broken' | 'bothRight' | 'bothWrong';

const outcomeNames = {
  tp: 'truePositive',
  fp: 'falsePositive',
  fn: 'falseNegative',
  tn: 'trueNegative',
} as const satisfies Record<string, Outcome>;
const outcomeCodes = Object.fromEntries(Object.entries(outcomeNames).map(([code, name]) => [name, code]));
const changeNames = {
  fixed: 'fixed',
  broken: 'broken',
  'both-right': 'bothRight',
  'both-wrong': 'bothWrong',
} as const satisfies Record<string, ChangeKind>;
const changeCodes = Object.fromEntries(Object.entries(changeNames).map(([code, name]) => [name, code]));
/** Before the set: only that side of the split. */
const sideMarks: Readonly<Record<string, SplitSide>> = { '~train': 'train', '~validation': 'validation' };
/** More bins than any chart has; a link may hold any number. */
const mostBins = 1000;

/** A cell as text for a link, such as `model/fn/dog/0.5`. */
export function formatCell(cell: Cell): string {
  const parts: (string | number)[] = cell.side === undefined ? [cell.set] : [`~${cell.side}`, cell.set];
  switch (cell.kind) {
    case 'predicted':
      parts.push('at', cell.label, cell.threshold);
      break;
    case 'pair':
      parts.push(cell.onlyWrong ? 'wrong-pair' : 'pair');
      parts.push(cell.label, cell.threshold, cell.other, cell.otherThreshold);
      break;
    case 'classes':
      if (cell.other === null) parts.push('refused', cell.label, cell.threshold);
      else parts.push('as', cell.label, cell.other, cell.threshold);
      break;
    case 'fixed':
    case 'broken':
    case 'bothRight':
    case 'bothWrong':
      parts.push(changeCodes[cell.kind]!, cell.label, formatRun(cell.before), formatRun(cell.after));
      break;
    case 'said':
      parts.push('said', cell.said);
      if (cell.label !== '') parts.push(cell.label);
      if (cell.said === 'present' && cell.other !== null) parts.push(cell.other);
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
  const side = Object.hasOwn(sideMarks, parts[0]!) ? sideMarks[parts.shift()!] : undefined;
  const cell = parsed(parts);
  return cell === null || side === undefined ? cell : { ...cell, side };
}

function parsed(parts: readonly string[]): Cell | null {
  const [set = '', code = '', label = '', a = '', b = '', c = ''] = parts;
  if (set === '' || label === '') return null;
  if (code === 'said') return saidCell(set, parts.slice(2));
  if (code === 'as') {
    // Links that are older than refusals have no threshold.
    const threshold = parts.length === 4 ? 0 : numberOf(b);
    if (a === '' || threshold === null || parts.length > 5) return null;
    return { set, kind: 'classes', label, other: a, threshold };
  }
  if (Object.hasOwn(changeNames, code)) {
    const [before, after] = [parseRun(a), parseRun(b)];
    if (before === null || after === null || parts.length !== 5) return null;
    return { set, kind: changeNames[code as keyof typeof changeNames], label, before, after };
  }
  const threshold = numberOf(a);
  if (threshold === null) return null;
  const outcome = Object.hasOwn(outcomeNames, code) ? outcomeNames[code as keyof typeof outcomeNames] : null;
  if (outcome !== null) return parts.length === 4 ? { set, kind: outcome, label, threshold } : null;
  if (code === 'at') return parts.length === 4 ? { set, kind: 'predicted', label, threshold } : null;
  if (code === 'refused')
    return parts.length === 4 ? { set, kind: 'classes', label, other: null, threshold } : null;
  if (code === 'pair' || code === 'wrong-pair') {
    const otherThreshold = numberOf(c);
    if (b === '' || otherThreshold === null || parts.length !== 6) return null;
    return { set, kind: 'pair', label, threshold, other: b, otherThreshold, onlyWrong: code !== 'pair' };
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

/** The labels whose truth and scores a cell needs; null: all. */
export function labelsOfCell(cell: Cell): readonly string[] | null {
  if (cell.kind === 'pair') return [cell.label, cell.other];
  return groupOfWhole(cell.label) === null ? [cell.label] : null;
}

/** Numbers of the kept versions that a cell needs. */
export function versionsOfCell(cell: Cell): number[] {
  return 'before' in cell ? [cell.before, cell.after].flatMap(({ version }) => version ?? []) : [];
}

function saidCell(set: string, parts: readonly string[]): Cell | null {
  const [said, label = '', other = null] = parts;
  const whole = wholeSaid.find((one) => one === said);
  if (whole !== undefined) return parts.length === 1 ? { set, kind: 'said', said: whole, label: '' } : null;
  if (label === '' || other === '') return null;
  if (said === 'absent') return parts.length === 2 ? { set, kind: 'said', said, label } : null;
  return said === 'present' && parts.length <= 3 ? { set, kind: 'said', said, label, other } : null;
}

/** Null for what is no finite number. */
function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}
