import { type Decision, isSound } from '../dedup/decision.ts';
import type { PhotoFacts } from '../dedup/keep-rules.ts';
import { type PlannedRemoval, planRemovals } from '../dedup/removal-plan.ts';
import { decidedRemovals, type Member, type Removal } from '../dedup/removals.ts';
import { leastScore, type Tier, tiers } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import { DecidedDuplicates } from './decided-duplicates.ts';
import { type RunChanges, runChanges, undoneRunChanges } from './duplicate-changes.ts';
import { exactGroups, pairGroups, placesOf, presentPhotosOf } from './duplicate-groups.ts';
import type { DuplicateRun } from './duplicate-run.ts';
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
import type { ContentId, PhotoId } from './photo.ts';
import { photoFacts } from './photo-facts.ts';
import type { Clock } from './ports.ts';
import { StoreRefused } from './store-refused.ts';

/** Duplicates: found, decided, removed from the library, taken back. */
export class Duplicates {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly search: DuplicateSearch;
  /** Photos that are present again. */
  readonly #restored: (ids: readonly PhotoId[]) => void;
  readonly #decided: DecidedDuplicates;
  readonly #runs = new Map<number, DuplicateRun>();
  #loading: Promise<void> | null = null;

  constructor(parts: DuplicateSearchParts, restored: (ids: readonly PhotoId[]) => void) {
    const { catalogue, clock } = parts;
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.search = new DuplicateSearch(parts);
    this.#restored = restored;
    this.#decided = new DecidedDuplicates(catalogue);
  }

