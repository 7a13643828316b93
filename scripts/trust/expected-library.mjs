// @ts-check
/** What a library must hold, followed from what the app has said to be done. */

/** @typedef {'accepted' | 'rejected'} Verdict */
/** @typedef {{ removed: boolean, verdicts: Map<number, Verdict> }} Photo */
/** @typedef {{ id: number, name: string, removed: boolean, status: string, verdicts: readonly [number, Verdict][] }} Found */
/**
 * @typedef {object} Step what was asked for
 * @property {'judge' | 'remove' | 'restore' | 'deleteForGood' | 'undo' | 'redo'} verb
 * @property {number[]} [ids]
 * @property {number} [label]
 * @property {Verdict | null} [verdict]
 */
/** @typedef {{ ids: number[], before: Map<number, Photo>, after: Map<number, Photo> }} Change */

/** @param {Photo} photo @returns {Photo} */
const copyOf = ({ removed, verdicts }) => ({ removed, verdicts: new Map(verdicts) });

/** @param {Photo} photo */
const textOf = ({ removed, verdicts }) =>
  `${removed ? 'removed' : 'present'} ${[...verdicts].sort(([a], [b]) => a - b).join(' ')}`;

export class ExpectedLibrary {
  /** By id. @type {Map<number, Photo>} */
  photos = new Map();
  /** Files that were taken in, by name; the photo's id once it was seen. @type {Map<string, number | null>} */
  accepted = new Map();
  /** Names of files whose taking in was cut off. @type {Set<string>} */
  unsure = new Set();
  /** Names of deleted photos that a backup has: they may come back, as they were then. @type {Set<string>} */
  restorable = new Set();
  /** @type {Change[]} */
  #done = [];
  /** @type {Change[]} */
  #undone = [];
  /** Decisions that were confirmed, and files that were accepted. */
  committed = 0;
  added = 0;

  /** All of these files were taken in, or were there already. @param {readonly string[]} names */
  filesAdded(names) {
    for (const name of names) {
      this.unsure.delete(name);
      if (this.accepted.has(name)) continue;
      this.accepted.set(name, null);
      this.added++;
    }
  }

  /**
   * What a step makes of the photos: those it touches, after it; null for deleted ones. Photos can be told apart from
   * what they were, or the list is empty.
   *
   * @param {Step} step
   * @returns {Map<number, Photo | null>}
   */
  outcomeOf(step) {
    const { verb, ids = [] } = step;
    if (verb === 'undo' || verb === 'redo') {
      const change = (verb === 'undo' ? this.#done : this.#undone).at(-1);
      if (change === undefined) return new Map();
      const wanted = verb === 'undo' ? change.before : change.after;
      return new Map([...wanted].filter(([id]) => this.photos.has(id)).map(([id, one]) => [id, copyOf(one)]));
    }
    /** @type {Map<number, Photo | null>} */
    const outcome = new Map();
    for (const id of ids) {
      const photo = this.photos.get(id);
      if (photo === undefined) continue;
      const after = copyOf(photo);
      if (verb === 'judge' && step.label !== undefined) {
        if (step.verdict) after.verdicts.set(step.label, step.verdict);
        else after.verdicts.delete(step.label);
      } else if (verb === 'deleteForGood') {
        outcome.set(id, null);
        continue;
      } else {
        after.removed = verb === 'remove';
      }
      if (textOf(after) !== textOf(photo)) outcome.set(id, after);
    }
    return outcome;
  }

  /** The step was acknowledged. @param {Step} step */
  done(step) {
    const outcome = this.outcomeOf(step);
    if (step.verb === 'undo' || step.verb === 'redo') {
      const [from, to] = step.verb === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
      const change = from.pop();
      if (change !== undefined) to.push(change);
    } else if (step.verb !== 'deleteForGood' && outcome.size > 0) {
      const before = new Map(
        [...outcome.keys()].map((id) => [id, copyOf(/** @type {Photo} */ (this.photos.get(id)))]),
      );
      const after = new Map([...outcome].flatMap(([id, one]) => (one === null ? [] : [[id, copyOf(one)]])));
      this.#done.push({ ids: [...outcome.keys()], before, after: /** @type {Map<number, Photo>} */ (after) });
      this.#undone = [];
    }
    if (outcome.size > 0) this.committed++;
    this.#apply(outcome);
  }

  /** The backup was taken in to its end. */
  restored() {
    this.filesAdded([...this.restorable]);
  }

  /** The library was closed: what could be undone is forgotten. */
  reopened() {
    this.#done = [];
    this.#undone = [];
  }

  /** @param {Map<number, Photo | null>} outcome */
  #apply(outcome) {
    for (const [id, photo] of outcome) {
      if (photo === null) {
        this.photos.delete(id);
        for (const [name, known] of this.accepted) if (known === id) this.accepted.delete(name);
      } else {
        this.photos.set(id, photo);
      }
    }
  }

