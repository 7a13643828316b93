import * as Comlink from 'comlink';
import type { Decision } from '../../core/dedup/decision.ts';
import type { ColourRule } from '../../core/image/product-score.ts';
import type { ForYou } from '../../core/library/for-you.ts';
import { mostHeadBytes } from '../../core/library/head-import.ts';
import type { Failure, PhotoId } from '../../core/library/photo.ts';
import type { PhotoQuery, PhotoView } from '../../core/library/photo-query.ts';
import type { LabelDraft, SetDraft, SetEdit } from '../../core/tagging/edit-label-set.ts';
import type { Label, LabelNumber, Verdict } from '../../core/tagging/label.ts';
import type { LabelSet } from '../../core/tagging/label-set.ts';
import type { BackupResult, BackupState, RestoreResult } from '../../protocol/backup.ts';
import type {
  ApplyResult,
  DuplicateChoice,
  DuplicateFileKind,
  DuplicatePlan,
  DuplicatePlanRequest,
  DuplicateQuery,
  DuplicateUndo,
  DuplicateView,
  FilesResult,
  PhotoComparison,
} from '../../protocol/duplicates.ts';
import type { FolderInfo, RelinkResult, RescanReport } from '../../protocol/folders.ts';
import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import type { InferenceHost } from '../../protocol/inference.ts';
import type {
  HeadAnswer,
  ImportAnswer,
  ImportTarget,
  LabelDictionary,
  LabelFileKind,
  LabelMatrix,
  LabelReading,
  PreviewAnswer,
  QueueOrder,
  SetAnswer,
  Statement,
  TaughtSummary,
  TeachAnswer,
  TeachChoices,
} from '../../protocol/label-sets.ts';
import type {
  AddReport,
  ImportFailure,
  ImportTimings,
  IncomingFile,
  IndexCheck,
  LabelEvidence,
  LibraryApi,
  LibraryEvent,
  OpenRequest,
  OpenResult,
  PhotoCell,
  PhotoDetail,
  SavedSearch,
  Settings,
  SimilarQuery,
  SimilarResult,
  StorageStatus,
  TagFileKind,
  UndoableAction,
} from '../../protocol/library.ts';
import type {
  CatalogueItem,
  MatchTarget,
  NamesPlan,
  ProductResult,
  SameResult,
} from '../../protocol/match.ts';
import { version } from '../../protocol/version.ts';
import { restoreFrom, saveBackup } from '../backup/backup-verbs.ts';
import { figuresSource } from '../figures/figures-source.ts';
import { candidatesOfFiles, candidatesOfHandles } from '../files/walk.ts';
import { decisionFile, readDecisionFile } from './decision-files.ts';
import { headFile, labelBlob, labelSource } from './label-files.ts';
import { LibrarySession } from './library-session.ts';
import { PageCalls } from './page-calls.ts';
import { removalFile } from './removal-files.ts';
import { tagFile } from './tag-files.ts';

type Ids = Uint32Array<ArrayBuffer>;

/** What the page calls: answers from the session, and hands big arrays over instead of copying them. */
export class LibraryService implements LibraryApi {
  #session: LibrarySession | null = null;

  readonly #calls = new PageCalls();

