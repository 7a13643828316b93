import type { Cell } from './cell.ts';
import { groupOfClass, photosOfClasses } from './classified-photos.ts';
import { photosOfChange } from './compare-sets.ts';
import { guessesAsLabel } from './first-guesses.ts';
import { asLabels, atThresholds, type JudgedSet } from './judged-set.ts';
import { rowsOfCurvePoint, rowsOfOutcome, rowsOfPair } from './label-rows.ts';
import { columnsOf, type LabelledPhotos } from './labelled-photos.ts';
import { groupOfWhole, type Run } from './run.ts';
import { rowsOfHistogramBar, rowsOfReliabilityBin } from './score-bins.ts';
import { absent, present } from './truth.ts';

/** Cells of figures: those of what was said need no figures. */
export type JudgedCell = Exclude<Cell, { kind: 'said' }>;

/**
 * The photos of a cell; none when the set does not know its labels.
 *
 * @param versions kept ones that the cell needs; those that are gone have no photos
 */
export function photosOfCell(
  judged: JudgedSet,
  cell: JudgedCell,
  versions: ReadonlyMap<number, JudgedSet>,
): Uint32Array<ArrayBuffer> {
  const none = new Uint32Array(0);
  if ('before' in cell) {
    const of = (run: Run) =>
      run.version === null ? atThresholds(judged, run.moved) : versions.get(run.version);
    const [before, after] = [of(cell.before), of(cell.after)];
    if (before === undefined || after === undefined) return none;
    return photosOfChange(judged, before, after, cell.label, cell.kind);
  }
  if (cell.kind === 'classes') {
    if (judged.kind !== 'classes') return none;
    return photosOfClasses(judged.photos, cell.label, cell.other, cell.threshold);
  }
  if (judged.kind === 'labels') return photosOfLabel(judged.photos, cell);
  const { ids, groups } = judged.photos;
  const whole = groupOfWhole(cell.label);
  if (whole !== null) {
    const guessed = groups[whole];
    return guessed === undefined ? none : photosOfLabel(guessesAsLabel(ids, guessed, cell.label), cell);
  }
  const group = groupOfClass(judged.photos, cell.label);
  return group === null ? none : photosOfLabel(asLabels(ids, group), cell);
}

function photosOfLabel(
  photos: LabelledPhotos,
  cell: Exclude<JudgedCell, { kind: 'classes' } | { before: Run }>,
): Uint32Array<ArrayBuffer> {
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
