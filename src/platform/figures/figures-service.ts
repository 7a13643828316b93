import { columnsOf } from '../../core/evaluation/labelled-photos.ts';
import { rankLabelSteps } from '../../core/evaluation/thresholded-figures.ts';
import type {
  ExportKind,
  FiguresApi,
  FiguresEvent,
  FiguresRequest,
  FiguresSource,
  Judged,
  LabelChange,
  LabelCurves,
  LabelFigures,
  LikelyError,
  ThresholdGoal,
} from '../../protocol/figures.ts';
import { ClassJudging } from './class-judging.ts';
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
  /** Grows with each change: what began before is dropped. */
  #turn = 0;

  constructor(source: FiguresSource) {
    this.#source = source;
  }

  async open(
    { set, scope, thresholds }: FiguresRequest,
    listener: (event: FiguresEvent) => void,
  ): Promise<Judged | null> {
    const turn = ++this.#turn;
    const judged = await this.#source.judged(set, scope);
    if (judged === null) return null;
    if (judged.kind === 'classes') {
      const judging = new ClassJudging(judged.photos);
      this.#opened = { judging, listener };
      this.#follow(turn);
      return { kind: 'classes', photos: judged.photos.ids.length, groups: judging.figures() };
    }
    const { photos } = judged;
    const rankings = await runInSlices(rankLabelSteps(columnsOf(photos)), () => turn === this.#turn);
    if (rankings === null) return null;
    const moved = photos.labels.map((label, n) => thresholds[label] ?? photos.thresholds[n]!);
    const judging = new LabelJudging(photos, rankings, moved);
    this.#opened = { judging, listener };
    this.#follow(turn);
    return { kind: 'labels', figures: judging.figures() };
  }

  async move(thresholds: Float64Array): Promise<LabelFigures> {
    this.#labels.move(thresholds);
    this.#follow(++this.#turn);
    return this.#labels.figures();
  }

  async curves(label: number): Promise<LabelCurves> {
    return this.#labels.curves(label);
  }

  async choose(goal: ThresholdGoal): Promise<Float64Array<ArrayBuffer>> {
    return this.#labels.choose(goal);
  }

  async errors(): Promise<readonly LikelyError[]> {
    const { judging } = this.#open;
    const found = await judging.errors(mostErrors, () => this.#opened?.judging === judging);
    return found ?? [];
  }

  async compare(): Promise<readonly LabelChange[]> {
    return this.#labels.compare();
  }

  async file(kind: ExportKind, names: Readonly<Record<string, string>>): Promise<string> {
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

  /** The slower figures: told when they are there, unless something newer came. */
  #follow(turn: number): void {
    const { judging, listener } = this.#open;
    void judging.follow(() => turn === this.#turn, listener);
  }
}
