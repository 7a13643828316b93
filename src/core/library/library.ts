import { Backups } from './backup/backups.ts';
import { Catalogue } from './catalogue.ts';
import { ChangeFeed } from './change-feed.ts';
import { Deciding } from './deciding.ts';
import { Duplicates } from './duplicates.ts';
import { Finding } from './finding.ts';
import { Importing } from './importing.ts';
import { Labelling } from './labelling.ts';
import type { LibraryParts } from './library-parts.ts';
import { type LibraryState, photoCounts } from './library-state.ts';
import type { ModelDescription } from './model-ports.ts';
import { Models } from './models.ts';
import { Originals } from './originals.ts';
import type { ContentId, ModelKey, PhotoId } from './photo.ts';
import type { ResultPlan } from './plan-results.ts';
import { Previews } from './previews.ts';
import { Reading } from './reading.ts';
import { SavedSearches } from './saved-searches.ts';
import { StoreRefused } from './store-refused.ts';

/** The use-cases of the library, over ports: put together here, each in a part of its own. */
export class Library {
  readonly #parts: LibraryParts;
  #closed = false;
  readonly #feed: ChangeFeed;
  readonly #catalogue: Catalogue;
  readonly #models: Models;
  readonly importing: Importing;
  readonly reading: Reading;
  readonly finding: Finding;
  readonly labelling: Labelling;
  readonly deciding: Deciding;
  readonly duplicates: Duplicates;
  /** What the person looks for again and again. */
  readonly searches: SavedSearches;
  readonly backups: Backups;
  readonly previews: Previews;

