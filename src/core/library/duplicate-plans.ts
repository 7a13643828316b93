import type { Decision } from '../dedup/decision.ts';
import type { PhotoFacts } from '../dedup/keep-rules.ts';
import { planRemovals } from '../dedup/removal-plan.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { runChanges } from './duplicate-changes.ts';
import type { DuplicateJournal } from './duplicate-journal.ts';
import type { DuplicateLists } from './duplicate-lists.ts';
import { byId, planOf, scriptInput } from './duplicate-plan.ts';
import { scopeTest } from './duplicate-scope.ts';
import type { ApplyResult, DuplicatePlan, DuplicatePlanRequest } from './duplicate-view.ts';
import type { PhotoId } from './photo.ts';
import { photoFacts } from './photo-facts.ts';

/** Dry runs, and what they listed: applied, or written down for other programs. */
export class DuplicatePlans {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly #decided: DecidedDuplicates;
  readonly #lists: DuplicateLists;
  readonly #journal: DuplicateJournal;

  constructor(
    catalogue: Catalogue,
    clock: Clock,
    decided: DecidedDuplicates,
    lists: DuplicateLists,
    journal: DuplicateJournal,
  ) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#decided = decided;
    this.#lists = lists;
    this.#journal = journal;
  }

  /** Changes nothing. */
  async plan(request: DuplicatePlanRequest): Promise<DuplicatePlan> {
    return planOf(this.#catalogue, (await this.#planned(request)).removals);
  }

  /** What a dry run listed, for lists and scripts. */
  async listed(request: DuplicatePlanRequest): Promise<ScriptInput> {
    const removals = (await this.#planned(request)).removals.map(byId);
    const keys = await this.#decided.keysOf(removals.map(({ photo }) => photo));
    return scriptInput(this.#catalogue, removals, keys, this.#clock.now());
  }

  /** In the catalogue's turn. Removes from the library what a dry run listed; the files stay where they are. */
  async apply(request: DuplicatePlanRequest, fingerprint: string): Promise<ApplyResult> {
    const { removals, facts } = await this.#planned(request);
    const plan = planOf(this.#catalogue, removals);
    if (plan.fingerprint !== fingerprint) return { kind: 'outdated' };
    if (removals.length === 0) return { kind: 'applied', run: null, photos: 0, bytes: 0 };
    const at = this.#clock.now();
    const number = this.#journal.nextNumber;
    const removed = removals.map(byId);
    const byRules = removals.filter(({ by }) => by === 'rules').map(byId);
    const keys = await this.#decided.keysOf(byRules.flatMap(({ photo, keptFor }) => [photo, keptFor]));
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
    const changes = runChanges(this.#catalogue, { number, at, removed, decisions, merge, facts });
    await this.#journal.write(changes, decisions, []);
    return { kind: 'applied', run: number, photos: removals.length, bytes: plan.bytes };
  }

  async #planned({ rules, tiers: wanted, sensitivity, scope, stays }: DuplicatePlanRequest) {
    const test = scopeTest(this.#catalogue, scope);
    const decided = this.#lists.removals(test);
    const groups =
      rules === null ? [] : wanted.flatMap((tier) => this.#lists.groups(tier, sensitivity, decided, test));
    const members = new Map(this.#lists.members(test).map((member) => [member.photo, member]));
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
    const removals = planRemovals(
      [...members.values()],
      groups.map((photos) => ({ photos, stays: photos.filter((photo) => chosen.has(photo)) })),
      this.#decided.book,
      rules,
      (photo): PhotoFacts => facts.get(photo)!,
    );
    return { removals, facts };
  }
}
