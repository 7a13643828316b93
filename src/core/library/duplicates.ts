import { type Decision, decisionKey, isSound } from '../dedup/decision.ts';
import type { PhotoFacts } from '../dedup/keep-rules.ts';
import { planRemovals } from '../dedup/removal-plan.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import { decidedRemovals, type Member, type Removal } from '../dedup/removals.ts';
import { leastScore, type Tier, tiers } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { DecidedDuplicates } from './decided-duplicates.ts';
import { runChanges } from './duplicate-changes.ts';
import { countOf } from './duplicate-counts.ts';
import { DuplicateFiles, type FilesResult, type KeptFiles } from './duplicate-files.ts';
import { exactGroups, pairGroups, presentPhotosOf } from './duplicate-groups.ts';
import { DuplicateJournal } from './duplicate-journal.ts';
import { keysOf } from './duplicate-keys.ts';
import { byId, bytesOf, planOf, scriptInput } from './duplicate-plan.ts';
import { type ScopeTest, scopeTest } from './duplicate-scope.ts';
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
  type TierCount,
} from './duplicate-view.ts';
import type { FileHandle } from './file-handle.ts';
import type { FolderFiles } from './file-removal.ts';
import type { ContentId, PhotoId } from './photo.ts';
import { photoFacts } from './photo-facts.ts';
import { StoreRefused } from './store-refused.ts';

/** Duplicates: found, decided, removed from the library, taken back. */
export class Duplicates {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly search: DuplicateSearch;
  readonly #files: DuplicateFiles;
  readonly journal: DuplicateJournal;
  readonly #decided: DecidedDuplicates;
  #loading: Promise<void> | null = null;