  constructor(parts: LibraryParts) {
    const { store, files, embedder, pictures, clock, limits } = parts;
    // Work that nobody waits for and that found no room, or the store closed under it, is done at the next start.
    const crash = (error: unknown) => {
      if (!this.#closed && !StoreRefused.isFull(error)) parts.crash(error);
    };
    this.#parts = { ...parts, crash };
    this.#feed = new ChangeFeed(clock, parts.notify);
    const catalogue = new Catalogue(store, this.#feed, parts.lost, () => clock.now());
    this.#catalogue = catalogue;
    const embedLimits = () => ({
      maxMegapixels: limits().maxMegapixels,
      thumbnailSize: limits().previewSize,
    });
    const models = new Models(catalogue, clock, crash, () => this.labelling.taughtSets.load());
    this.#models = models;
    const originals = new Originals(catalogue, files);
    this.previews = new Previews({
      catalogue,
      originals,
      folderAccess: parts.folderAccess,
      embedder,
      limits: embedLimits,
      crash,
    });
    this.searches = new SavedSearches(catalogue);
    this.labelling = new Labelling({
      catalogue,
      clock,
      models,
      originals,
      embedder,
      weights: parts.weights,
      headTeacher: parts.headTeacher,
      looks: () => this.finding.signatures,
      embedLimits,
      log: () => this.deciding.log,
      crash,
    });
    this.finding = new Finding({
      catalogue,
      clock,
      models,
      judged: this.labelling.judged,
      originals,
      embedder,
      pictures,
      indexBuilder: parts.indexBuilder,
      limits,
      embedLimits,
      crash,
    });
    this.importing = new Importing({
      catalogue,
      files,
      folderAccess: parts.folderAccess,
      away: () => this.duplicates.away(),
      embedder,
      originals,
      previews: this.previews,
      clock,
      limits: embedLimits,
      committed: (plan) => this.#committed(plan),
      purge: (ids) => this.deciding.deleteForGood(ids),
      crash,
    });
    const { queue } = this.importing;
    this.deciding = new Deciding({
      catalogue,
      clock,
      labelSets: this.labelling.labelSets,
      needed: () => this.duplicates.needed(),
      restored: (ids) => queue.enqueue(ids),
      purged: (ids, contents) => this.#purged(ids, contents),
    });
    this.reading = new Reading({
      catalogue,
      clock,
      models,
      judged: this.labelling.judged,
      taughtSets: this.labelling.taughtSets,
      queue,
      originals,
      previews: this.previews,
      pictures,
      itemNames: () => this.finding.itemNames,
    });
    this.duplicates = new Duplicates(
      {
        catalogue,
        clock,
        finder: parts.pairFinder,
        signatures: this.finding.signatures,
        folderFiles: parts.folderFiles,
        files,
        model: () => models.current,
        isImporting: () => queue.state === 'running',
        isBusy: () => !this.finding.isSettled,
        changed: () => this.#feed.status(),
        crash,
      },
      (ids) => queue.enqueue(ids),
    );
    this.backups = new Backups({
      catalogue,
      files,
      clock,
      open: async (id) => {
        const opened = await originals.open(id);
        return 'code' in opened ? null : opened;
      },
      committed: (plan) => {
        this.#committed(plan);
        this.finding.signer.look();
      },
      merged: (section) => {
        if (section === 'items') this.finding.itemNames.reload();
        if (section === 'duplicates') this.duplicates.reload();
        if (section === 'sets') this.deciding.forget();
        if (section === 'heads') this.labelling.taughtSets.restored().catch(crash);
      },
      enqueue: (ids) => this.importing.restored(ids),
      restored: () => {
        this.deciding.forget();
        models.restored();
        this.finding.openIndex().catch(crash);
      },
    });
  }

  /** Reads what is stored and goes on where the last session ended. */
  async open(): Promise<void> {
    await this.#catalogue.load();
    this.#models.opened();
    await this.importing.opened();
    this.#inBackground().catch(this.#parts.crash);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.finding.signer.stop();
    this.backups.cancel();
    this.importing.end();
    this.previews.close();
    await this.importing.close();
    await this.duplicates.search.close();
    this.labelling.taughtSets.close();
    await this.finding.index.close();
    await this.#catalogue.exclusive(async () => {});
  }

  state(): LibraryState {
    const { log } = this.deciding;
    const { index } = this.finding;
    return {
      contentRevision: this.#feed.contentRevision,
      counts: photoCounts(this.#catalogue.table),
      import: this.importing.progress(),
      folders: this.importing.folders.status,
      outdated: this.importing.queue.outdated,
      tagsLoaded: this.#models.tagsLoaded,
      teaching: this.labelling.taughtSets.status,
      index: index.status,
      learnedCutOff: index.cutOff,
      backup: this.backups.job,
      duplicates: this.duplicates.search.status,
      duplicateFiles: this.duplicates.journal.progress,
      actions: log.count,
      undo: log.undo,
      redo: log.redo,
    };
  }

  /** Something of the status that is not the library's own changed. */
  statusChanged(): void {
    this.#feed.status();
  }

  /** A model's pack is there: its labels are known. */
  async announceModel(model: ModelDescription): Promise<void> {
    const before = this.#models.current?.number;
    await this.#models.announce(model);
    if (this.#models.current?.number !== before) this.labelling.taughtSets.modelChanged();
    this.finding.openIndex().catch(this.#parts.crash);
  }

  /** A backend runs it: photos can be processed. The model must have been announced. */
  modelReady(key: ModelKey): void {
    const model = this.#catalogue.modelByKey(key);
    if (model !== null) this.importing.queue.modelReady(model.number);
  }

  modelGone(): void {
    this.importing.queue.modelGone();
  }

  #committed(plan: Pick<ResultPlan, 'photoRows' | 'contentRows'> & Partial<ResultPlan>): void {
    this.#models.committed(plan);
    this.labelling.taughtSets.committed(plan);
    this.finding.committed(plan);
    this.duplicates.search.contentsChanged(plan.contentRows.length);
  }

  #purged(ids: readonly PhotoId[], contents: readonly ContentId[]): void {
    const { index, itemNames, signatures } = this.finding;
    index.removed(contents);
    itemNames.removed(ids);
    for (const content of contents) {
      if (this.#catalogue.table.photosOf(content).length === 0) signatures.remove(content);
    }
    this.importing.queue.roomMayBeThere();
  }

  /** What can wait until the first screen is there; what is not begun when the library is closed, waits for the next start. */
  async #inBackground(): Promise<void> {
    const { orders, searchText } = this.#catalogue;
    const { clock } = this.#parts;
    await this.#models.whenTagsLoaded();
    const steps = [
      () => this.finding.itemNames.load(),
      () => searchText.prepare(clock.breathe),
      () => orders.prepareNames(clock.breathe),
      () => this.#cleanUp().catch(this.#parts.crash),
      () => this.labelling.taughtSets.opened(),
      () => this.labelling.versions.opened().catch(this.#parts.crash),
      () => this.finding.openIndex(),
      () => this.duplicates.search.opened(),
      () => this.importing.folders.followAll().catch(this.#parts.crash),
      () => this.finding.signatures.load(),
      () => this.finding.signer.look(),
    ];
    for (const step of steps) {
      if (this.#closed) return;
      await step();
    }
  }

  /** Deletes what nobody can want any more: photos removed long ago, results of models no longer used. */
  async #cleanUp(): Promise<void> {
    await this.deciding.deleteExpired();
    await this.#models.deleteUnused();
  }
}