  /** What a call of the page comes to. One that another tab's taking over cut off is never answered: `lost` is told. */
  async answer<Value>(verb: string, call: () => Promise<Value>): Promise<Value> {
    try {
      // It waits for all others.
      return await (verb === 'removeEverything' ? call() : this.#calls.run(call));
    } catch (error) {
      if (this.#session?.isLost === true) return new Promise(() => {});
      throw error;
    }
  }

  async open(
    request: OpenRequest,
    host: InferenceHost & IndexBuilderHost,
    listener: (event: LibraryEvent) => void,
  ): Promise<OpenResult> {
    if (this.#session !== null) throw new Error('the library is open already; close it first');
    const opened = await LibrarySession.open(request, host, listener);
    if ('kind' in opened) return opened;
    this.#session = opened;
    return { kind: 'open', status: opened.status(), settings: opened.settings };
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  addFiles(files: readonly IncomingFile[], intake: number | null): Promise<AddReport> {
    return this.#library.add(candidatesOfFiles(files), intake);
  }

  addHandles(handles: readonly FileSystemHandle[]): Promise<AddReport> {
    return this.#library.addPicked(handles, candidatesOfHandles(handles));
  }

  folders(): Promise<readonly FolderInfo[]> {
    return this.#library.folders.list();
  }

  rescanFolders(numbers: readonly number[] | null): Promise<RescanReport> {
    return this.#library.folders.rescan(numbers);
  }

  followFolder(number: number, isFollowed: boolean): Promise<void> {
    return this.#library.folders.follow(number, isFollowed);
  }

  relocateFolder(number: number, handle: FileSystemDirectoryHandle): Promise<RescanReport> {
    return this.#library.folders.relocate(number, handle);
  }

  relinkPhoto(id: PhotoId, handle: FileSystemFileHandle, evenIfDifferent: boolean): Promise<RelinkResult> {
    return this.#library.relink(id, handle, evenIfDifferent);
  }

  async setScanning(scanning: boolean): Promise<void> {
    this.#library.setScanning(scanning);
  }

  async pauseImport(): Promise<void> {
    this.#library.pauseImport();
  }

  async resumeImport(): Promise<void> {
    this.#library.resumeImport();
  }

  cancelImport(): Promise<void> {
    return this.#library.cancelImport();
  }

  async importTimings(): Promise<ImportTimings> {
    return this.#library.importTimings();
  }

  importFailures(): Promise<readonly ImportFailure[]> {
    return this.#library.importFailures();
  }

  retry(ids: Ids | null): Promise<void> {
    return this.#library.retry(ids);
  }

  async dismissImport(): Promise<void> {
    this.#library.dismissImport();
  }

  async handlesNeedingPermission(): Promise<readonly FileSystemHandle[]> {
    return (await this.#library.handlesNeedingPermission()) as readonly FileSystemHandle[];
  }

  async labels(): Promise<readonly Label[]> {
    return this.#library.labels();
  }

  async view(query: PhotoQuery): Promise<PhotoView | 'superseded'> {
    const view = await this.#library.view(query);
    if (view === 'superseded') return view;
    const counts = view.labelCounts === null ? [] : [view.labelCounts.buffer];
    return Comlink.transfer(view, [view.ids.buffer, view.aspects.buffer, ...counts]);
  }

  async cells(ids: Ids): Promise<readonly (PhotoCell | null)[]> {
    return this.#library.cells(ids);
  }

  async thumbnails(ids: Ids): Promise<readonly (ArrayBuffer | null)[]> {
    const thumbnails = await this.#library.thumbnails(ids);
    return Comlink.transfer(
      thumbnails,
      thumbnails.filter((bytes) => bytes !== null),
    );
  }

  photo(id: PhotoId): Promise<PhotoDetail | null> {
    return this.#library.photo(id);
  }

  async original(id: PhotoId) {
    const original = await this.#library.original(id);
    return 'code' in original ? original : (original as Blob);
  }

  async exportTags(kind: TagFileKind, language: 'en' | 'zh'): Promise<Blob> {
    return tagFile(kind, [...this.#library.taggedPhotos(language)]);
  }

  async backUp(originals: boolean, handle: FileSystemFileHandle | null): Promise<BackupResult> {
    const session = this.#opened;
    const result = await saveBackup(session.library.backups, version, originals, handle);
    if (result.kind === 'saved') await session.rememberBackup(result.photos);
    return result;
  }

  inspectBackup(file: Blob): Promise<RestoreResult> {
    return restoreFrom(this.#library.backups, file, true);
  }

  restoreBackup(file: Blob): Promise<RestoreResult> {
    return restoreFrom(this.#library.backups, file, false);
  }

  async cancelBackup(): Promise<void> {
    this.#library.backups.cancel();
  }

  backupState(): Promise<BackupState> {
    return this.#opened.backupState();
  }

  similar(query: SimilarQuery, limit: number, beyond: number): Promise<SimilarResult> {
    return this.#library.similar(query, limit, beyond);
  }

  evidence(id: PhotoId, label: LabelNumber): Promise<LabelEvidence | Failure> {
    return this.#library.evidence(id, label);
  }

  async connectFigures(port: MessagePort): Promise<void> {
    Comlink.expose(
      figuresSource(() => this.#library),
      port,
    );
  }

  savedSearches(): Promise<readonly SavedSearch[]> {
    return this.#library.searches.all();
  }

  async saveSearch(search: Parameters<LibraryApi['saveSearch']>[0]): Promise<SavedSearch> {
    return this.#library.searches.save(search);
  }

  deleteSearch(number: number): Promise<void> {
    return this.#library.searches.delete(number);
  }

  samePicture({ file, ...query }: MatchTarget): Promise<SameResult> {
    return this.#library.samePictures.find({ ...query, bytes: file });
  }

  products({ file, ...query }: MatchTarget, colour: ColourRule, limit: number): Promise<ProductResult> {
    return this.#library.productPhotos.find({ ...query, bytes: file }, colour, limit);
  }

  photoParts({ file, ...query }: MatchTarget, ids: Ids): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#library.photoParts({ ...query, bytes: file }, ids);
  }

  items(): Promise<readonly CatalogueItem[]> {
    return this.#library.itemNames.items();
  }

  planNames(csv: string): Promise<NamesPlan> {
    return this.#library.itemNames.plan(csv);
  }

  importNames(csv: string): Promise<NamesPlan> {
    return this.#library.itemNames.take(csv);
  }

  forgetNames(): Promise<void> {
    return this.#library.itemNames.forget();
  }

  async rebuildIndex(): Promise<void> {
    this.#library.rebuildIndex();
  }

  async cancelIndexBuild(): Promise<void> {
    this.#library.cancelIndexBuild();
  }

  checkIndex(): Promise<IndexCheck | null> {
    return this.#library.checkIndex();
  }

  async duplicates(query: DuplicateQuery): Promise<DuplicateView> {
    const view = await this.#library.duplicates.view(query);
    return Comlink.transfer(view, [view.starts.buffer, view.photos.buffer, view.states.buffer]);
  }

  comparePhotos(photos: readonly PhotoId[]): Promise<PhotoComparison> {
    return this.#library.comparePhotos(photos);
  }

  async foldersOfPhotos(photos: Ids) {
    const { folders, files } = await this.#library.duplicates.foldersOf([...photos] as PhotoId[]);
    return { folders: folders as unknown as readonly FileSystemHandle[], files };
  }

  clearDuplicateFiles(run: number, mode: 'move' | 'delete'): Promise<FilesResult> {
    return this.#library.duplicates.clearFiles(run, mode);
  }

  async settleDuplicateFiles(): Promise<readonly FileSystemHandle[]> {
    return (await this.#library.duplicates.settleFiles()) as readonly FileSystemHandle[];
  }

  async exportDuplicates(request: DuplicatePlanRequest, kind: DuplicateFileKind): Promise<Blob> {
    return removalFile(kind, await this.#library.duplicates.listed(request));
  }

  duplicateDecisions(): Promise<readonly Decision[]> {
    return this.#library.duplicates.decisions();
  }

  forgetDuplicateDecisions(numbers: readonly number[]): Promise<void> {
    return this.#library.duplicates.forget(numbers);
  }

  async exportDuplicateDecisions(): Promise<Blob> {
    return decisionFile(await this.#library.duplicates.decisions());
  }

  async importDuplicateDecisions(file: Blob): Promise<number> {
    const decisions = await readDecisionFile(file);
    return decisions === null ? -1 : this.#library.duplicates.addDecisions(decisions);
  }

  async pauseDuplicates(): Promise<void> {
    this.#library.duplicates.search.pause();
  }

  async resumeDuplicates(): Promise<void> {
    this.#library.duplicates.search.resume();
  }

  decideDuplicates(choice: DuplicateChoice): Promise<void> {
    return this.#library.duplicates.decide(choice);
  }

  undoDuplicates(): Promise<DuplicateUndo | null> {
    return this.#library.duplicates.undo();
  }

  planDuplicates(request: DuplicatePlanRequest): Promise<DuplicatePlan> {
    return this.#library.duplicates.plan(request);
  }

  applyDuplicates(request: DuplicatePlanRequest, fingerprint: string): Promise<ApplyResult> {
    return this.#library.duplicates.apply(request, fingerprint);
  }

  judge(ids: Ids, label: LabelNumber, verdict: Verdict | null): Promise<void> {
    return this.#library.judge(ids, label, verdict);
  }

  ensureLabel(name: string): Promise<Label> {
    return this.#library.ensureLabel(name);
  }

  async labelSets(): Promise<readonly LabelSet[]> {
    return this.#library.labelSets.all;
  }

  makeLabelSet(draft: SetDraft): Promise<SetAnswer> {
    return this.#library.labelSets.make(draft);
  }

  editLabelSet(set: number, edit: SetEdit): Promise<SetAnswer> {
    return this.#library.labelSets.edit(set, edit);
  }

  addSetLabels(set: number, drafts: readonly LabelDraft[]): Promise<SetAnswer> {
    return this.#library.labelSets.addLabels(set, drafts);
  }

  deleteSetLabel(set: number, label: LabelNumber): Promise<SetAnswer> {
    return this.#library.labelSets.deleteLabel(set, label);
  }

  mergeSetLabels(set: number, from: LabelNumber, into: LabelNumber): Promise<SetAnswer> {
    return this.#library.labelSets.mergeLabels(set, from, into);
  }

  splitSetLabel(set: number, label: LabelNumber, ids: Ids, draft: LabelDraft): Promise<SetAnswer> {
    return this.#library.labelSets.splitLabel(set, label, ids, draft);
  }

  deleteLabelSet(set: number): Promise<void> {
    return this.#library.labelSets.delete(set);
  }

  statePhotos(set: number, ids: Ids, statement: Statement): Promise<void> {
    return this.#library.labelSets.state(set, new Map(Array.from(ids, (id) => [id, statement])));
  }

  clearPhotos(set: number, ids: Ids): Promise<void> {
    return this.#library.labelSets.clear(set, ids);
  }

  teachSet(set: number, choices: TeachChoices): Promise<TeachAnswer> {
    return this.#library.taughtSets.teach(set, choices);
  }

  async cancelTeaching(): Promise<void> {
    this.#library.taughtSets.cancel();
  }

  async taughtSets(): Promise<readonly TaughtSummary[]> {
    return this.#library.taughtSets.summaries();
  }

  async previewLabels(files: readonly File[] | null, target: ImportTarget | null): Promise<PreviewAnswer> {
    const source = await labelSource(files);
    return 'ok' in source ? source : this.#library.labelExchange.preview(source, target);
  }

  async importLabels(files: readonly File[] | null, target: ImportTarget): Promise<ImportAnswer> {
    const source = await labelSource(files);
    return 'ok' in source ? source : this.#library.labelExchange.import(source, target);
  }

  async exportLabels(set: number, kind: LabelFileKind): Promise<Blob | null> {
    const file = this.#library.labelExchange.exported(set);
    return file && labelBlob(file, kind);
  }

  async exportHead(set: number, kind: 'onnx' | 'json'): Promise<Blob | null> {
    const head = this.#library.labelExchange.exportHead(set, kind);
    return head === null ? null : new Blob([head]);
  }

  async importHead(file: File): Promise<HeadAnswer> {
    if (file.size > mostHeadBytes) return { ok: false, problem: { code: 'too-large' } };
    return this.#library.labelExchange.importHead(
      await headFile(file),
      file.name.replace(/(\.head)?\.\w+$/, ''),
    );
  }

  labelReadings(photo: PhotoId): Promise<readonly LabelReading[]> {
    return this.#library.taughtSets.readings(photo);
  }

  labelQueue(set: number, order: QueueOrder, count: number): Promise<Ids | null> {
    return this.#library.labelQueue(set, order, count);
  }

  async labelDictionary(set: number): Promise<LabelDictionary | null> {
    return this.#library.labelDictionary(set);
  }

  async labelMatrix(set: number): Promise<LabelMatrix | null> {
    const matrix = await this.#library.labelMatrix(set);
    if (matrix === null) return null;
    const { photos, truth, scores, heldOut, sides, thresholds } = matrix;
    const buffers = [photos, truth, scores, heldOut, sides, thresholds].map(({ buffer }) => buffer);
    return Comlink.transfer(matrix, buffers);
  }

  forYou(photos: number, labels: number): Promise<ForYou | null> {
    return this.#library.recommendations.forYou(photos, labels);
  }

  async noteOpened(id: PhotoId): Promise<void> {
    if (this.#opened.settings.recommendations) await this.#library.recommendations.noteOpened(id);
  }

  favour(ids: Ids, liked: boolean): Promise<void> {
    return this.#library.favour(ids, liked);
  }

  remove(ids: Ids): Promise<void> {
    return this.#library.remove(ids);
  }

  restore(ids: Ids): Promise<void> {
    return this.#library.restore(ids);
  }

  purge(ids: Ids | null): Promise<void> {
    return this.#library.purge(ids);
  }

  undo(): Promise<UndoableAction | null> {
    return this.#library.undo();
  }

  redo(): Promise<UndoableAction | null> {
    return this.#library.redo();
  }

  async retryModel(): Promise<void> {
    this.#opened.startModel();
  }

  async settings(): Promise<Settings> {
    return this.#opened.settings;
  }

  changeSettings(change: Partial<Settings>): Promise<Settings> {
    return this.#opened.changeSettings(change);
  }

  async storage(): Promise<StorageStatus> {
    const [estimate, persisted, kinds] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
      this.#opened.spaceUsed(),
    ]);
    return { used: estimate.usage ?? 0, quota: estimate.quota ?? 0, persisted, kinds };
  }

  evictPreviews(): Promise<number> {
    return this.#library.previews.evict();
  }

  removeEverything(): Promise<void> {
    return this.#calls.replace((settled) => this.#opened.removeEverything(settled));
  }

  get #opened(): LibrarySession {
    if (this.#session === null) throw new Error('the library is not open; call open first');
    return this.#session;
  }

  get #library() {
    return this.#opened.library;
  }
}
