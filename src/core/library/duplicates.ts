import { type Decision, decisionKey, isSound, mostDecidedPhotos } from '../dedup/decision.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import { type Tier, tiers } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { DecidedDuplicates } from './decided-duplicates.ts';
import { bytesOf } from './duplicate-changes.ts';
import { countOf } from './duplicate-counts.ts';
import { DuplicateFiles, type FilesResult } from './duplicate-files.ts';
import { DuplicateJournal } from './duplicate-journal.ts';
import { DuplicateLists } from './duplicate-lists.ts';
import { DuplicatePlans } from './duplicate-plans.ts';
import type { FileJournal } from './duplicate-run.ts';
import { scopeTest } from './duplicate-scope.ts';
import { DuplicateSearch, type DuplicateSearchParts } from './duplicate-search.ts';
import {
  type ApplyResult,
  type DuplicateChoice,
  type DuplicatePlan,
  type DuplicatePlanRequest,
  type DuplicateQuery,
  type DuplicateUndo,
  type DuplicateView,
  memberStates,
  type SplitOffPhoto,
  type TierCount,
} from './duplicate-view.ts';
import type { FileHandle } from './file-handle.ts';
import type { FolderFiles } from './file-removal.ts';
import type { KeptFiles } from './kept-file.ts';
import { KeptScope } from './kept-scope.ts';
import type { PhotoId } from './photo.ts';
import { StoreRefused } from './store-refused.ts';

/** A decision that comes from elsewhere. */
export type GivenDecision = Pick<Decision, 'kind' | 'photos' | 'at'> & {
  /** A run of the rules made it. */
  readonly byRules?: boolean | undefined;
};

/** Duplicates: found, decided, removed from the library, taken back. */
export class Duplicates {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly search: DuplicateSearch;
  readonly scope: KeptScope;
  readonly #files: DuplicateFiles;
  readonly journal: DuplicateJournal;
  readonly #decided: DecidedDuplicates;
  readonly #lists: DuplicateLists;
  readonly #plans: DuplicatePlans;
  #loading: Promise<void> | null = null;