  async view({ tier, sensitivity }: DuplicateQuery): Promise<DuplicateView> {
    await this.search.want();
    await this.#ready();
    const removals = this.#removals();
    const states = new Map<number, number>();
    for (const { photo, keptFor } of removals) {
      states.set(photo, memberStates.removed);
      states.set(keptFor, memberStates.kept);
    }
    const counts = {} as Record<Tier, TierCount>;
    let shown: PhotoId[][] = [];
    for (const one of tiers) {
      const groups = this.#groups(one, sensitivity, removals);
      counts[one] = this.#countOf(groups, states);
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
      decided: { photos: removals.length, bytes: this.#bytes(removals) },
      undo: this.#nextUndo(),
    };
  }

  /** @throws RangeError for fewer than two photos, for the same one twice, and for copies beside other pictures */
  decide({ kind, photos }: DuplicateChoice): Promise<void> {
    return this.#exclusive(async () => {
      const keys = await this.#keysOf(photos);
      const decision: Decision = {
        number: this.#nextNumber(),
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

  /** Takes the last decision or the last run back, whichever was later; what it was, null if there was nothing. */
  undo(): Promise<DuplicateUndo | null> {
    return this.#exclusive(async () => {
      const next = this.#nextUndo();
      if (next === null) return null;
      const run = this.#lastRun();
      if (next.kind === 'run') {
        const decisions = this.#decided.all.filter((decision) => decision.run === run!.number);
        const numbers = decisions.map(({ number }) => number);
        const undone = undoneRunChanges(this.#catalogue, run!, numbers);
        await this.#write(undone, [], numbers);
        this.#restored(run!.removed.map(({ photo }) => photo).filter((id) => this.#catalogue.table.has(id)));
      } else {
        const { number } = this.#lastDecision()!;
        StoreRefused.check(await this.#catalogue.write({ deletedDuplicateDecisions: [number] }, 'strict'));
        this.#decided.change([], [number]);
      }
      return next;
    });
  }

  /** Lists what applying would remove; changes nothing. */
  async plan(request: DuplicatePlanRequest): Promise<DuplicatePlan> {
    await this.#ready();
    return this.#planOf((await this.#planned(request)).removals);
  }

  /** Removes from the library what a dry run listed; the files stay where they are. */
  apply(request: DuplicatePlanRequest, fingerprint: string): Promise<ApplyResult> {
    return this.#exclusive(async () => {
      const { removals, facts } = await this.#planned(request);
      const plan = this.#planOf(removals);
      if (plan.fingerprint !== fingerprint) return { kind: 'outdated' };
      if (removals.length === 0) return { kind: 'applied', photos: 0, bytes: 0 };
      const at = this.#clock.now();
      const number = this.#nextNumber();
      const removed = removals.map(byId);
      const byRules = removals.filter(({ by }) => by === 'rules').map(byId);
      const keys = await this.#keysOf(byRules.flatMap(({ photo, keptFor }) => [photo, keptFor]));
      const decisions = byRules.map(
        ({ photo, keptFor }, n): Decision => ({
          number: number + 1 + n,
          at,
          kind: 'keep',
          photos: [keys.get(keptFor)!, keys.get(photo)!],
          run: number,
        }),
      );
      await this.#write(
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
      return { kind: 'applied', photos: removals.length, bytes: plan.bytes };
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
    for (const run of runs) this.#runs.set(run.number, run);
  }

  #groups(tier: Tier, sensitivity: number, removals: readonly Removal[]): PhotoId[][] {
    const { book, hashOf } = this.#decided;
    const catalogue = this.#catalogue;
    if (tier === 'exact') return exactGroups(catalogue, book, hashOf);
    const isThere = (content: ContentId) => presentPhotosOf(catalogue, content).length > 0;
    const pairs = this.search.pairs(tier, (a, b) => isThere(a) && isThere(b));
    const leaving = new Set(removals.map(({ photo }) => photo));
    const minimum = leastScore(tier, sensitivity);
    return pairGroups(catalogue, pairs, minimum, book, hashOf, (photo) => leaving.has(photo));
  }

  #removals() {
    return decidedRemovals(this.#members(), this.#decided.book);
  }

  #members(): Member[] {
    return this.#decided.members(() => false);
  }

  async #planned({ rules, tiers: wanted, sensitivity }: DuplicatePlanRequest) {
    const decided = this.#removals();
    const groups = rules === null ? [] : wanted.flatMap((tier) => this.#groups(tier, sensitivity, decided));
    const members = new Map(this.#members().map((member) => [member.photo, member]));
    for (const photo of groups.flat()) {
      // Undecided: nothing asks for its hash or place.
      if (!members.has(photo))
        members.set(photo, { photo, sha256: `undecided ${photo}`, place: '', isReference: false });
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

  #planOf(removals: readonly PlannedRemoval[]): DuplicatePlan {
    const { table } = this.#catalogue;
    const entries = removals.map((removal) => {
      const { photo, keptFor } = byId(removal);
      return {
        photo,
        name: table.name(photo),
        path: table.path(photo),
        keptFor,
        keptName: table.name(keptFor),
        bytes: table.columns.size[photo]!,
        by: removal.by,
      };
    });
    const fingerprint = removals.map(({ photo, keptFor }) => `${photo}>${keptFor}`).join();
    return { entries, bytes: this.#bytes(removals), fingerprint };
  }

  #countOf(groups: readonly PhotoId[][], states: ReadonlyMap<number, number>): TierCount {
    const { size } = this.#catalogue.table.columns;
    let open = 0;
    let bytes = 0;
    for (const group of groups) {
      const left = group.filter((photo) => states.get(photo) !== memberStates.removed);
      if (left.length < 2) continue;
      open++;
      const sizes = left.map((photo) => size[photo]!);
      bytes += sizes.reduce((sum, one) => sum + one, 0) - Math.max(...sizes);
    }
    return { groups: open, bytes };
  }

  #bytes(removals: readonly { readonly photo: number }[]): number {
    const { size } = this.#catalogue.table.columns;
    return removals.reduce((sum, { photo }) => sum + size[photo]!, 0);
  }

  async #keysOf(photos: readonly PhotoId[]) {
    const { table, store } = this.#catalogue;
    const keys = new Map<PhotoId, Decision['photos'][number]>();
    const places = new Map<ContentId, Map<PhotoId, string>>();
    for (const record of await store.records([...new Set(photos)])) {
      const content = record === null ? null : table.contentOf(record.id);
      if (record === null || record.sha256 === null || content === null) continue;
      const of = places.get(content) ?? placesOf(this.#catalogue, content);
      places.set(content, of);
      keys.set(record.id, { sha256: record.sha256, place: of.get(record.id)! });
    }
    const missing = photos.find((photo) => !keys.has(photo));
    if (missing !== undefined) throw new RangeError(`photo ${missing} has not been processed`);
    return keys;
  }

  async #write(run: RunChanges, added: readonly Decision[], deleted: readonly number[]): Promise<void> {
    StoreRefused.check(await this.#catalogue.write(run.changes, 'strict'));
    this.#runs.set(run.run.number, run.run);
    this.#decided.change(added, deleted);
    const { tags, feed } = this.#catalogue;
    for (const [photo, verdicts] of run.verdicts) {
      for (const label of tags.verdictsOf(photo).keys()) {
        if (!verdicts.has(label)) tags.setVerdict(photo, label, null);
      }
      for (const [label, verdict] of verdicts) tags.setVerdict(photo, label, verdict);
    }
    feed.photos(run.verdicts.keys());
  }

  #nextNumber(): number {
    return 1 + Math.max(0, ...this.#decided.all.map(({ number }) => number).slice(-1), ...this.#runs.keys());
  }

  #lastDecision(): Decision | undefined {
    return this.#decided.all.filter(({ run }) => run === null).at(-1);
  }

  #lastRun(): DuplicateRun | undefined {
    return [...this.#runs.values()]
      .filter(({ state }) => state === 'done')
      .sort((a, b) => a.number - b.number)
      .at(-1);
  }

  #nextUndo(): DuplicateUndo | null {
    const [decision, run] = [this.#lastDecision(), this.#lastRun()];
    if (run !== undefined && run.number > (decision?.number ?? 0))
      return { kind: 'run', photos: run.removed.length };
    return decision === undefined ? null : { kind: decision.kind, photos: decision.photos.length };
  }
}

/** Rules and decisions know numbers only. */
function byId({ photo, keptFor }: Removal): { readonly photo: PhotoId; readonly keptFor: PhotoId } {
  return { photo: photo as PhotoId, keptFor: keptFor as PhotoId };
}
