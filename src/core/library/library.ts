import type { TaggedPhoto } from '../export/tagged-photo.ts';
import type { Label, LabelNumber, Verdict } from '../tagging/label.ts';
import type { UndoableAction } from './action-log.ts';
import { Backups } from './backup/backups.ts';
import type { Found } from './candidate.ts';
import { Catalogue } from './catalogue.ts';
import { ChangeFeed, type ChangeNotice } from './change-feed.ts';
import type { Clock } from './clock.ts';
import { comparePhotos, type PhotoComparison } from './compare-photos.ts';
import { Decisions } from './decisions.ts';
import { Duplicates } from './duplicates.ts';
import type { FileBytes, FileHandle } from './file-handle.ts';
import type { Files, FolderAccess } from './file-ports.ts';
import type { FolderFiles } from './file-removal.ts';
import { Recommendations } from './for-you.ts';
import type { AddReport, ImportFailure } from './import-progress.ts';
import { ImportQueue } from './import-queue.ts';
import { ImportRun } from './import-run.ts';
import type { Timings } from './import-timer.ts';
import type { IndexCheck } from './index-check.ts';
import type { IndexBuilder } from './index-ports.ts';
import { Intake } from './intake.ts';
import { ItemNames } from './item-names.ts';
import { JudgedPhotos } from './judged-photos.ts';
import type { JudgedSet } from './judged-sets.ts';
import { Evidence, type LabelEvidence } from './label-evidence.ts';
import { LabelExchange } from './label-exchange.ts';
import { type LabelDictionary, labelDictionary } from './label-figures.ts';
import { type LabelMatrix, labelMatrix } from './label-matrix.ts';
import { doubtfulPhotos, labelQueue, type QueueOrder } from './label-queue.ts';
import { LabelSets } from './label-sets.ts';
import { type LibraryState, photoCounts } from './library-state.ts';
import type { LikeTerm } from './like-term.ts';
import type { MatchParts, MatchQuery } from './match-query.ts';
import type { Embedder, ModelDescription, ModelWeights, Pictures } from './model-ports.ts';
import { Models } from './models.ts';
import { Originals } from './originals.ts';
import type { PairFinder } from './pair-ports.ts';
import { type Failure, type ModelKey, type PhotoId, photoStatusCodes } from './photo.ts';
import type { PhotoCell, PhotoDetail } from './photo-cell.ts';
import { cellOf, photoDetail, thumbnailsOf } from './photo-detail.ts';
import { type PartRows, photoParts } from './photo-parts.ts';
import type { PhotoQuery, PhotoView } from './photo-query.ts';
import type { PhotoStore } from './photo-store.ts';
import { triedFlag } from './photo-table.ts';
import { foundInPlace, PickedFolders } from './picked-folders.ts';
import type { ResultPlan } from './plan-results.ts';
import { Previews } from './previews.ts';
import { ProductPhotos } from './product-photos.ts';
import { purgePhotos } from './purge.ts';
import { queryPhotos } from './query-photos.ts';
import type { EmbedSubject } from './query-vectors.ts';
import { type RelinkResult, relinkPhoto } from './relink.ts';
import { Retries } from './retries.ts';
import { SamePictures } from './same-pictures.ts';
import { SameSource } from './same-source.ts';
import { SavedSearches } from './saved-searches.ts';
import { Signatures } from './signatures.ts';
import { Signer } from './signer.ts';
import { SimilarPhotos } from './similar-photos.ts';
import type { SimilarResult } from './similar-result.ts';
import { StoreRefused } from './store-refused.ts';
import { taggedPhotos } from './tagged-photos.ts';
import { TaughtSets } from './taught-sets.ts';
import type { HeadTeacher } from './teaching-ports.ts';

/** Removed photos are kept for so long. */
const keepRemovedMilliseconds = 30 * 86_400_000;
/** How long closing waits for photos under way. */
const closePatience = 1500;

