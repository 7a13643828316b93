import { type Decision, decisionKey, isSound, mostDecidedPhotos } from '../dedup/decision.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import type { DuplicateJournal } from './duplicate-journal.ts';
import type { DuplicateChoice } from './duplicate-view.ts';
import type { PhotoId } from './photo.ts';
import { StoreRefused } from './store-refused.ts';

/** A decision that comes from elsewhere. */
export type GivenDecision = Pick<Decision, 'kind' | 'photos' | 'at'> & {
  /** A run of the rules made it. */
  readonly byRules?: boolean | undefined;
};

/** Decisions about duplicates, made, taken back and given; each in the catalogue's turn, stored before memory follows. */
export class DuplicateDecisions {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly #decided: DecidedDuplicates;
  readonly #journal: DuplicateJournal;

  constructor(catalogue: Catalogue, clock: Clock, decided: DecidedDuplicates, journal: DuplicateJournal) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#decided = decided;
    this.#journal = journal;
  }

  /** @throws RangeError for fewer than two photos, for the same one twice, and for copies beside other pictures */
  async decide({ kind, photos }: DuplicateChoice): Promise<void> {
    const keys = await this.#decided.keysOf(photos);
    const decision: Decision = {
      number: this.#journal.nextNumber,
      at: this.#clock.now(),
      kind,
      photos: photos.map((photo) => keys.get(photo)!),
      run: null,
    };
    if (!isSound(decision) || photos.length > mostDecidedPhotos)
      throw new RangeError(`a decision about ${photos.length} photos of mixed kind`);
    await this.#write([decision]);
  }

  async forget(numbers: readonly number[]): Promise<void> {
    StoreRefused.check(await this.#catalogue.write({ deletedDuplicateDecisions: numbers }, 'strict'));
    this.#decided.change([], numbers);
  }

  /** Takes back whatever says that these photos are to go. @returns what that was */
  async reopen(photos: readonly PhotoId[]): Promise<readonly Decision[]> {
    const against = await this.#decided.against(photos);
    await this.forget(against.map(({ number }) => number));
    return against;
  }

  /**
   * Such as were taken back, each of the run or the import that it was of, and in its place among the others unless that
   * was taken meanwhile.
   *
   * @returns how many are new
   */
  async giveBack(given: readonly Decision[]): Promise<number> {
    const taken = new Set(this.#decided.all.map(({ number }) => number));
    // Behind all that are given, too: those among them whose place is free keep it.
    let next = given.reduce((last, one) => Math.max(last, one.number + 1), this.#journal.nextNumber);
    const decisions = this.#newOf(given).map((one): Decision => {
      const isFree = !taken.has(one.number) && this.#journal.runs.get(one.number) === undefined;
      return isFree ? one : { ...one, number: next++ };
    });
    return this.#write(decisions);
  }

  /** Decisions of another library, for undoing one step. @returns how many are new */
  async import(given: readonly GivenDecision[]): Promise<number> {
    const first = this.#journal.nextNumber;
    const decisions = this.#newOf(given).map(
      ({ kind, photos, at, byRules }, n): Decision => ({
        number: first + n,
        at,
        kind,
        photos,
        run: byRules === true ? 0 : null,
        batch: first,
      }),
    );
    return this.#write(decisions);
  }

  /** Those that are known already count once. */
  #newOf<Given extends Pick<Decision, 'kind' | 'photos'>>(given: readonly Given[]): Given[] {
    const known = new Set(this.#decided.all.map(decisionKey));
    return given.filter((one) => isSound(one) && !known.has(decisionKey(one)) && known.add(decisionKey(one)));
  }

  async #write(decisions: readonly Decision[]): Promise<number> {
    StoreRefused.check(await this.#catalogue.write({ duplicateDecisions: decisions }, 'strict'));
    this.#decided.change(decisions, []);
    return decisions.length;
  }
}
