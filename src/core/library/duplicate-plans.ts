import type { Decision } from '../dedup/decision.ts';
import { type Bequest, type ContentNode, Heirs } from '../dedup/heirs.ts';
import type { PhotoFacts } from '../dedup/keep-rules.ts';
import { planRemovals } from '../dedup/removal-plan.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import { isOfCopies, leastScore } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { runChanges } from './duplicate-changes.ts';
import type { DuplicateFiles } from './duplicate-files.ts';
import { presentPhotosOf } from './duplicate-groups.ts';
import type { DuplicateJournal } from './duplicate-journal.ts';
import type { DuplicateLists } from './duplicate-lists.ts';
import { byId, fingerprintOf, planOf, scriptInput } from './duplicate-plan.ts';
import type { FileJournal, JournaledFile } from './duplicate-run.ts';
import { scopeTest } from './duplicate-scope.ts';
import type { DuplicateSearch } from './duplicate-search.ts';
import type { ApplyResult, DuplicatePlan, DuplicatePlanRequest } from './duplicate-view.ts';
import type { ContentId, PhotoId } from './photo.ts';
import { photoFacts } from './photo-facts.ts';

export interface DuplicatePlansParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly decided: DecidedDuplicates;
  readonly lists: DuplicateLists;
  readonly search: DuplicateSearch;
  readonly journal: DuplicateJournal;
  readonly files: DuplicateFiles;
}

/** Dry runs, and what they listed: applied, or written down for other programs. */
export class DuplicatePlans {
  readonly #catalogue: Catalogue;
  readonly #parts: DuplicatePlansParts;

  constructor(parts: DuplicatePlansParts) {
    this.#catalogue = parts.catalogue;
    this.#parts = parts;
  }