export interface LibraryParts {
  readonly store: PhotoStore;
  readonly files: Files;
  readonly folderAccess: FolderAccess;
  readonly embedder: Embedder;
  readonly weights: ModelWeights;
  readonly indexBuilder: IndexBuilder;
  readonly headTeacher: HeadTeacher;
  readonly pictures: Pictures;
  readonly pairFinder: PairFinder;
  readonly folderFiles: FolderFiles;
  readonly clock: Clock;
  readonly limits: () => {
    readonly maxMegapixels: number;
    /** Null: as the library's photos teach it. */
    readonly similarityCutOff: number | null;
    /** Lists of the index that a search visits; null: as many as suit the library. */
    readonly indexProbes: number | null;
    /** Longer side of a preview, pixels. */
    readonly previewSize: number;
  };
  readonly notify: (notice: ChangeNotice) => void;
  /** Another tab owns the library: nothing more can be written. */
  readonly lost: () => void;
  /** A bug in work that nobody waits for. */
  readonly crash: (error: unknown) => void;
}

/** The use-cases of the library, over ports. */
export class Library {
  readonly #parts: LibraryParts;
  readonly #catalogue: Catalogue;
  readonly #feed: ChangeFeed;
  readonly #run: ImportRun;
  readonly #queue: ImportQueue;
  readonly #intake: Intake;
  readonly #decisions: Decisions;
  readonly #similar: SimilarPhotos;
  readonly #models: Models;
  readonly #signatures: Signatures;
  readonly #signer: Signer;
  readonly #matchParts: MatchParts;
  readonly samePictures: SamePictures;
  readonly productPhotos: ProductPhotos;
  readonly itemNames: ItemNames;
  readonly #originals: Originals;
  /** What the person looks for again and again. */
  readonly searches: SavedSearches;
  readonly recommendations: Recommendations;
  readonly #retries: Retries;
  /** The folders that the person picked. */
  readonly folders: PickedFolders;
  readonly backups: Backups;
  readonly previews: Previews;
  readonly #judged: JudgedPhotos;
  readonly #evidence: Evidence;
  readonly duplicates: Duplicates;
  readonly labelSets: LabelSets;
  readonly taughtSets: TaughtSets;
  readonly labelExchange: LabelExchange;
  #latestView = 0;

