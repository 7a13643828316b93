import type { Catalogue } from './catalogue.ts';
import { hasChangedSince } from './changed-set.ts';
import type { Clock } from './clock.ts';
import { labelDictionary } from './label-figures.ts';
import { gatherLesson, lackingIn } from './lesson.ts';
import { type OtherThresholds, withOtherThresholds } from './other-thresholds.ts';
import type { PhotoId } from './photo.ts';
import type { ResultPlan } from './plan-results.ts';
import { shownTest } from './query-photos.ts';
import type { SignatureSource } from './signatures.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredModel } from './stored-rows.ts';
import { TaughtHeads } from './taught-heads.ts';
import { TaughtTags } from './taught-tags.ts';
import type { TaughtSummary, TeachAnswer, TeachingStatus } from './teaching-answers.ts';
import type { HeadTeacher, RunningTeaching, StoredHead, TeachChoices } from './teaching-ports.ts';

export interface TaughtSetsParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly teacher: HeadTeacher;
  readonly looks: () => SignatureSource;
  readonly model: () => StoredModel | null;
  readonly crash: (error: unknown) => void;
}

/** Teaches heads on the person's label sets, and keeps the tags that follow from them up to date. */
export class TaughtSets {
  readonly #parts: TaughtSetsParts;
  readonly #tags: TaughtTags;
  readonly heads: TaughtHeads;
  #running: RunningTeaching | null = null;
  /** Teachings that began or were cancelled. */
  #lesson = 0;
  #turn = 0;
  status: TeachingStatus | null = null;

  constructor(parts: TaughtSetsParts) {
    this.#parts = parts;
    this.heads = new TaughtHeads(parts.catalogue, parts.model);
    this.#tags = new TaughtTags(parts.catalogue, parts.clock, parts.crash);
  }

