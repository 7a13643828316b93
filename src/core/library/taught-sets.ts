import type { TeachProgress } from '../learning/teach.ts';
import type { LeftOut } from '../learning/teachable.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { eachScored, scoresOfPhoto } from './head-tags.ts';
import { type LabelReading, readingsOf } from './label-readings.ts';
import { gatherLesson } from './lesson.ts';
import { type ContentId, type ModelKey, modelKeyText, type PhotoId } from './photo.ts';
import type { LabelScore } from './photo-cell.ts';
import type { ResultPlan } from './plan-results.ts';
import { retag } from './retag.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredModel } from './stored-rows.ts';
import type {
  HeadTeacher,
  RunningTeaching,
  StoredHead,
  TeachChoices,
  TeachReport,
} from './teaching-ports.ts';

/** What is under way; null in the status: nothing. */
export interface TeachingStatus {
  readonly set: number;
  /** `score`: the head is taught, and the library is scored by it. */
  readonly phase: TeachProgress['phase'] | 'score';
  /** 0..1, of the phase. */
  readonly done: number;
}

/** A taught set, for the page. */
export interface TaughtSummary {
  readonly set: number;
  readonly version: number;
  readonly taughtAt: number;
  /** The model in use is another one: teach again. */
  readonly stale: boolean;
  /** Null for a head that was imported. */
  readonly report: TeachReport | null;
}

export type TeachAnswer =
  | { readonly kind: 'taught'; readonly report: TeachReport }
  | { readonly kind: 'refused'; readonly leftOut: readonly LeftOut[] }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' | 'no-model' | 'nothing-labelled' };

export interface TaughtSetsParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly teacher: HeadTeacher;
  readonly model: () => StoredModel | null;
  readonly crash: (error: unknown) => void;
}

/** Heads taught on the person's label sets, and the tags that follow from them. */
export class TaughtSets {
  readonly #parts: TaughtSetsParts;
  readonly #heads = new Map<number, StoredHead>();
  /** Components of the vectors of each model that are known, by `modelKeyText`. */
  readonly #dims = new Map<string, number>();
  #running: RunningTeaching | null = null;
  /** Teachings that began or were cancelled. */
  #lesson = 0;
  #turn = 0;
  status: TeachingStatus | null = null;

  constructor(parts: TaughtSetsParts) {
    this.#parts = parts;
  }