  /** Changes nothing. */
  async plan(request: DuplicatePlanRequest): Promise<DuplicatePlan> {
    const { removals, held } = await this.#planned(request);
    return planOf(this.#catalogue, removals, held);
  }

  /** What a dry run listed, for lists and scripts. */
  async listed(request: DuplicatePlanRequest): Promise<ScriptInput> {
    const removals = (await this.#planned(request)).removals.map(byId);
    const keys = await this.#parts.decided.keysOf(removals.flatMap(({ photo, keptFor }) => [photo, keptFor]));
    const folders = await this.#catalogue.store.allFolders();
    return scriptInput(this.#catalogue, removals, keys, this.#parts.clock.now(), folders);
  }

  /** The files of what a dry run listed, as they are now. There may be thousands: not in the catalogue's turn. */
  async look(
    request: DuplicatePlanRequest,
    fingerprint: string,
  ): Promise<readonly JournaledFile[] | Exclude<ApplyResult, { kind: 'applied' }>> {
    const { removals } = await this.#planned(request);
    if (fingerprintOf(removals) !== fingerprint) return { kind: 'outdated' };
    return (await this.#parts.journal.look(removals.map(byId))) ?? { kind: 'stopped' };
  }

  /**
   * In the catalogue's turn. Removes from the library what a dry run listed, and notes what is to become of the files in
   * the same transaction.
   *
   * @param items files as `look` found them; none are looked at again before they are moved or deleted
   */
  async apply(
    request: DuplicatePlanRequest,
    fingerprint: string,
    mode: 'leave' | FileJournal['mode'],
    items: readonly JournaledFile[],
  ): Promise<ApplyResult> {
    const { removals, held, facts } = await this.#planned(request);
    const plan = planOf(this.#catalogue, removals, held);
    if (plan.fingerprint !== fingerprint) return { kind: 'outdated' };
    if (removals.length === 0) return { kind: 'applied', run: null, photos: 0, bytes: 0 };
    const at = this.#parts.clock.now();
    const number = this.#parts.journal.nextNumber;
    const removed = removals.map(byId);
    const byRules = removals.filter(({ by }) => by === 'rules').map(byId);
    const keys = await this.#parts.decided.keysOf(byRules.flatMap(({ photo, keptFor }) => [photo, keptFor]));
    const decisions = byRules.map(
      ({ photo, keptFor }, n): Decision => ({
        number: number + 1 + n,
        at,
        kind: 'keep',
        photos: [keys.get(keptFor)!, keys.get(photo)!],
        run: number,
      }),
    );
    const { merge } = request;
    const files = mode === 'leave' ? null : this.#parts.files.journalOf(number, items, mode);
    const changes = runChanges(this.#catalogue, { number, at, removed, decisions, merge, facts, files });
    await this.#parts.journal.apply(changes, decisions);
    return { kind: 'applied', run: number, photos: removals.length, bytes: plan.bytes };
  }

  async #planned({ rules, tiers: wanted, sensitivity, scope, stays }: DuplicatePlanRequest) {
    const test = scopeTest(this.#catalogue, scope);
    const decided = this.#parts.lists.removals(test);
    const groups =
      rules === null
        ? []
        : wanted.flatMap((tier) => this.#parts.lists.groups(tier, sensitivity, decided, test));
    const members = new Map(this.#parts.lists.members(test).map((member) => [member.photo, member]));
    for (const photo of groups.flat()) {
      if (members.has(photo)) continue;
      // Undecided: nothing asks for its hash or place.
      const isReference = test.isReference(photo);
      members.set(photo, { photo, sha256: `undecided ${photo}`, place: '', isReference });
    }
    const touched = new Set<number>(groups.flat());
    for (const { photo, keptFor } of decided) touched.add(photo).add(keptFor);
    const facts = await photoFacts(this.#catalogue, touched as Set<PhotoId>);
    const chosen = new Set<number>(stays);
    const heirs = this.#heirs(sensitivity);
    const contentOf = (photo: number) => this.#catalogue.table.contentOf(photo as PhotoId)!;
    const { removals, held } = planRemovals(
      [...members.values()],
      groups.map((photos) => ({ photos, stays: photos.filter((photo) => chosen.has(photo)) })),
      this.#parts.decided.book,
      rules,
      (photo): PhotoFacts => facts.get(photo)!,
      (kept, photo) => heirs.mayTake(contentOf(kept), contentOf(photo)),
    );
    return { removals, held, facts };
  }

  /** What is in the journal and what was decided before, whatever of it is applied already. */
  #heirs(sensitivity: number): Heirs {
    const { table } = this.#catalogue;
    const bequests: Bequest[] = [...this.#parts.decided.bequests()];
    for (const { photo, keptFor } of this.#parts.journal.runs.removed()) {
      const [gone, heir] = [table.contentOf(photo), table.contentOf(keptFor)];
      if (gone !== null && heir !== null && gone !== heir) bequests.push({ gone, keptFor: heir });
    }
    const isThere = (content: ContentNode) =>
      typeof content === 'number' && presentPhotosOf(this.#catalogue, content as ContentId).length > 0;
    return new Heirs(bequests, isThere, (kept, other) => this.#shows(kept, other, sensitivity));
  }

  /**
   * A verified pair, as surely as the person asks for; of what follows from the person's own decisions, as surely as any.
   * What only follows is not enough: who keeps A for B, then C for A, may never have seen C beside B.
   */
  #shows(kept: ContentNode, other: ContentNode, sensitivity: number): boolean {
    if (typeof kept === 'string' || typeof other === 'string') return false;
    const [a, b] = [kept as ContentId, other as ContentId];
    const pair = this.#parts.search.pairOf(a, b);
    if (pair === null || !isOfCopies(pair.tier)) return false;
    const { ownBook, hashOf } = this.#parts.decided;
    const [keptHash, otherHash] = [hashOf.get(a), hashOf.get(b)];
    const follows =
      keptHash !== undefined && otherHash !== undefined && ownBook.above(otherHash).has(keptHash);
    return pair.score >= leastScore(pair.tier, follows ? 1 : sensitivity);
  }
}
