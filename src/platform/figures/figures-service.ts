import { type ComparedSets, compareSetSteps } from '../../core/evaluation/compare-sets.ts';
import { atThresholds, type JudgedSet } from '../../core/evaluation/judged-set.ts';
import { columnsOf } from '../../core/evaluation/labelled-photos.ts';
import type { MovedThresholds, Run } from '../../core/evaluation/run.ts';
import { rankLabelSteps } from '../../core/evaluation/thresholded-figures.ts';
import type {
  ExportKind,
  FiguresApi,
  FiguresEvent,
  FiguresRequest,
  FiguresSource,
  Judged,
  LabelCurves,
  LikelyError,
  ThresholdGoal,
} from '../../protocol/figures.ts';
import { ClassJudging, fixedFigureSteps } from './class-judging.ts';
import { LabelJudging } from './label-judging.ts';
import { runInSlices } from './run-in-slices.ts';

/** Suspects that are listed: more than anybody reviews in one go. */
const mostErrors = 500;

interface Opened {
  readonly judging: LabelJudging | ClassJudging;
  readonly listener: (event: FiguresEvent) => void;
}

/** Computes figures of one set at a time, in a worker of their own. Newest wins: a newer call ends what is under way. */
export class FiguresService implements FiguresApi {
  readonly #source: FiguresSource;
  #opened: Opened | null = null;
  /** Grows with each change: slower figures of before are dropped. */
  #turn = 0;
  /** The same for what is being opened: a move of what is open until then does not end it. */
  #opening = 0;
  /** Thresholds that were moved while something was being opened. */
  #movedSince: Float64Array | null = null;
  #followed: Promise<void> = Promise.resolve();
  /** The same for comparisons: while a slider moves, only the last one is of interest. */
  #comparison = 0;

  constructor(source: FiguresSource) {
    this.#source = source;
  }

  async open(
    { set, scope, thresholds }: FiguresRequest,
    listener: (event: FiguresEvent) => void,
  ): Promise<Judged | null> {
    const opening = ++this.#opening;
    this.#movedSince = null;
    const judged = await this.#source.judged(set, scope);
    if (judged === null) return null;
    const judging = await this.#judging(judged, thresholds, () => opening === this.#opening);
    if (judging === null) return null;
    const before = this.#opened?.judging.judged;
    const moved = this.#movedSince;
    if (moved !== null && before !== undefined && namesOf(before) === namesOf(judged)) judging.move(moved);
    this.#opened = { judging, listener };
    this.#follow(++this.#turn);
    return judging.figures();
  }

  async move(thresholds: Float64Array): Promise<Judged> {
    const { judging } = this.#open;
    judging.move(thresholds);
    this.#movedSince = thresholds;
    this.#follow(++this.#turn);
    return judging.figures();
  }

  async curves(label: number): Promise<LabelCurves> {
    return this.#open.judging.curves(label);
  }

  async choose(goal: ThresholdGoal): Promise<Float64Array<ArrayBuffer>> {
    return this.#labels.choose(goal);
  }

  async errors(): Promise<readonly LikelyError[]> {
    const { judging } = this.#open;
    const found = await judging.errors(mostErrors, () => this.#opened?.judging === judging);
    return found ?? [];
  }

  async compare(before: Run, after: Run): Promise<ComparedSets | null> {
    const turn = ++this.#comparison;
    const { judging } = this.#open;
    const { judged } = judging;
    const [was, is] = [await this.#answers(judged, before), await this.#answers(judged, after)];
    if (was === null || is === null) return null;
    const wanted = () => turn === this.#comparison && this.#opened?.judging === judging;
    return runInSlices(compareSetSteps(judged, was, is), wanted);
  }

  async file(kind: ExportKind, names: Readonly<Record<string, string>>): Promise<string> {
    // What is shown by and by is in the file, too, unless a newer request ends it.
    await this.#followed;
    return this.#open.judging.file(kind, (id) => names[id] ?? id);
  }

  get #open(): Opened {
    if (this.#opened === null) throw new Error('no set is open; call open first');
    return this.#opened;
  }

  get #labels(): LabelJudging {
    const { judging } = this.#open;
    if (judging instanceof LabelJudging) return judging;
    throw new Error('the open set has classes, not labels with thresholds');
  }

  async #judging(
    judged: JudgedSet,
    moved: MovedThresholds,
    wanted: () => boolean,
  ): Promise<Opened['judging'] | null> {
    const thresholds = thresholdsOf(atThresholds(judged, moved));
    if (judged.kind === 'classes') {
      const fixed = await runInSlices(fixedFigureSteps(judged.photos), wanted);
      return fixed && new ClassJudging(judged.photos, fixed, thresholds);
    }
    const rankings = await runInSlices(rankLabelSteps(columnsOf(judged.photos)), wanted);
    return rankings && new LabelJudging(judged.photos, rankings, thresholds);
  }

  /** Null: the version is gone. */
  async #answers(judged: JudgedSet, run: Run): Promise<JudgedSet | null> {
    return run.version === null ? atThresholds(judged, run.moved) : this.#source.version(run.version);
  }

  /** The slower figures: told when they are there, unless something newer came. */
  #follow(turn: number): void {
    const { judging, listener } = this.#open;
    this.#followed = judging.follow(() => turn === this.#turn, listener);
  }
}

/** What thresholds are of: equal texts for sets whose thresholds mean the same. */
function namesOf({ kind, photos }: JudgedSet): string {
  const names = kind === 'classes' ? photos.groups.map(({ classes }) => classes.join()) : photos.labels;
  return `${kind} ${names.join('/')}`;
}

/** Of labels, or of groups of classes. */
function thresholdsOf({ kind, photos }: JudgedSet): number[] {
  return kind === 'classes' ? photos.groups.map(({ threshold }) => threshold) : [...photos.thresholds];
}