  /** Stored heads come to life: their tags follow in the background. */
  async opened(): Promise<void> {
    const { catalogue } = this.#parts;
    for (const head of await catalogue.store.heads()) {
      if (!this.#heads.has(head.set)) this.#heads.set(head.set, head);
    }
    const gone = [...this.#heads.keys()].filter((set) => catalogue.labelSet(set) === null);
    if (gone.length > 0) {
      StoreRefused.check(await catalogue.exclusive(() => catalogue.write({ deletedHeads: gone }, 'relaxed')));
      for (const set of gone) this.#heads.delete(set);
    }
    if (this.#heads.size > 0) await this.#score(null);
  }

  close(): void {
    this.#turn++;
    this.cancel();
  }

  summaries(): TaughtSummary[] {
    return [...this.#heads.values()].map((head) => {
      const { set, version, taughtAt, report } = head;
      return { set, version, taughtAt, stale: !this.#suits(head), report };
    });
  }

  /** The head of a set, if it is by the model in use. */
  usableHead(set: number): StoredHead | null {
    return this.#usable().find((head) => head.set === set) ?? null;
  }

  async teach(id: number, choices: TeachChoices): Promise<TeachAnswer> {
    const { catalogue, teacher } = this.#parts;
    this.cancel();
    const model = this.#parts.model();
    const set = catalogue.labelSet(id);
    if (model === null || set === null) return { kind: 'no-model' };
    const own = this.#lesson;
    this.#tell({ set: id, phase: 'choose', done: 0 });
    const lesson = await gatherLesson(catalogue, set, model);
    if (own !== this.#lesson) return { kind: 'cancelled' };
    if (lesson === null || lesson.groups.length === 0) {
      this.#tell(null);
      return { kind: 'nothing-labelled' };
    }
    const before = this.#heads.get(id);
    const task = {
      ...lesson,
      model: model.key,
      refuses: set.refuses,
      warmStart: before !== undefined && this.#suits(before) ? before.head : null,
      choices,
    };
    let running: RunningTeaching | null = null;
    running = teacher.teach(task, ({ phase, done }) => {
      // What is said at once is said before it is known which teaching this is.
      if (running === null || this.#running === running) this.#tell({ set: id, phase, done });
    });
    this.#running = running;
    const outcome = await running.done;
    if (this.#running === running) {
      this.#running = null;
      this.#tell(null);
    }
    if (outcome.kind !== 'taught') return outcome;
    const { head, heldOut, report } = outcome;
    await this.keep({
      set: id,
      version: (before?.version ?? 0) + 1,
      model: model.key,
      taughtAt: this.#parts.clock.now(),
      head,
      photos: Uint32Array.from(lesson.photos),
      heldOut,
      report,
    });
    return { kind: 'taught', report };
  }

  /** Takes a head, taught here or imported; the library is scored by it in the background. */
  async keep(head: StoredHead): Promise<void> {
    const { catalogue, crash } = this.#parts;
    StoreRefused.check(await catalogue.exclusive(() => catalogue.write({ heads: [head] }, 'strict')));
    this.#heads.set(head.set, head);
    this.#score(head.set).catch(crash);
  }

  cancel(): void {
    this.#lesson++;
    this.#running?.cancel();
    // Nothing runs yet: photos are being gathered.
    if (this.#running === null && this.status?.phase === 'choose') this.#tell(null);
  }

  /** A set has other labels, or is gone, or back again. */
  changed(set: number): void {
    if (this.#heads.has(set)) this.#score(null).catch(this.#parts.crash);
  }

  /** New results: scored at once. */
  committed({ photoRows, contentRows }: Pick<ResultPlan, 'photoRows' | 'contentRows'>): void {
    for (const { model, embedding } of contentRows) this.#dims.set(modelKeyText(model), embedding.length);
    const heads = this.#usable();
    if (heads.length === 0) return;
    const { table, tags } = this.#parts.catalogue;
    for (const { content, model, embedding } of contentRows) {
      if (!this.fits(model)) continue;
      const labels = labelsFor(heads, embedding).get(0) ?? [];
      for (const id of photoRows.keys()) {
        if (table.has(id) && table.contentOf(id) === content) tags.setTaughtTags(id, labels);
      }
    }
  }

  /** What the heads say of a photo, each score with the threshold from which on it counts. */
  async labelScores(photo: PhotoId, content: ContentId): Promise<LabelScore[]> {
    const { catalogue } = this.#parts;
    const model = this.#parts.model();
    if (model === null || this.#usable().length === 0) return [];
    const [vector] = await catalogue.store.vectors(model.key, [content]);
    if (!vector) return [];
    this.#dims.set(modelKeyText(model.key), vector.length);
    return this.#usable().flatMap(({ set, head }) => {
      const there = new Set(catalogue.labelSet(set)!.labels.map(({ number }) => number));
      return scoresOfPhoto(head, vector)
        .filter(({ label }) => there.has(label))
        .map((score) => ({ ...score, verdict: catalogue.tags.verdict(photo, score.label) }));
    });
  }

  /** What the heads' logits say of a photo, read as a softmax and as sigmoids: per set, or per group of a set. */
  async readings(photo: PhotoId): Promise<LabelReading[]> {
    const { catalogue } = this.#parts;
    const model = this.#parts.model();
    const content = catalogue.table.has(photo) ? catalogue.table.contentOf(photo) : null;
    if (model === null || content === null) return [];
    const [vector] = await catalogue.store.vectors(model.key, [content]);
    if (vector) this.#dims.set(modelKeyText(model.key), vector.length);
    return vector
      ? this.#usable().flatMap(({ set, head }) => readingsOf(catalogue.labelSet(set)!, head, vector))
      : [];
  }

  /** Heads of sets that are there, by the model in use. */
  #usable(): StoredHead[] {
    const { catalogue } = this.#parts;
    return [...this.#heads.values()].filter(
      (head) => catalogue.labelSet(head.set) !== null && this.#suits(head),
    );
  }

  /** By the model in use, on vectors as long as its are: an imported head may say anything of itself. */
  #suits({ model, head }: StoredHead): boolean {
    return this.fits(model) && (this.#dims.get(modelKeyText(model)) ?? head.dims) === head.dims;
  }

  /** Components of the vectors of the model in use; null: none is stored. */
  async learnDims(): Promise<number | null> {
    const model = this.#parts.model();
    if (model === null) return null;
    const key = modelKeyText(model.key);
    if (!this.#dims.has(key)) {
      await this.#parts.catalogue.store.eachVectorChunk(model.key, async ({ dim }) => {
        this.#dims.set(key, dim);
        return false;
      });
    }
    return this.#dims.get(key) ?? null;
  }

  /** Whether a head is by the model in use. */
  fits(model: ModelKey): boolean {
    const current = this.#parts.model();
    return current !== null && modelKeyText(current.key) === modelKeyText(model);
  }

  /** Scores the whole library by all heads, in the background; a later call takes its place. */
  async #score(set: number | null): Promise<void> {
    const turn = ++this.#turn;
    const { catalogue, clock } = this.#parts;
    await this.learnDims();
    if (turn !== this.#turn) return;
    const heads = this.#usable();
    const thresholds = new Map<LabelNumber, number>();
    for (const { head } of heads) {
      const labels = head.groups.flatMap((group) => group.labels);
      labels.forEach((label, output) => {
        const threshold = head.thresholds[output] ?? null;
        if (threshold !== null) thresholds.set(Number(label) as LabelNumber, threshold);
      });
    }
    catalogue.labels.setTaughtThresholds(thresholds);
    catalogue.feed.labels();
    const complete = await retag(catalogue, clock, this.#parts.model(), {
      labelsFor: (embeddings) => labelsFor(heads, embeddings),
      wanted: () => turn === this.#turn,
      progress: (done) => {
        if (set !== null) this.#tell({ set, phase: 'score', done });
      },
    });
    if (!complete) return;
    if (this.status?.phase === 'score') this.#tell(null);
    catalogue.feed.photos('all');
  }

  #tell(status: TeachingStatus | null): void {
    this.status = status;
    this.#parts.catalogue.feed.status();
  }
}

/** Labels that all heads give, by row of [rows][dims] embeddings; rows without any are left out. */
function labelsFor(heads: readonly StoredHead[], embeddings: Float32Array): Map<number, LabelNumber[]> {
  const found = new Map<number, LabelNumber[]>();
  for (const { head } of heads) {
    const labels = head.groups.flatMap((group) => group.labels);
    eachScored(head, embeddings, (row, _, given) => {
      if (given.length === 0) return;
      const own = given.map((output) => Number(labels[output]) as LabelNumber);
      found.set(row, [...(found.get(row) ?? []), ...own]);
    });
  }
  return found;
}
