import type { LabelNumber } from '../tagging/label.ts';
import { labelProfile } from '../tagging/label-profile.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { ModelDescription } from './model-ports.ts';
import type { PhotoId } from './photo.ts';
import type { ResultPlan } from './plan-results.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredModel } from './stored-rows.ts';
import { loadTags } from './tag-loading.ts';

/** The models whose results the library holds, and the tags that follow from them. */
export class Models {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly #crash: (error: unknown) => void;
  readonly #beside: () => Promise<void>;
  #current: number | null = null;
  #loading: Promise<void> = Promise.resolve();
  #loadings = 0;
  /** Photos whose tags were set while tags are being loaded. */
  #newer = new Set<PhotoId>();
  tagsLoaded = false;

  /** @param beside loads other tags, which are there when the models' are */
  constructor(
    catalogue: Catalogue,
    clock: Clock,
    crash: (error: unknown) => void,
    beside: () => Promise<void>,
  ) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#crash = crash;
    this.#beside = beside;
  }

  /** The model whose opinion counts: the one announced last, in this session or an earlier one. */
  get current(): StoredModel | null {
    return this.#current === null ? null : this.#catalogue.modelByNumber(this.#current);
  }

  /** The model whose vectors are searched: the one that has those of most photos. See [Note: One model after another]. */
  get searched(): StoredModel | null {
    const { current } = this;
    const former = current?.takesOver === undefined ? null : this.#catalogue.modelByNumber(current.takesOver);
    if (current === null || former === null) return current;
    const { table } = this.#catalogue;
    const { model, removedAt, content } = table.columns;
    let onlyFormer = 0;
    let onlyCurrent = 0;
    for (let id = 1; id < table.end; id++) {
      if (removedAt[id] !== 0) continue;
      if (model[id] === former.number) onlyFormer++;
      // The column holds numbers of contents and 1 more.
      else if (model[id] === current.number && content[id]! > (current.firstContent ?? 0)) onlyCurrent++;
    }
    return onlyFormer > onlyCurrent ? former : current;
  }

  /** The catalogue is loaded: its tags follow in the background. */
  opened(): void {
    const newest = this.#catalogue.models.reduce((most, { number }) => Math.max(most, number), 0);
    if (newest > 0) this.#use(newest);
    this.#loadTags();
  }

  /** Results came in with a backup: those of their model count until one is announced. */
  restored(): void {
    if (this.#current === null) this.opened();
  }

  whenTagsLoaded(): Promise<void> {
    return this.#loading;
  }

  async announce({ key, labels }: ModelDescription): Promise<void> {
    await this.#catalogue.exclusive(async () => {
      const known = this.#catalogue.modelByKey(key);
      const newLabels = this.#catalogue.labels.plan(labels);
      const numbers = new Map(newLabels.map(({ id, number }) => [id, number]));
      const numberOf = (id: string): LabelNumber =>
        numbers.get(id) ?? this.#catalogue.labels.byId(id)!.number;
      const former = this.#current;
      const model: StoredModel = {
        ...(known ??
          (former !== null && { takesOver: former, firstContent: this.#catalogue.counters.content })),
        number:
          known?.number ?? 1 + this.#catalogue.models.reduce((most, { number }) => Math.max(most, number), 0),
        key,
        labels: labels.map(({ id }) => numberOf(id)),
        thresholds: labels.map(({ threshold }) => threshold),
      };
      const isSame = known !== null && sameLabels(known, model);
      if (newLabels.length > 0 || !isSame) {
        StoreRefused.check(
          await this.#catalogue.write(
            { ...(newLabels.length > 0 && { labels: newLabels }), ...(!isSame && { models: [model] }) },
            'relaxed',
          ),
        );
      }
      if (!isSame || this.#current !== model.number) this.#use(model.number);
      if (known !== null && !isSame) this.#loadTags();
    });
  }

  /** Tags of new results. */
  committed({ photoRows, contentRows }: Pick<ResultPlan, 'photoRows' | 'contentRows'>): void {
    const { table, tags, profiles } = this.#catalogue;
    const byContent = new Map(contentRows.map((row) => [row.content, row]));
    for (const { content, model, scores } of contentRows) {
      const labels = this.#catalogue.modelByKey(model)?.labels;
      if (labels !== undefined) profiles.set(content, labelProfile(labels, scores));
    }
    for (const id of photoRows.keys()) {
      const content = table.has(id) ? table.contentOf(id) : null;
      if (content === null) continue;
      const row = byContent.get(content);
      const model = row === undefined ? null : this.#catalogue.modelByKey(row.model);
      if (row !== undefined && model !== null) {
        tags.setModelTags(id, this.#catalogue.tagger(model).tags(row.scores));
        this.#newer.add(id);
      } else {
        // Its content had results before: they are those of any other photo of it.
        const other = table.photosOf(content).find((one) => one !== id);
        // While tags are being loaded the other's may not be there yet; then both come with their chunk.
        if (other !== undefined) tags.copyModelTags(other, id);
      }
    }
  }

  /** Scores and vectors of models that no photo refers to go, but for the current one's. */
  async deleteUnused(): Promise<void> {
    await this.#catalogue.exclusive(async () => {
      const { table, models } = this.#catalogue;
      const used = new Set<number>();
      for (const id of table.ids()) used.add(table.columns.model[id]!);
      const deletedModels = models.filter(({ number }) => number !== this.#current && !used.has(number));
      if (deletedModels.length === 0) return;
      StoreRefused.check(await this.#catalogue.write({ deletedModels }, 'relaxed'));
    });
  }

  #use(number: number): void {
    const model = this.#catalogue.modelByNumber(number);
    if (model === null) throw new Error(`model number ${number} is not stored`);
    this.#current = number;
    this.#catalogue.labels.setThresholds(model.labels, model.thresholds);
    this.#catalogue.feed.labels();
  }

  #loadTags(): void {
    const turn = ++this.#loadings;
    this.#newer = new Set();
    this.tagsLoaded = false;
    const { feed } = this.#catalogue;
    const models = loadTags(
      this.#catalogue,
      this.#clock,
      (id) => this.#newer.has(id),
      () => turn === this.#loadings,
    );
    this.#loading = Promise.all([models, this.#beside()]).then(([complete]) => {
      if (!complete) return this.#loading;
      this.tagsLoaded = true;
      this.#newer = new Set();
      feed.photos([]);
    });
    this.#loading.catch(this.#crash);
  }
}

function sameLabels(a: StoredModel, b: StoredModel): boolean {
  return (
    a.labels.length === b.labels.length &&
    a.labels.every((label, i) => label === b.labels[i] && a.thresholds[i] === b.thresholds[i])
  );
}