  constructor(
    parts: DuplicateSearchParts & { readonly folderFiles: FolderFiles; readonly files: KeptFiles },
    restored: (ids: readonly PhotoId[]) => void,
  ) {
    const { catalogue, clock } = parts;
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.search = new DuplicateSearch(parts);
    this.#files = new DuplicateFiles(catalogue, clock, parts.folderFiles, parts.files);
    this.#decided = new DecidedDuplicates(catalogue);
    this.journal = new DuplicateJournal(catalogue, this.#decided, this.#files, restored);
  }

  async view({ tier, sensitivity, scope }: DuplicateQuery): Promise<DuplicateView> {
    await this.search.want();
    await this.#ready();
    const test = scopeTest(this.#catalogue, scope);
    const removals = this.#removals(test);
    const states = new Map<number, number>();
    for (const { photo, keptFor } of removals) {
      states.set(photo, memberStates.removed);
      states.set(keptFor, memberStates.kept);
    }
    const counts = {} as Record<Tier, TierCount>;
    let shown: PhotoId[][] = [];
    for (const one of tiers) {
      const groups = this.#groups(one, sensitivity, removals, test);
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
      decided: { photos: removals.length, bytes: bytesOf(this.#catalogue, removals) },
      undo: this.journal.nextUndo,
      cutOff: this.journal.isCutOff,
    };
  }

  /** @throws RangeError for fewer than two photos, for the same one twice, and for copies beside other pictures */
  decide({ kind, photos }: DuplicateChoice): Promise<void> {
    return this.#exclusive(async () => {
      const keys = await keysOf(this.#catalogue, photos);
      const decision: Decision = {
        number: this.journal.nextNumber,
        at: this.#clock.now(),
        kind,
        photos: photos.map((photo) => keys.get(photo)!),
        run: null,
      };
      if (!isSound(decision)) throw new RangeError(`a decision about ${photos.length} photos of mixed kind`);
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

  /** Adds decisions of another library; those that are known already count once. @returns how many are new */
  addDecisions(added: readonly Pick<Decision, 'kind' | 'photos' | 'at'>[]): Promise<number> {
    return this.#exclusive(async () => {
      const known = new Set(this.#decided.all.map(decisionKey));
      const fresh = added.filter(
        (one) => isSound(one) && !known.has(decisionKey(one)) && known.add(decisionKey(one)),
      );
      const first = this.journal.nextNumber;
      const decisions = fresh.map(
        ({ kind, photos, at }, n): Decision => ({ number: first + n, at, kind, photos, run: null }),
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

  async clearFiles(run: number, mode: 'move' | 'delete'): Promise<FilesResult> {
    await this.#ready();
    return this.journal.clearFiles(run, mode);
  }

  async settleFiles(): Promise<readonly FileHandle[]> {
    await this.#ready();
    return this.journal.settleFiles();
  }

  /** Lists what applying would remove; changes nothing. */
  async plan(request: DuplicatePlanRequest): Promise<DuplicatePlan> {
    await this.#ready();
    return planOf(this.#catalogue, (await this.#planned(request)).removals);
  }

  /** Picked folders that hold files of what a dry run listed. */
  foldersOf(photos: readonly PhotoId[]): Promise<{ folders: FileHandle[]; files: number }> {
    return this.#files.foldersOf(photos);
  }

  /** What a dry run listed, for lists and scripts. */
  async listed(request: DuplicatePlanRequest): Promise<ScriptInput> {
    await this.#ready();
    return scriptInput(this.#catalogue, (await this.#planned(request)).removals, this.#clock.now());
  }

  /** Removes from the library what a dry run listed; the files stay where they are. */
  apply(request: DuplicatePlanRequest, fingerprint: string): Promise<ApplyResult> {
    return this.#exclusive(async () => {
      const { removals, facts } = await this.#planned(request);
      const plan = planOf(this.#catalogue, removals);
      if (plan.fingerprint !== fingerprint) return { kind: 'outdated' };
      if (removals.length === 0) return { kind: 'applied', run: null, photos: 0, bytes: 0 };
      const at = this.#clock.now();
      const number = this.journal.nextNumber;
      const removed = removals.map(byId);
      const byRules = removals.filter(({ by }) => by === 'rules').map(byId);
      const keys = await keysOf(
        this.#catalogue,
        byRules.flatMap(({ photo, keptFor }) => [photo, keptFor]),
      );
      const decisions = byRules.map(
        ({ photo, keptFor }, n): Decision => ({
          number: number + 1 + n,
          at,
          kind: 'keep',
          photos: [keys.get(keptFor)!, keys.get(photo)!],
          run: number,
        }),
      );
      await this.journal.write(
        runChanges(this.#catalogue, {
          number,
          at,
          removed,
          decisions,
          merge: request.merge,
          facts,
        }),
        decisions,
        [],
      );
      return { kind: 'applied', run: number, photos: removals.length, bytes: plan.bytes };
    });
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

  async #ready(): Promise<void> {
    this.#loading ??= this.#load();
    await this.#loading;
    await this.#decided.resolve();
  }

  async #load(): Promise<void> {
    const { decisions, runs } = await this.#catalogue.store.duplicates();
    this.#decided.change(decisions, []);
    this.journal.load(runs);
  }

  #groups(tier: Tier, sensitivity: number, removals: readonly Removal[], scope: ScopeTest): PhotoId[][] {
    const { book, hashOf } = this.#decided;
    const catalogue = this.#catalogue;
    if (tier === 'exact') return exactGroups(catalogue, book, hashOf, scope);
    const isThere = (content: ContentId) => presentPhotosOf(catalogue, content).some(scope.includes);
    const pairs = this.search.pairs(tier, (a, b) => isThere(a) && isThere(b));
    const leaving = new Set(removals.map(({ photo }) => photo));
    const minimum = leastScore(tier, sensitivity);
    return pairGroups(catalogue, pairs, minimum, book, hashOf, (photo) => leaving.has(photo), scope);
  }

  #removals(scope: ScopeTest) {
    return decidedRemovals(this.#members(scope), this.#decided.book);
  }

  #members({ isReference }: ScopeTest): Member[] {
    return this.#decided.members((photo) => isReference(photo as PhotoId));
  }

  async #planned({ rules, tiers: wanted, sensitivity, scope }: DuplicatePlanRequest) {
    const test = scopeTest(this.#catalogue, scope);
    const decided = this.#removals(test);
    const groups =
      rules === null ? [] : wanted.flatMap((tier) => this.#groups(tier, sensitivity, decided, test));
    const members = new Map(this.#members(test).map((member) => [member.photo, member]));
    for (const photo of groups.flat()) {
      // Undecided: nothing asks for its hash or place.
      if (!members.has(photo))
        members.set(photo, {
          photo,
          sha256: `undecided ${photo}`,
          place: '',
          isReference: test.isReference(photo),
        });
    }
    const touched = new Set<number>(groups.flat());
    for (const { photo, keptFor } of decided) touched.add(photo).add(keptFor);
    const facts = await photoFacts(this.#catalogue, touched as Set<PhotoId>);
    const removals = planRemovals(
      [...members.values()],
      groups.map((photos) => ({ photos })),
      this.#decided.book,
      rules,
      (photo): PhotoFacts => facts.get(photo)!,
    );
    return { removals, facts };
  }
}
