import type { Decision } from '../dedup/decision.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import { type Tier, tiers } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import { DecidedDuplicates } from './decided-duplicates.ts';
import { bytesOf } from './duplicate-changes.ts';
import { countOf } from './duplicate-counts.ts';
import { DuplicateDecisions, type GivenDecision } from './duplicate-decisions.ts';
import { DuplicateFiles, type FilesResult } from './duplicate-files.ts';
import { DuplicateJournal } from './duplicate-journal.ts';
import { DuplicateLists } from './duplicate-lists.ts';
import { DuplicatePlans } from './duplicate-plans.ts';
import type { FileJournal } from './duplicate-run.ts';
import { scopeTest } from './duplicate-scope.ts';
import { DuplicateSearch, type DuplicateSearchParts } from './duplicate-search.ts';
import {
  type AppliedRun,
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

/** Duplicates: found, decided, removed from the library, taken back. */
export class Duplicates {
  readonly #catalogue: Catalogue;
  readonly search: DuplicateSearch;
  readonly scope: KeptScope;
  readonly #files: DuplicateFiles;
  readonly journal: DuplicateJournal;
  readonly #decided: DecidedDuplicates;
  readonly #decisions: DuplicateDecisions;
  readonly #lists: DuplicateLists;
  readonly #plans: DuplicatePlans;
  #loading: Promise<void> | null = null;

  constructor(
    parts: DuplicateSearchParts & { readonly folderFiles: FolderFiles; readonly files: KeptFiles },
    restored: (ids: readonly PhotoId[]) => void,
  ) {
    const { catalogue, clock } = parts;
    this.#catalogue = catalogue;
    this.search = new DuplicateSearch(parts);
    this.scope = new KeptScope(catalogue);
    this.#files = new DuplicateFiles(catalogue, clock, parts.folderFiles, parts.files);
    this.#decided = new DecidedDuplicates(catalogue);
    this.journal = new DuplicateJournal(catalogue, this.#decided, this.#files, restored, parts.changed);
    this.#decisions = new DuplicateDecisions(catalogue, clock, this.#decided, this.journal);
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
  decide(choice: DuplicateChoice): Promise<void> {
    return this.#exclusive(() => this.#decisions.decide(choice));
  }

  /** All that was decided, newest first. */
  async decisions(): Promise<readonly Decision[]> {
    await this.#ready();
    return [...this.#decided.all].reverse();
  }

  /** Takes decisions back, whenever they were made. */
  forget(numbers: readonly number[]): Promise<void> {
    return this.#exclusive(() => this.#decisions.forget(numbers));
  }

  /** Takes back whatever says that these photos are to go. @returns what that was */
  reopen(photos: readonly PhotoId[]): Promise<readonly Decision[]> {
    return this.#exclusive(() => this.#decisions.reopen(photos));
  }

  /** Such as were taken back. @returns how many are new */
  addDecisions(added: readonly Decision[]): Promise<number> {
    return this.#exclusive(() => this.#decisions.giveBack(added));
  }

  /** Decisions of another library, for undoing one step. @returns how many are new */
  importDecisions(added: readonly GivenDecision[]): Promise<number> {
    return this.#exclusive(() => this.#decisions.import(added));
  }

  /** @param run that one, whatever was done since; else what was done last */
  async undo(run?: number): Promise<DuplicateUndo | null> {
    await this.#ready();
    return this.journal.undo(run);
  }

  /** What was applied and can be taken back, newest first. */
  async applied(): Promise<readonly AppliedRun[]> {
    await this.#ready();
    return this.journal.runs.applied;
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

  async foldersToWrite(run?: number): Promise<readonly FileHandle[]> {
    await this.#ready();
    return this.journal.foldersToWrite(run);
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
