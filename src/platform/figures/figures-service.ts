import { type ComparedSets, compareSetSteps } from '../../core/evaluation/compare-sets.ts';
import { atThresholds, type JudgedSet } from '../../core/evaluation/judged-set.ts';
import { columnsOf } from '../../core/evaluation/labelled-photos.ts';
import { type Run, wholeOf } from '../../core/evaluation/run.ts';
import { rankLabelSteps } from '../../core/evaluation/thresholded-figures.ts';
import type {
  ChosenThresholds,
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
  readonly set: string;
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
  /**
   * Of the set that was asked for last: thresholds that moved here, by label or `wholeOf(group)`; null: back to the set's own.
   * What is loaded meanwhile has them, too, also where labels have come or gone.
   */
  #moved: { readonly set: string; readonly to: Map<string, number | null> } | null = null;
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
    if (this.#moved?.set !== set) this.#moved = { set, to: new Map() };
    const { to: moved } = this.#moved;
    const judged = await this.#source.judged(set, scope);
    if (judged === null) return null;
    const judging = await this.#judging(judged, () => opening === this.#opening);
    if (judging === null) return null;
    const wanted = new Map<string, number | null>([...Object.entries(thresholds), ...moved]);
    const there = [...wanted].filter((entry): entry is [string, number] => entry[1] !== null);
    judging.move(Float64Array.from(thresholdsOf(atThresholds(judged, Object.fromEntries(there)))));
    this.#opened = { set, judging, listener };
    this.#follow(++this.#turn);
    return judging.figures();
  }

  async move(thresholds: Float64Array): Promise<Judged> {
    const { set, judging } = this.#open;
    // Meant for what was shown before labels came or went: it is not known any more which is which.
    if (thresholds.length !== judging.thresholds.length) return judging.figures();
    const own = thresholdsOf(judging.judged);
    const names = namesOf(judging.judged);
    judging.thresholds.forEach((before, n) => {
      const to = thresholds[n]!;
      if (before !== to && this.#moved?.set === set) this.#moved.to.set(names[n]!, to === own[n] ? null : to);
    });
    judging.move(thresholds);
    this.#follow(++this.#turn);
    return judging.figures();
  }

  async curves(label: number): Promise<LabelCurves> {
    return this.#open.judging.curves(label);
  }

  async choose(goal: ThresholdGoal): Promise<ChosenThresholds> {
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

  /** At the set's own thresholds; null: it is not wanted any more. */
  async #judging(judged: JudgedSet, wanted: () => boolean): Promise<Opened['judging'] | null> {
    const thresholds = thresholdsOf(judged);
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

/** What thresholds go by. */
function namesOf({ kind, photos }: JudgedSet): readonly string[] {
  return kind === 'classes' ? photos.groups.map((_, n) => wholeOf(n)) : photos.labels;
}

/** Of labels, or of groups of classes. */
function thresholdsOf({ kind, photos }: JudgedSet): number[] {
  return kind === 'classes' ? photos.groups.map(({ threshold }) => threshold) : [...photos.thresholds];
}