  constructor(parts: LibraryParts) {
    const { store, files, embedder, clock, limits } = parts;
    // Work that nobody waits for and that found no room is done again at the next start.
    const crash = (error: unknown) => {
      if (!StoreRefused.isFull(error)) parts.crash(error);
    };
    this.#parts = { ...parts, crash };
    this.#feed = new ChangeFeed(clock, parts.notify);
    this.#catalogue = new Catalogue(store, this.#feed, parts.lost, () => clock.now());
    const catalogue = this.#catalogue;
    const embedLimits = () => ({
      maxMegapixels: limits().maxMegapixels,
      thumbnailSize: limits().previewSize,
    });
    this.#run = new ImportRun(clock);
    this.#similar = new SimilarPhotos({
      catalogue,
      clock,
      builder: parts.indexBuilder,
      probes: () => limits().indexProbes,
      crash,
    });
    this.#models = new Models(catalogue, clock, crash);
    this.#signatures = new Signatures(store);
    this.#signer = new Signer({
      catalogue,
      signatures: this.#signatures,
      pictures: parts.pictures,
      clock,
      crash,
    });
    this.#judged = new JudgedPhotos(
      catalogue,
      clock,
      () => this.#models.current,
      (set) => this.labelMatrix(set),
    );
    this.#queue = new ImportQueue({
      catalogue,
      files,
      embedder,
      clock,
      run: this.#run,
      limits: embedLimits,
      committed: (plan) => this.#committed(plan),
      crash,
    });
    const same = new SameSource(catalogue, files);
    this.#intake = new Intake({
      catalogue,
      files,
      same,
      run: this.#run,
      clock,
      enqueue: (ids, fresh) => this.#queue.enqueue(ids, fresh),
    });
    this.duplicates = new Duplicates(
      {
        catalogue,
        clock,
        finder: parts.pairFinder,
        signatures: this.#signatures,
        folderFiles: parts.folderFiles,
        files,
        model: () => this.#models.current,
        isBusy: () =>
          this.#queue.state === 'running' ||
          this.#signer.isRunning ||
          !this.#similar.status.loaded ||
          this.#similar.status.build !== null,
        changed: () => this.#feed.status(),
        crash,
      },
      (ids) => this.#queue.enqueue(ids),
    );
    this.searches = new SavedSearches(catalogue);
    this.recommendations = new Recommendations(catalogue, () => this.#similar.index);
    this.#decisions = new Decisions(
      catalogue,
      clock,
      (ids) => this.#queue.enqueue(ids),
      (change) => this.labelSets.apply(change),
    );
    this.#evidence = new Evidence({
      catalogue,
      embedder,
      weights: parts.weights,
      taught: (label) => {
        const set = catalogue.labels.get(label)?.set;
        return set === undefined ? null : (this.taughtSets.usableHead(set)?.head ?? null);
      },
      limits: embedLimits,
      open: (id) => this.#originals.open(id),
    });
    this.taughtSets = new TaughtSets({
      catalogue,
      clock,
      teacher: parts.headTeacher,
      model: () => this.#models.current,
      crash,
    });
    this.labelSets = new LabelSets(
      catalogue,
      () => this.#decisions.log,
      (set) => this.taughtSets.changed(set),
    );
    this.labelExchange = new LabelExchange(catalogue, this.labelSets, this.taughtSets, () => clock.now());
    this.#originals = new Originals(catalogue, files);
    this.itemNames = new ItemNames(catalogue);
    const matchParts: MatchParts = {
      catalogue,
      clock,
      similar: this.#similar,
      signatures: this.#signatures,
      pictures: parts.pictures,
      model: () => this.#models.searched,
      embed: (bytes, region) => embedder.embed(bytes, { ...embedLimits(), ...(region && { region }) }, true),
      original: (id) => this.#originals.open(id),
    };
    this.#matchParts = matchParts;
    this.samePictures = new SamePictures(matchParts);
    this.productPhotos = new ProductPhotos({ ...matchParts, names: this.itemNames });
    this.previews = new Previews({
      catalogue,
      originals: this.#originals,
      embedder,
      limits: embedLimits,
      crash,
    });
    this.#retries = new Retries(catalogue, this.#queue, this.#run);
    this.backups = new Backups({
      catalogue,
      files,
      clock,
      open: async (id) => {
        const opened = await this.#originals.open(id);
        return 'code' in opened ? null : opened;
      },
      committed: (plan) => {
        this.#committed(plan);
        this.#signer.look();
      },
      merged: (section) => {
        if (section === 'items') this.itemNames.reload();
        if (section === 'duplicates') this.duplicates.reload();
        if (section === 'sets') this.#forgetActions();
      },
      enqueue: (ids) => {
        this.#run.accepted(ids.length);
        this.#queue.enqueue(ids);
      },
      restored: () => {
        this.#forgetActions();
        this.#models.restored();
        this.#openIndex().catch(crash);
      },
    });
    this.folders = new PickedFolders({
      catalogue,
      access: parts.folderAccess,
      files,
      same,
      clock,
      take: async (found, folders) => (await this.#intake.add(found, null, folders)).accepted,
      again: (ids) => this.#again(ids),
      crash,
    });
  }

  /** Reads what is stored and goes on where the last session ended. */
  async open(): Promise<void> {
    await this.#catalogue.load();
    this.#models.opened();
    await this.#retries.opened();
    await this.folders.opened();
    this.#inBackground().catch(this.#parts.crash);
  }

  async close(): Promise<void> {
    this.#signer.stop();
    this.backups.cancel();
    this.#intake.cancel();
    this.previews.close();
    await this.folders.close();
    await this.#queue.stop(closePatience);
    await this.duplicates.search.close();
    this.taughtSets.close();
    await this.#similar.close();
    await this.#catalogue.exclusive(async () => {});
  }

  state(): LibraryState {
    const { log } = this.#decisions;
    return {
      contentRevision: this.#feed.contentRevision,
      counts: photoCounts(this.#catalogue.table),
      import: this.#run.progress(this.#queue.state),
      folders: this.folders.status,
      outdated: this.#queue.outdated,
      tagsLoaded: this.#models.tagsLoaded,
      teaching: this.taughtSets.status,
      index: this.#similar.status,
      learnedCutOff: this.#similar.cutOff,
      backup: this.backups.job,
      duplicates: this.duplicates.search.status,
      undo: log.undo,
      redo: log.redo,
    };
  }

  /** Something of the status that is not the library's own changed. */
  statusChanged(): void {
    this.#feed.status();
  }

  // Models

  /** A model's pack is there: its labels are known. */
  async announceModel(model: ModelDescription): Promise<void> {
    await this.#models.announce(model);
    this.#openIndex().catch(this.#parts.crash);
  }

  /** A backend runs it: photos can be processed. The model must have been announced. */
  modelReady(key: ModelKey): void {
    const model = this.#catalogue.modelByKey(key);
    if (model !== null) this.#queue.modelReady(model.number);
  }

  modelGone(): void {
    this.#queue.modelGone();
  }

  // Import

  /** @param intake of the report of an earlier call for the same drop */
  add(found: AsyncIterable<Found> | Iterable<Found>, intake: number | null = null): Promise<AddReport> {
    return this.#intake.add(found, intake);
  }

  /** Adds what is in folders that were picked, and the files that were picked with them; the folders are remembered. */
  async addPicked(handles: readonly FileHandle[], found: AsyncIterable<Found>): Promise<AddReport> {
    const places = await this.folders.picked(handles.filter(({ kind }) => kind === 'directory'));
    const numbers = new Map([...places.values()].map(({ root, number }) => [root, number]));
    const report = await this.#intake.add(foundInPlace(found, places), null, numbers);
    // Who does not want these photos now does not want them at the next start either.
    if (report.cancelled)
      for (const number of new Set(numbers.values())) await this.folders.follow(number, false);
    return report;
  }

  /** See `relinkPhoto`. */
  relink(id: PhotoId, handle: FileHandle, evenIfDifferent: boolean): Promise<RelinkResult> {
    const { files } = this.#parts;
    return relinkPhoto(this.#catalogue, files, { id, handle }, evenIfDifferent, (ids) => this.#again(ids));
  }

  setScanning(scanning: boolean): void {
    this.#run.setPageScans(scanning);
    this.#feed.status();
  }

  pauseImport(): void {
    this.#queue.pause();
  }

  resumeImport(): void {
    this.#queue.resume();
  }

  /** Photos that were never tried go; those that are tried again stay, as failed for now. */
  async cancelImport(): Promise<void> {
    this.#intake.cancel();
    const { table } = this.#catalogue;
    // What is being taken in at this moment is stored first, then taken out again with the rest.
    const queued = await this.#catalogue.exclusive(async () => this.#queue.takeAll());
    try {
      this.#run.cancelled(queued.length);
      this.#feed.status();
      const tried = queued.filter((id) => (table.columns.flags[id]! & triedFlag) !== 0);
      const fresh = queued.filter((id) => (table.columns.flags[id]! & triedFlag) === 0);
      await this.#retries.setStatus(tried, photoStatusCodes.deferred);
      await this.#purge(fresh);
    } finally {
      this.#queue.cancelled();
    }
  }

  importTimings(): Timings {
    return this.#queue.timer.timings();
  }

  async importFailures(): Promise<readonly ImportFailure[]> {
    return [...(await this.#retries.failures()), ...this.#run.refused];
  }

  retry(ids: Iterable<number> | null): Promise<void> {
    this.#originals.permissionMayBeThere();
    this.previews.permissionMayBeThere();
    this.folders.permissionMayBeThere().catch(this.#parts.crash);
    return this.#retries.retry(ids);
  }

  dismissImport(): void {
    this.#run.forgetRefused();
    if (this.#run.over) this.#run.reset();
    this.#feed.status();
  }

  async handlesNeedingPermission(): Promise<readonly FileHandle[]> {
    const folders = this.folders.handlesNeedingPermission();
    const others = await this.#originals.handlesOf([...this.#queue.locked]);
    const isNew = await Promise.all(
      others.map(async (other) => {
        for (const folder of folders) if (await this.#parts.files.isSameEntry(folder, other)) return false;
        return true;
      }),
    );
    return [...folders, ...others.filter((_, i) => isNew[i])];
  }

  // Reading

  labels(): readonly Label[] {
    return this.#catalogue.labels.all().map((label) => {
      const set = label.set === undefined ? null : this.#catalogue.labelSet(label.set);
      return set === null ? label : { ...label, setName: set.name };
    });
  }

  /** Newest wins: an earlier query that is not answered yet is 'superseded'. */
  async view(query: PhotoQuery): Promise<PhotoView | 'superseded'> {
    const turn = ++this.#latestView;
    await this.#parts.clock.breathe();
    if (turn !== this.#latestView) return 'superseded';
    if (query.allOf.length + query.anyOf.length + query.noneOf.length > 0) {
      await this.#models.whenTagsLoaded();
      if (turn !== this.#latestView) return 'superseded';
    }
    if (query.cell !== null) {
      await this.#judged.prepareCell(query.cell);
      if (turn !== this.#latestView) return 'superseded';
    }
    const labels = this.#models.tagsLoaded ? this.#catalogue.labels.size : null;
    return queryPhotos(this.#catalogue, query, labels, this.#feed.contentRevision);
  }

  /** What a grid shows of photos. It is asked for those in sight: of the photos that wait, they are processed first. */
  cells(ids: Iterable<number>): (PhotoCell | null)[] {
    this.#queue.prefer(ids);
    return Array.from(ids, (id) => (this.#catalogue.table.has(id) ? cellOf(this.#catalogue, id) : null));
  }

  /** A thumbnail's bytes each, not shared with anybody; null where there is none. */
  async thumbnails(ids: Iterable<number>): Promise<(ArrayBuffer | null)[]> {
    const list = [...ids];
    const { table } = this.#catalogue;
    const found = await thumbnailsOf(this.#catalogue, list);
    const gone = list.filter(
      (id, i): id is PhotoId => found[i] === null && table.has(id) && table.contentOf(id) !== null,
    );
    if (gone.length > 0) this.previews.remake(gone);
    return found;
  }

  photo(id: PhotoId): Promise<PhotoDetail | null> {
    return photoDetail(this.#catalogue, id, (content) => this.taughtSets.labelScores(id, content));
  }

  original(id: PhotoId): Promise<FileBytes | Failure> {
    return this.#originals.open(id);
  }

  async similar(
    query: { readonly terms: readonly LikeTerm[]; readonly filter: PhotoQuery | null },
    limit: number,
    beyond: number,
  ): Promise<SimilarResult> {
    if (query.filter?.cell) await this.#judged.prepareCell(query.filter.cell);
    const { embedder, limits } = this.#parts;
    const { maxMegapixels, similarityCutOff, previewSize: thumbnailSize } = limits();
    const embed: EmbedSubject = async (subject) => {
      const bytes = subject.kind === 'picture' ? subject.bytes : await this.#originals.open(subject.id);
      if ('code' in bytes) return { ok: false, failure: bytes };
      const { region } = subject;
      return embedder.embed(bytes, { maxMegapixels, thumbnailSize, ...(region && { region }) }, true);
    };
    const request = { ...query, embed, cutOff: similarityCutOff, limit, beyond };
    return this.#similar.find(request, this.#models.searched, this.#models.current);
  }

  /** See `photoParts`. */
  photoParts(query: MatchQuery, ids: Iterable<number>): Promise<PartRows | null> {
    return photoParts(this.#matchParts, query, [...ids] as PhotoId[]);
  }

  /** Where in the picture a label of the model comes from. */
  evidence(id: PhotoId, label: LabelNumber): Promise<LabelEvidence | Failure> {
    return this.#evidence.of(id, label);
  }

  /** See `JudgedPhotos.judged`. */
  judgedSet(set: string, scope: PhotoQuery | null): Promise<JudgedSet | null> {
    return this.#judged.judged(set, scope);
  }

  // The index of similar photos

  rebuildIndex(): void {
    this.#similar.rebuild();
  }

  cancelIndexBuild(): void {
    this.#similar.cancelBuild();
  }

  /** Null: there are too few photos, or it was asked for again meanwhile. */
  checkIndex(): Promise<IndexCheck | null> {
    return this.#similar.check();
  }

  /** Photos that are not removed, with their tags: all of them once `tagsLoaded`. */
  taggedPhotos(language: 'en' | 'zh'): Iterable<TaggedPhoto> {
    return taggedPhotos(this.#catalogue, language);
  }

  /** When the first photo came, milliseconds since 1970; null: there is none. */
  get firstImport(): number | null {
    for (const id of this.#catalogue.table.ids()) return this.#catalogue.table.row(id).importedAt;
    return null;
  }

  /** Photos side by side: what differs, and why the first two match. */
  comparePhotos(ids: readonly PhotoId[]): Promise<PhotoComparison> {
    return comparePhotos(this.#catalogue, this.#parts.pictures, ids);
  }

  // Decisions

  judge(ids: Iterable<number>, label: LabelNumber, verdict: Verdict | null): Promise<void> {
    const set = this.#catalogue.labels.get(label)?.set;
    if (set === undefined) return this.#decisions.judge(ids, label, verdict);
    const statement = { verdicts: [{ label, verdict }] };
    return this.labelSets.state(set, new Map(Array.from(ids, (id) => [id, statement])));
  }

  /** @throws RangeError for a name of nothing but spaces */
  ensureLabel(name: string): Promise<Label> {
    if (name.trim() === '') throw new RangeError('a label needs a name');
    return this.#catalogue.exclusive(async () => {
      const { labels } = this.#catalogue;
      const known = labels.byName(name);
      if (known !== null) return known;
      const label = labels.planOwn(name);
      StoreRefused.check(await this.#catalogue.write({ labels: [label] }, 'strict'));
      return labels.byId(label.id)!;
    });
  }

  /** Null: no such set. */
  labelDictionary(set: number): LabelDictionary | null {
    return labelDictionary(this.#catalogue, set);
  }

  /** The next photos to label; null: no such set, or no model yet. */
  async labelQueue(id: number, order: QueueOrder, count: number): Promise<Uint32Array<ArrayBuffer> | null> {
    const set = this.#catalogue.labelSet(id);
    const model = this.#models.current;
    if (set === null || model === null) return null;
    const head = this.taughtSets.usableHead(id);
    if (order !== 'wrong') {
      return labelQueue(this.#catalogue, this.#parts.clock, set, model, head, order, count);
    }
    return doubtfulPhotos((await this.labelMatrix(id))!, count);
  }

  labelMatrix(set: number): Promise<LabelMatrix | null> {
    return labelMatrix(this.#catalogue, set, this.#models.current, this.taughtSets.usableHead(set));
  }

  favour(ids: Iterable<number>, liked: boolean): Promise<void> {
    return this.#decisions.favour(ids, liked);
  }

  remove(ids: Iterable<number>): Promise<void> {
    return this.#decisions.remove(ids);
  }

  restore(ids: Iterable<number>): Promise<void> {
    return this.#decisions.restore(ids);
  }

  /** Null: all removed ones. Photos that are not removed are left alone. */
  purge(ids: Iterable<number> | null): Promise<void> {
    const { table } = this.#catalogue;
    const wanted = ids === null ? [...table.ids()] : [...ids];
    return this.#purge(
      wanted.filter((id): id is PhotoId => table.has(id) && table.columns.removedAt[id] !== 0),
    );
  }

  /** What was taken back; null if there was nothing. */
  async undo(): Promise<UndoableAction | null> {
    const action = this.#decisions.log.undo;
    return (await this.#decisions.undo()) ? action : null;
  }

  async redo(): Promise<UndoableAction | null> {
    const action = this.#decisions.log.redo;
    return (await this.#decisions.redo()) ? action : null;
  }

  async #purge(ids: readonly PhotoId[]): Promise<void> {
    const { table } = this.#catalogue;
    const contents = ids.map((id) => table.contentOf(id)).filter((content) => content !== null);
    StoreRefused.check(await purgePhotos(this.#catalogue, ids));
    this.#similar.removed(contents);
    this.itemNames.removed(ids);
    for (const content of contents) {
      if (table.photosOf(content).length === 0) this.#signatures.remove(content);
    }
    this.#queue.roomMayBeThere();
  }

  /** What was before an action is not what was before a backup was taken in: it must not come back over that. */
  #forgetActions(): void {
    this.#decisions.log.clear();
    this.#feed.status();
  }

  /** Photos whose files changed are processed again. */
  #again(ids: readonly PhotoId[]): void {
    if (ids.length === 0) return;
    this.#run.begin();
    this.#run.accepted(ids.length);
    this.#run.end();
    this.#queue.enqueue(ids);
  }

  #committed(plan: Pick<ResultPlan, 'photoRows' | 'contentRows'> & Partial<ResultPlan>): void {
    this.#models.committed(plan);
    this.#similar.added(plan.contentRows);
    this.taughtSets.committed(plan);
    this.#signatures.add(plan.signatureRows ?? []);
    this.duplicates.search.contentsChanged();
    // Most are done again with a new model: its vectors are searched from now on.
    const { searched } = this.#models;
    if (this.#similar.model !== null && this.#similar.model !== searched?.number)
      this.#openIndex().catch(this.#parts.crash);
  }

  /** What can wait until the first screen is there. */
  async #inBackground(): Promise<void> {
    const { orders, searchText } = this.#catalogue;
    const { breathe } = this.#parts.clock;
    await this.#models.whenTagsLoaded();
    await searchText.prepare(breathe);
    await orders.prepareNames(breathe);
    await this.#cleanUp().catch(this.#parts.crash);
    await this.taughtSets.opened();
    await this.#openIndex();
    await this.duplicates.search.opened();
    await this.folders.followAll().catch(this.#parts.crash);
    await this.#signatures.load();
    this.#signer.look();
  }

  /** Similar photos are at hand before anybody asks, and what is imported is followed. */
  async #openIndex(): Promise<void> {
    await this.#models.whenTagsLoaded();
    const { searched } = this.#models;
    if (searched === null) return;
    await this.#similar.use(searched);
    await this.#similar.learn();
  }

  /** Deletes what nobody can want any more: photos removed long ago, results of models no longer used. */
  async #cleanUp(): Promise<void> {
    const { table } = this.#catalogue;
    const before = this.#parts.clock.now() - keepRemovedMilliseconds;
    const { removedAt } = table.columns;
    const expired = [...table.ids()].filter((id) => removedAt[id] !== 0 && removedAt[id]! < before);
    await this.#purge(expired);
    await this.#models.deleteUnused();
  }
}