  constructor(
    parts: DuplicateSearchParts & { readonly folderFiles: FolderFiles; readonly files: KeptFiles },
    restored: (ids: readonly PhotoId[]) => void,
  ) {
    const { catalogue, clock } = parts;
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.search = new DuplicateSearch(parts);
    this.scope = new KeptScope(catalogue);
    this.#files = new DuplicateFiles(catalogue, clock, parts.folderFiles, parts.files);
    this.#decided = new DecidedDuplicates(catalogue);
    this.journal = new DuplicateJournal(catalogue, this.#decided, this.#files, restored, parts.changed);
    this.#lists = new DuplicateLists(catalogue, this.#decided, this.search);
    this.#plans = new DuplicatePlans({
      catalogue,
      clock,
      decided: this.#decided,
      lists: this.#lists,
      search: this.search,
      journal: this.journal,
      files: this.#files,
    });
  }

  async view({ tier, sensitivity, scope }: DuplicateQuery): Promise<DuplicateView> {
    await this.search.want();
    await this.#ready();
    const test = scopeTest(this.#catalogue, scope);
    const removals = this.#lists.removals(test);
    const states = new Map<number, number>();
    for (const { photo, keptFor } of removals) {
      states.set(photo, memberStates.removed);
      states.set(keptFor, memberStates.kept);
    }
    const counts = {} as Record<Tier, TierCount>;
    let shown: PhotoId[][] = [];
    for (const one of tiers) {
      const groups = this.#lists.groups(one, sensitivity, removals, test);
      counts[one] = countOf(this.#catalogue, groups, states);
      if (one === tier) shown = groups;
    }
    const photos = Uint32Array.from(shown.flat());
    const starts = new Uint32Array(shown.length + 1);
    shown.forEach((group, n) => {
      starts[n + 1] = starts[n]! + group.length;
    });
    return {
      tier,
      counts,
      starts,
      photos,
      states: Uint8Array.from(photos, (photo) => states.get(photo) ?? memberStates.open),
      conflicts: this.#decided.book.conflicts,
      references: test.countReferences(),
      decided: { photos: removals.length, bytes: bytesOf(this.#catalogue, removals) },
      undo: this.journal.nextUndo,
      cutOff: this.journal.isCutOff,
      stuck: this.journal.runs.stuck,
    };
  }

  /** What was split off from a group that `view` answered with, and why. */
  async splitOff(
    { tier, sensitivity, scope }: DuplicateQuery,
    group: readonly PhotoId[],
  ): Promise<SplitOffPhoto[]> {
    await this.#ready();
    const test = scopeTest(this.#catalogue, scope);
    return this.#lists.splitOff(tier, sensitivity, this.#lists.removals(test), test, group);
  }

  /** @throws RangeError for fewer than two photos, for the same one twice, and for copies beside other pictures */
  decide({ kind, photos }: DuplicateChoice): Promise<void> {
    return this.#exclusive(async () => {
      const keys = await this.#decided.keysOf(photos);
      const decision: Decision = {
        number: this.journal.nextNumber,
        at: this.#clock.now(),
        kind,
        photos: photos.map((photo) => keys.get(photo)!),
        run: null,
      };
      if (!isSound(decision) || photos.length > mostDecidedPhotos)
        throw new RangeError(`a decision about ${photos.length} photos of mixed kind`);
      StoreRefused.check(await this.#catalogue.write({ duplicateDecisions: [decision] }, 'strict'));
      this.#decided.change([decision], []);
    });
  }

  /** All that was decided, newest first. */
  async decisions(): Promise<readonly Decision[]> {
    await this.#ready();
    return [...this.#decided.all].reverse();
  }

  /** Takes decisions back, whenever they were made. */
  forget(numbers: readonly number[]): Promise<void> {
    return this.#exclusive(async () => {
      StoreRefused.check(await this.#catalogue.write({ deletedDuplicateDecisions: numbers }, 'strict'));
      this.#decided.change([], numbers);
    });
  }

  /** Such as were taken back, each of the run or the import that it was of. @returns how many are new */
  addDecisions(added: readonly Decision[]): Promise<number> {
    return this.#add(added, ({ run, batch }) => ({ run, ...(batch !== undefined && { batch }) }));
  }

  /** Decisions of another library, for undoing one step. @returns how many are new */
  importDecisions(added: readonly GivenDecision[]): Promise<number> {
    return this.#add(added, ({ byRules }, batch) => ({ run: byRules === true ? 0 : null, batch }));
  }

  /**
   * Those that are known already count once.
   *
   * @param originOf is given the number of the first of them, too
   */
  #add<Given extends Pick<Decision, 'kind' | 'photos' | 'at'>>(
    added: readonly Given[],
    originOf: (given: Given, first: number) => Pick<Decision, 'run' | 'batch'>,
  ): Promise<number> {
    return this.#exclusive(async () => {
      const known = new Set(this.#decided.all.map(decisionKey));
      const fresh = added.filter(
        (one) => isSound(one) && !known.has(decisionKey(one)) && known.add(decisionKey(one)),
      );
      const first = this.journal.nextNumber;
      const decisions = fresh.map(
        (given, n): Decision => ({
          number: first + n,
          at: given.at,
          kind: given.kind,
          photos: given.photos,
          ...originOf(given, first),
        }),
      );
      StoreRefused.check(await this.#catalogue.write({ duplicateDecisions: decisions }, 'strict'));
      this.#decided.change(decisions, []);
      return decisions.length;
    });
  }

  async undo(): Promise<DuplicateUndo | null> {
    await this.#ready();
    return this.journal.undo();
  }

  /** Removed photos whose file was moved aside or deleted with them. */
  async away(): Promise<ReadonlySet<PhotoId>> {
    await this.#loaded();
    return this.journal.runs.away;
  }

  /** Removed photos that undoing needs. */
  async needed(): Promise<ReadonlySet<PhotoId>> {
    await this.#loaded();
    return this.journal.runs.needed;
  }

  async foldersToWrite(): Promise<readonly FileHandle[]> {
    await this.#ready();
    return this.journal.foldersToWrite();
  }

  /** Does with the files of a run what `apply` noted. */
  async clearFiles(run: number): Promise<FilesResult> {
    await this.#ready();
    return this.journal.clearFiles(run);
  }

  async settleFiles(): Promise<readonly FileHandle[]> {
    await this.#ready();
    return this.journal.settleFiles();
  }

  /** Photos that could not be taken back stay removed, and Undo goes on with what was before. */
  async leave(): Promise<void> {
    await this.#ready();
    return this.journal.leave();
  }

  /** Lists what applying would remove; changes nothing. */
  async plan(request: DuplicatePlanRequest): Promise<DuplicatePlan> {
    await this.#ready();
    return this.#plans.plan(request);
  }

  /** What a dry run listed, for lists and scripts. */
  async listed(request: DuplicatePlanRequest): Promise<ScriptInput> {
    await this.#ready();
    return this.#plans.listed(request);
  }

  /** Removes from the library what a dry run listed, and notes what `clearFiles` is to do with the files. */
  async apply(
    request: DuplicatePlanRequest,
    fingerprint: string,
    files: 'leave' | FileJournal['mode'] = 'leave',
  ): Promise<ApplyResult> {
    await this.#ready();
    const looked = files === 'leave' ? [] : await this.#plans.look(request, fingerprint);
    if ('kind' in looked) return looked;
    return this.#exclusive(() => this.#plans.apply(request, fingerprint, files, looked));
  }

  /** Picked folders that hold files of what a dry run listed. */
  foldersOf(photos: readonly PhotoId[]): Promise<{ folders: FileHandle[]; files: number }> {
    return this.#files.foldersOf(photos);
  }

  #exclusive<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#catalogue.exclusive(async () => {
      await this.#ready();
      return job();
    });
  }

  /** Others wrote decisions: they are read before the next answer. */
  reload(): void {
    this.#loading = null;
  }

  #loaded(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #ready(): Promise<void> {
    await this.#loaded();
    await this.#decided.resolve();
  }

  async #load(): Promise<void> {
    const { decisions, runs } = await this.#catalogue.store.duplicates();
    this.#decided.change(decisions, []);
    this.journal.load(runs);
  }
}
