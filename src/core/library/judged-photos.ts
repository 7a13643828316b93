import { type Cell, formatCell, labelsOfCell, modelSet, versionsOfCell } from '../evaluation/cell.ts';
import type { JudgedSet } from '../evaluation/judged-set.ts';
import type { LabelledPhotos } from '../evaluation/labelled-photos.ts';
import { photosOfCell } from '../evaluation/photos-of-cell.ts';
import { absent, present, unknown } from '../evaluation/truth.ts';
import { IdBits } from '../index/id-bits.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { builtInSet, type SplitSide, sideOf } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { judgedSet } from './judged-sets.ts';
import { photosOfSaid } from './label-figures.ts';
import type { LabelMatrix } from './label-matrix.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { PhotoQuery } from './photo-query.ts';
import { queryTest, shownTest } from './query-photos.ts';
import { ScoreCache } from './score-cache.ts';
import type { StoredModel } from './stored-rows.ts';

/** Which of a set's photos are judged. */
export interface JudgedScope {
  /** Only these; null: all present ones. */
  readonly query: PhotoQuery | null;
  /** Only those on that side of the person's split; null: whatever the side. */
  readonly side: SplitSide | null;
}

/** Truth and scores of sets of labels, for figures and for the photos behind them. */
export class JudgedPhotos {
  readonly #catalogue: Catalogue;
  readonly #scores: ScoreCache;
  readonly #current: () => StoredModel | null;
  readonly #matrix: (set: number) => Promise<LabelMatrix | null>;
  readonly #version: (number: number) => Promise<JudgedSet | null>;
  readonly #refused: (set: number, wanted: (photo: number) => boolean) => Iterable<number>;

  /**
   * @param matrix truth and scores of one of the person's sets
   * @param version answers of a kept version
   * @param refused photos that a set says are none of its labels
   */
  constructor(
    catalogue: Catalogue,
    clock: Clock,
    current: () => StoredModel | null,
    matrix: (set: number) => Promise<LabelMatrix | null>,
    version: (number: number) => Promise<JudgedSet | null>,
    refused: (set: number, wanted: (photo: number) => boolean) => Iterable<number>,
  ) {
    this.#catalogue = catalogue;
    this.#scores = new ScoreCache(catalogue.store, clock);
    this.#current = current;
    this.#matrix = matrix;
    this.#version = version;
    this.#refused = refused;
  }

  /**
   * The photos of a set of which anything is known: present ones that were scored by a model that did not learn from them.
   * Null: there is no such set, or no model yet.
   *
   * @param set `modelSet`, or the number of one of the person's sets
   */
  async judged(set: string, { query, side }: JudgedScope): Promise<JudgedSet | null> {
    if (query?.cell) await this.prepareCell(query.cell);
    const catalogue = this.#catalogue;
    const isWanted = query === null ? shownTest(catalogue.table, 'present') : queryTest(catalogue, query);
    return this.#ofSet(set, this.#onSide(set, side, isWanted), null);
  }

  /** Looks the photos of a cell up, so that queries can ask for them ([Note: Cells]). */
  async prepareCell(cell: Cell): Promise<void> {
    const shown = shownTest(this.#catalogue.table, 'present');
    const wanted = this.#onSide(cell.set, cell.side ?? null, shown);
    const ids = new IdBits();
    if (cell.kind === 'said') {
      const set = numberOf(cell.set);
      const found =
        cell.said === 'none' ? this.#refused(set, wanted) : photosOfSaid(this.#catalogue, set, cell, wanted);
      for (const id of found) ids.add(id);
      this.#catalogue.cells.found(formatCell(cell), ids);
      return;
    }
    const found = await this.#ofSet(cell.set, wanted, labelsOfCell(cell));
    const versions = new Map<number, JudgedSet>();
    for (const number of versionsOfCell(cell)) {
      const version = await this.#version(number);
      if (version !== null) versions.set(number, version);
    }
    if (found !== null) for (const id of photosOfCell(found, cell, versions)) ids.add(id);
    this.#catalogue.cells.found(formatCell(cell), ids);
  }

  #onSide(set: string, side: SplitSide | null, wanted: (id: number) => boolean): (id: number) => boolean {
    if (side === null) return wanted;
    const { marks } = this.#catalogue;
    const number = numberOf(set);
    return (id) => sideOf(marks.get(number, id as PhotoId)) === side && wanted(id);
  }

  /** @param labels only these, where others need not be looked at; null: all */
  async #ofSet(
    set: string,
    wanted: (id: number) => boolean,
    labels: readonly string[] | null,
  ): Promise<JudgedSet | null> {
    if (set === modelSet) {
      const photos = await this.#labelled(wanted, labels);
      return photos && { kind: 'labels', photos };
    }
    if (!/^[1-9]\d{0,9}$/.test(set)) return null;
    const matrix = await this.#matrix(Number(set));
    const textId = (label: number) => this.#catalogue.labels.get(label as LabelNumber)?.id ?? '';
    return matrix && judgedSet(matrix, textId, wanted);
  }

  async #labelled(
    wanted: (id: number) => boolean,
    labelIds: readonly string[] | null,
  ): Promise<LabelledPhotos | null> {
    const { table, tags, labels } = this.#catalogue;
    const model = this.#current();
    if (model === null) return null;
    const asked = labelIds === null ? null : new Set(labelIds);
    /** Column of the model's scores, by label number. */
    const columns = new Map<LabelNumber, number>();
    model.labels.forEach((label, column) => {
      if (asked === null || asked.has(labels.get(label)?.id ?? '')) columns.set(label, column);
    });
    const candidates: { id: number; content: ContentId }[] = [];
    for (const [id, verdicts] of tags.judged()) {
      if (!table.has(id) || !wanted(id) || table.columns.model[id] !== model.number) continue;
      const content = table.contentOf(id);
      if (content === null || ![...verdicts.keys()].some((label) => columns.has(label))) continue;
      candidates.push({ id, content });
    }
    await this.#scores.prepare(
      model.key,
      model.labels.length,
      candidates.map(({ content }) => content),
    );
    const rows = candidates
      .filter(({ id, content }) => table.has(id) && this.#scores.scores(content) !== null)
      .sort((a, b) => a.id - b.id);
    const known = new Set<LabelNumber>();
    for (const { id } of rows) {
      for (const label of tags.verdictsOf(id).keys()) if (columns.has(label)) known.add(label);
    }
    const listed = [...columns.keys()].filter((label) => known.has(label));
    const place = new Map(listed.map((label, at) => [label, at]));
    const truth = new Uint8Array(listed.length * rows.length).fill(unknown);
    const scores = new Uint8Array(listed.length * rows.length);
    rows.forEach(({ id, content }, row) => {
      for (const [label, verdict] of tags.verdictsOf(id)) {
        const at = place.get(label);
        if (at !== undefined) truth[at * rows.length + row] = verdict === 'accepted' ? present : absent;
      }
      const own = this.#scores.scores(content)!;
      listed.forEach((label, at) => {
        scores[at * rows.length + row] = own[columns.get(label)!]!;
      });
    });
    return {
      ids: Uint32Array.from(rows, ({ id }) => id),
      labels: listed.map((label) => labels.get(label)!.id),
      truth,
      scores,
      thresholds: Float64Array.from(listed, (label) => model.thresholds[columns.get(label)!]!),
    };
  }
}

/** Of a set as cells name it. */
function numberOf(set: string): number {
  return set === modelSet ? builtInSet : Number(set);
}