  /**
   * Compares with what is there. A step that was cut off must have been done wholly or not at all; from then on what is
   * there counts.
   *
   * @param {readonly Found[]} found
   * @param {Step | null} cutOff
   * @returns {string[]} what is wrong
   */
  compare(found, cutOff) {
    /** @type {string[]} */
    const wrong = [];
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const { name } of found) times.set(name, (times.get(name) ?? 0) + 1);
    for (const [name, count] of times) if (count > 1) wrong.push(`${name} is there ${count} times`);
    const outcome = cutOff === null ? new Map() : this.outcomeOf(cutOff);
    const deletedByCutOff = new Set([...outcome].filter(([, one]) => one === null).map(([id]) => id));
    for (const [name, id] of this.accepted) {
      if (!times.has(name) && !(id !== null && deletedByCutOff.has(id))) wrong.push(`${name} is lost`);
    }
    const byId = new Map(found.map((one) => [one.id, one]));
    for (const { name, id, removed, verdicts } of found) {
      const isRestored = this.restorable.delete(name);
      if (!this.accepted.has(name) && !this.unsure.has(name) && !isRestored)
        wrong.push(`${name} was never added`);
      if (!this.accepted.has(name)) this.added++;
      this.accepted.set(name, id);
      this.unsure.delete(name);
      // What is decided about a photo that came back is older than all that is followed here.
      if (isRestored) this.photos.set(id, { removed, verdicts: new Map(verdicts) });
      else if (!this.photos.has(id)) this.photos.set(id, { removed: false, verdicts: new Map() });
    }
    // Did it happen?
    const isThere = (/** @type {number} */ id, /** @type {Photo | null | undefined} */ wanted) => {
      const one = byId.get(id);
      if (one === undefined || wanted === null || wanted === undefined) return one === undefined && !wanted;
      return textOf({ removed: one.removed, verdicts: new Map(one.verdicts) }) === textOf(wanted);
    };
    if (outcome.size > 0) {
      const isDone = [...outcome].every(([id, after]) => isThere(id, after));
      const isNot = [...outcome.keys()].every((id) => isThere(id, this.photos.get(id)));
      if (!isDone && !isNot) wrong.push(`${cutOff?.verb} of ${outcome.size} photos was done by half`);
      if (isDone) this.#apply(outcome);
    }
    for (const [id, photo] of this.photos) {
      if (isThere(id, photo) || outcome.has(id)) continue;
      const one = byId.get(id);
      const now = one && textOf({ removed: one.removed, verdicts: new Map(one.verdicts) });
      wrong.push(`photo ${id} is '${now ?? 'gone'}', not '${textOf(photo)}'`);
      // Told once.
      if (one) this.photos.set(id, { removed: one.removed, verdicts: new Map(one.verdicts) });
      else this.photos.delete(id);
    }
    for (const [name, id] of this.accepted) if (id !== null && !byId.has(id)) this.accepted.delete(name);
    return wrong;
  }
}
