// @ts-check
/** What a person does in the kill matrix, asked of the library itself. */
import { call } from './probe.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('../fuzz/mutate.mjs').Random} Random */
/** @typedef {import('./expected-library.mjs').ExpectedLibrary} ExpectedLibrary */
/** @typedef {import('./expected-library.mjs').Step} Step */
/** @typedef {import('./kill-matrix.mjs').Activity} Activity */

/** What a person does, one thing after the other, until it is stopped. */
export class Work {
  #page;
  #expected;
  #random;
  #labels;
  #stopped = false;
  /** Under way when the end came. @type {Step | null} */
  cutOff = null;
  #abandoned = false;

  /** @param {Page} page @param {ExpectedLibrary} expected @param {Random} random @param {readonly number[]} labels */
  constructor(page, expected, random, labels) {
    this.#page = page;
    this.#expected = expected;
    this.#random = random;
    this.#labels = labels;
  }

  /** Ends after the step that is under way. */
  stop() {
    this.#stopped = true;
  }

  /** The end has come: what is answered from now on does not count. */
  abandon() {
    this.#stopped = true;
    this.#abandoned = true;
  }

  /** @param {readonly string[]} bases @param {string[]} names */
  async add(bases, names) {
    for (const name of names) this.#expected.unsure.add(name);
    const report = await this.#page.evaluate(addFiles, { bases, names });
    if (this.#abandoned) return;
    this.#expected.filesAdded(names);
    if (report.accepted + report.alreadyThere !== names.length)
      throw new Error(`of ${names.length} files: ${JSON.stringify(report)}`);
  }

  /** @param {Activity} activity */
  async decide(activity) {
    while (!this.#stopped) {
      const step = this.#nextStep(activity);
      this.cutOff = step;
      await this.#ask(step);
      if (this.#abandoned) return;
      this.#expected.done(step);
      this.cutOff = null;
    }
  }

  /** A step that nothing cuts off. @param {Step} step */
  async ask(step) {
    await this.#ask(step);
    this.#expected.done(step);
  }

  /** @param {Step} step */
  #ask({ verb, ids = [], label, verdict }) {
    if (verb === 'undo' || verb === 'redo') return call(this.#page, verb);
    if (verb === 'judge') return call(this.#page, verb, { ids }, label, verdict);
    return call(this.#page, verb, { ids });
  }

  /** @param {Activity} activity @returns {Step} */
  #nextStep(activity) {
    const random = this.#random;
    const kind =
      activity === 'all at once'
        ? random.pick(/** @type {const} */ (['tagging', 'delete', 'undo']))
        : activity;
    const known = [...this.#expected.photos.keys()];
    const ids = known.filter(() => random.below(3) === 0);
    if (ids.length === 0 && known.length > 0) ids.push(random.pick(known));
    if (kind === 'undo' && random.below(2) === 0) return { verb: random.pick(['undo', 'undo', 'redo']) };
    if (kind === 'delete') {
      // Few go for good, so that there are photos at every moment.
      const verb = random.pick(
        /** @type {const} */ (['remove', 'restore', 'remove', 'restore', 'deleteForGood']),
      );
      return { verb, ids: verb === 'deleteForGood' ? ids.slice(0, 1) : ids };
    }
    if (kind === 'undo' && random.below(3) === 0) return { verb: random.pick(['remove', 'restore']), ids };
    const verdict = random.pick(/** @type {const} */ (['accepted', 'rejected', null]));
    return { verb: 'judge', ids, label: random.pick(this.#labels), verdict };
  }
}

/** In the page: files that differ by the bytes at their end. @param {{ bases: readonly string[], names: string[] }} what */
export function addFiles({ bases, names }) {
  const pictures = bases.map((base) => Uint8Array.from(atob(base), (letter) => letter.charCodeAt(0)));
  const files = names.map((name) => {
    // The same picture for the same name, whenever it is added.
    const bytes = /** @type {BlobPart} */ (pictures[Number(/\d+(?=\.)/.exec(name)) % pictures.length]);
    return {
      file: new File([bytes, name], name, { type: 'image/jpeg', lastModified: 1_700_000_000_000 }),
      path: null,
    };
  });
  return /** @type {any} */ (globalThis).callLibrary('addFiles', files, null);
}

/** In the page: a backup of all, originals included. */
export async function makeBackup() {
  const result = await /** @type {any} */ (globalThis).callLibrary('backUp', true, null);
  if (result.kind !== 'saved') throw new Error(`backup: ${JSON.stringify(result)}`);
  const bytes = new Uint8Array(await result.file.arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}

/** In the page. @param {string} backup */
export async function restoreBackup(backup) {
  const bytes = Uint8Array.from(atob(backup), (letter) => letter.charCodeAt(0));
  const result = await /** @type {any} */ (globalThis).callLibrary('restoreBackup', new Blob([bytes]));
  if (result.kind !== 'read' || !result.report.complete)
    throw new Error(`restore: ${JSON.stringify(result)}`);
}

/**
 * All photos with what was decided about them.
 *
 * @param {Page} page
 * @returns {Promise<import('./expected-library.mjs').Found[]>}
 */
export function readLibrary(page) {
  return page.evaluate(async () => {
    const { callLibrary, pageQuery } = /** @type {any} */ (globalThis);
    const found = [];
    for (const show of ['present', 'failed', 'removed']) {
      let view = 'superseded';
      while (view === 'superseded') view = await callLibrary('view', { ...pageQuery, show });
      for (const id of /** @type {any} */ (view).ids) {
        const photo = await callLibrary('photo', id);
        const verdicts = photo.labels.flatMap((/** @type {any} */ { label, verdict }) =>
          verdict === null ? [] : [[label, verdict]],
        );
        found.push({
          id,
          name: photo.name,
          status: photo.status,
          removed: photo.removedAt !== null,
          verdicts,
        });
      }
    }
    return found;
  });
}