  /** Stored heads come to life, with the tags that were stored of them: with the model's own tags, before anybody looks. */
  async load(): Promise<void> {
    const { catalogue } = this.#parts;
    const heads = (await catalogue.store.heads()).filter(({ set }) => this.heads.get(set) === undefined);
    await Promise.all(heads.map(({ set }) => this.#tags.load(set)));
    for (const head of heads) this.heads.put(head);
    this.#tellThresholds();
    const number = () => this.#parts.model()?.number;
    for (let given: number | undefined | null = null; given !== number(); ) {
      given = number();
      await this.#tags.giveAll(this.heads.usable(), this.#parts.model(), () => given === number());
    }
  }

  /** What is still missing of the heads' tags follows in the background. */
  async opened(): Promise<void> {
    const { catalogue } = this.#parts;
    const sets = this.heads.all().map(({ set }) => set);
    const gone = sets.filter((set) => catalogue.labelSet(set) === null);
    if (gone.length > 0) {
      StoreRefused.check(await catalogue.exclusive(() => catalogue.write({ deletedHeads: gone }, 'relaxed')));
      for (const set of gone) this.#drop(set);
    }
    if (this.heads.size > 0) await this.#score(null);
  }

  close(): void {
    this.#tags.close();
    this.cancel();
  }

  /** Heads that came with a backup. */
  async restored(): Promise<void> {
    for (const head of await this.#parts.catalogue.store.heads()) {
      const known = this.heads.get(head.set);
      if (known?.taughtAt !== head.taughtAt) this.#tags.forget(head.set);
      this.heads.put(head);
    }
    this.#parts.catalogue.feed.labels();
    await this.#score(null);
  }

  summaries(): TaughtSummary[] {
    const model = this.#parts.model();
    return this.heads.all().map((head) => {
      const { set, version, taughtAt, report } = head;
      const stale = !this.heads.suits(head);
      const own = this.#parts.catalogue.labelSet(set);
      const changed = own !== null && hasChangedSince(own, head);
      const waiting = stale || model === null ? 0 : this.#tags.missing([head], model).size;
      const mayRefuse = !stale && head.head.refusal !== null;
      const refused = mayRefuse ? Array.from(this.refused(set, this.#isThere())).length : null;
      return { set, version, taughtAt, stale, changed, waiting, refused, report };
    });
  }

  #isThere(): (photo: number) => boolean {
    return shownTest(this.#parts.catalogue.table, 'present');
  }

  /** Photos of which the set says 'none of these' and the person nothing else, among those wanted. */
  *refused(id: number, wanted: (photo: number) => boolean): Generator<PhotoId> {
    const { table, tags } = this.#parts.catalogue;
    const set = this.#parts.catalogue.labelSet(id);
    const head = this.heads.usableHead(id)?.head ?? null;
    const model = this.#parts.model();
    if (set === null || model === null || head === null || head.refusal === null) return;
    for (const photo of table.ids()) {
      if (!wanted(photo) || table.columns.model[photo] !== model.number) continue;
      const content = table.contentOf(photo);
      if (content === null || !this.#tags.givesNothing(id, content)) continue;
      const said = tags.verdictsOf(photo);
      if (!set.labels.some(({ number }) => said.get(number) === 'accepted')) yield photo;
    }
  }

  async teach(id: number, choices: TeachChoices): Promise<TeachAnswer> {
    const { catalogue, teacher } = this.#parts;
    this.#cancelTeaching();
    const model = this.#parts.model();
    const set = catalogue.labelSet(id);
    if (model === null || set === null) return { kind: 'no-model' };
    const own = this.#lesson;
    this.#tell({ set: id, phase: 'choose', done: 0 });
    const lesson = await gatherLesson(catalogue, set, model, this.#parts.looks());
    if (own !== this.#lesson) return { kind: 'cancelled' };
    const lacking = lackingIn(lesson, labelDictionary(catalogue, id)?.labelled ?? 0);
    if (lesson === null || lacking !== null) {
      this.#tell(null);
      return { kind: lacking ?? 'nothing-labelled' };
    }
    const before = this.heads.get(id);
    const task = {
      ...lesson,
      model: model.key,
      refuses: set.refuses,
      warmStart: before !== undefined && this.heads.suits(before) ? before.head : null,
      knownPenalties: choices.sameStrictness && before !== undefined ? penaltiesOf(before) : null,
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

  /**
   * Other thresholds of a set that is taught: its labels are given anew, in the background.
   *
   * @returns false: it is not taught, or was taught anew meanwhile
   */
  async setThresholds(id: number, thresholds: OtherThresholds): Promise<boolean> {
    const before = this.heads.usableHead(id);
    if (before === null || (thresholds.version ?? before.version) !== before.version) return false;
    return this.keep(withOtherThresholds(before, this.heads.labelsOf(before), thresholds), before);
  }

  /**
   * Takes a head, taught here or imported; the library is scored by it in the background.
   *
   * @param instead of this one only: false is answered if there is another one by now
   */
  async keep(head: StoredHead, instead?: StoredHead): Promise<boolean> {
    const { catalogue, crash } = this.#parts;
    const isKept = await catalogue.exclusive(async () => {
      if (instead !== undefined && this.heads.get(head.set) !== instead) return false;
      StoreRefused.check(await catalogue.write({ heads: [head] }, 'strict'));
      this.heads.put(head);
      this.#tags.forget(head.set);
      // What is being scored is scored by the head before.
      this.#turn++;
      return true;
    });
    if (isKept) this.#score(head.set).catch(crash);
    return isKept;
  }

  /** Ends what is under way: a teaching leaves the set as it was, a scoring can be gone on with. */
  cancel(): void {
    this.#turn++;
    this.#cancelTeaching();
    if (this.status?.phase === 'score') this.#tell(null);
  }

  #cancelTeaching(): void {
    this.#lesson++;
    this.#running?.cancel();
    // Nothing runs yet: photos are being gathered.
    if (this.#running === null && this.status?.phase === 'choose') this.#tell(null);
  }

  /** Scores what a scoring that was stopped has left. */
  goOn(set: number): void {
    this.#score(set).catch(this.#parts.crash);
  }

  /** A set has other labels, or is gone, or back again. */
  changed(set: number): void {
    const isTaught = this.status?.set === set && this.status.phase !== 'score';
    if (isTaught && this.#parts.catalogue.labelSet(set) === null) {
      this.#cancelTeaching();
    }
    if (this.heads.get(set) !== undefined) this.#giveAgain();
  }

  /** Another model is in use: heads of the former one say nothing any more, its own do again. */
  modelChanged(): void {
    if (this.heads.size > 0) this.#giveAgain();
  }

  #giveAgain(): void {
    const { model, crash } = this.#parts;
    const turn = ++this.#turn;
    const scoring = this.status?.phase === 'score' ? this.status.set : null;
    this.#tellThresholds();
    this.#tags
      .giveAll(this.heads.usable(), model(), () => turn === this.#turn)
      .then(() => (turn === this.#turn ? this.#score(scoring) : undefined))
      .catch(crash);
  }

  /** New results: scored at once. */
  committed({ photoRows, contentRows }: Pick<ResultPlan, 'photoRows' | 'contentRows'>): void {
    for (const { model, embedding } of contentRows) this.heads.noteDims(model, embedding.length);
    const heads = this.heads.usable();
    if (heads.length === 0) return;
    this.#tags.add(
      heads,
      contentRows.filter(({ model }) => this.heads.fits(model)),
      photoRows.keys(),
    );
  }

  #drop(set: number): void {
    this.heads.delete(set);
    this.#tags.forget(set);
  }

  /** Scores what heads have not scored yet, in the background; a later call takes its place. @param set whose, if one waits */
  async #score(set: number | null): Promise<void> {
    const turn = ++this.#turn;
    const { catalogue } = this.#parts;
    await this.heads.learnDims();
    if (turn !== this.#turn) return;
    this.#tellThresholds();
    const model = this.#parts.model();
    if (model === null) return;
    const tell = (done: number) => {
      // A teaching that is under way says more.
      const isFree = this.status === null || this.status.phase === 'score';
      if (set !== null && isFree && turn === this.#turn) this.#tell({ set, phase: 'score', done });
    };
    tell(0);
    const complete = await this.#tags.scoreMissing(
      this.heads.usable(),
      model,
      () => turn === this.#turn,
      tell,
    );
    if (!complete) return;
    if (this.status?.phase === 'score') this.#tell(null);
    catalogue.feed.photos('all');
    catalogue.feed.labels();
  }

  /** From which scores on the heads' labels count, for all who show labels. */
  #tellThresholds(): void {
    const { labels, feed } = this.#parts.catalogue;
    labels.setTaughtThresholds(this.heads.thresholds());
    feed.labels();
  }

  #tell(status: TeachingStatus | null): void {
    this.status = status;
    this.#parts.catalogue.feed.status();
  }
}

function penaltiesOf({ head, report }: StoredHead): ReadonlyMap<string, number> | null {
  if (report?.penalties?.length !== head.groups.length) return null;
  return new Map(head.groups.map(({ name }, g) => [name, report.penalties![g]!]));
}
