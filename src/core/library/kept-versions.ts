import { modelSet } from '../evaluation/cell.ts';
import { atThresholds, type JudgedSet } from '../evaluation/judged-set.ts';
import type { MovedThresholds } from '../evaluation/run.ts';
import { unknown } from '../evaluation/truth.ts';
import { builtInSet } from '../tagging/label-set.ts';
import type { Catalogue, CatalogueChanges } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { PhotoStore } from './photo-store.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredModel } from './stored-rows.ts';
import type { StoredHead } from './teaching-ports.ts';

/**
 * [Note: Versions] What a set said of the judged photos at some time, under a name: what later answers, by another model,
 * head or thresholds, are compared with. The answers are kept, not what made them: they can be compared when that is gone.
 */
export interface StoredVersion {
  /** 1, 2, ...; never used twice: saved searches name versions, and must not come to mean another one. */
  readonly number: number;
  /** `builtInSet`, or the number of one of the person's sets. */
  readonly set: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What gave the answers, for people: a model's id and version, and which teaching. */
  readonly source: string;
  readonly photos: number;
}

/** Answers of a version: a `JudgedSet` without the truth, which is always that of today. */
export type KeptAnswers =
  | {
      readonly kind: 'labels';
      readonly ids: Uint32Array<ArrayBuffer>;
      readonly labels: readonly string[];
      /** [labels][rows] */
      readonly scores: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
      readonly thresholds: Float64Array<ArrayBuffer>;
    }
  | {
      readonly kind: 'classes';
      readonly ids: Uint32Array<ArrayBuffer>;
      readonly groups: readonly {
        readonly name: string;
        readonly classes: readonly string[];
        /** [rows][classes] */
        readonly scores: Float32Array<ArrayBuffer>;
        readonly threshold: number;
        readonly refused: Uint8Array<ArrayBuffer>;
      }[];
    };

export interface VersionRecord {
  readonly version: StoredVersion;
  readonly answers: KeptAnswers;
}

export type KeepProblem = 'nothing-judged' | 'too-large' | 'too-many';

const longestName = 80;
const mostVersions = 200;
/** Of a version's scores. */
const mostBytes = 64 * 2 ** 20;

export interface KeptVersionsParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** What is judged of a set now. */
  readonly judged: (set: string) => Promise<JudgedSet | null>;
  readonly model: () => StoredModel | null;
  /** Of a set; null: it is not taught. */
  readonly head: (set: number) => StoredHead | null;
}

/** The versions that the person keeps. */
export class KeptVersions {
  readonly #parts: KeptVersionsParts;
  /** Deleted ones of this session: deleting can be taken back. */
  readonly #deleted = new Map<number, VersionRecord>();

  constructor(parts: KeptVersionsParts) {
    this.#parts = parts;
  }

  /** Versions of sets that are gone for good can go, too: nobody sees them any more. */
  async opened(): Promise<void> {
    const { catalogue } = this.#parts;
    await catalogue.exclusive(async () => {
      const known = await this.#store.versions();
      const gone = known.filter(({ set }) => set !== builtInSet && catalogue.labelSet(set) === null);
      if (gone.length === 0) return;
      const deletedVersions = gone.map(({ number }) => number);
      StoreRefused.check(await catalogue.write({ deletedVersions }, 'relaxed'));
    });
  }

  /** Of a set, latest first. */
  async all(set: number): Promise<StoredVersion[]> {
    const found = await this.#store.versions();
    return found.filter((version) => version.set === set).sort((a, b) => b.number - a.number);
  }

  /** The answers of a version, without truth; null: it is gone. */
  async answers(number: number): Promise<JudgedSet | null> {
    const kept = await this.#store.versionAnswers(number);
    return kept && judgedAnswers(kept);
  }

  /**
   * Keeps what a set says, at moved thresholds.
   *
   * @throws RangeError for a name of nothing but spaces
   */
  async keep(set: number, name: string, moved: MovedThresholds): Promise<StoredVersion | KeepProblem> {
    const { catalogue, clock, judged: judgedOf, model, head } = this.#parts;
    const judged = await judgedOf(set === builtInSet ? modelSet : String(set));
    if (judged === null || judged.photos.ids.length === 0) return 'nothing-judged';
    const answers = keptAnswers(atThresholds(judged, moved));
    if (bytesOf(answers) > mostBytes) return 'too-large';
    return catalogue.exclusive(async () => {
      const known = await this.#store.versions();
      if (known.length >= mostVersions) return 'too-many';
      const key = model()?.key;
      const teaching = head(set)?.version;
      const version: StoredVersion = {
        set,
        number: nextVersion(catalogue, known),
        name: tidy(name),
        at: clock.now(),
        source: `${key?.id}@${key?.version}${teaching === undefined ? '' : ` #${teaching}`}`,
        photos: answers.ids.length,
      };
      const counters = { ...catalogue.counters, version: version.number + 1 };
      await this.#write({ counters, versions: [{ version, answers }] });
      return version;
    });
  }

  delete(number: number): Promise<void> {
    return this.#parts.catalogue.exclusive(async () => {
      const version = (await this.#store.versions()).find((one) => one.number === number);
      if (version === undefined) return;
      const answers = await this.#store.versionAnswers(number);
      if (answers !== null) this.#deleted.set(number, { version, answers });
      await this.#write({ deletedVersions: [number] });
    });
  }

  /** Takes a deletion of this session back. */
  restore(number: number): Promise<void> {
    return this.#parts.catalogue.exclusive(async () => {
      const record = this.#deleted.get(number);
      const known = await this.#store.versions();
      if (record === undefined || known.some((one) => one.number === number)) return;
      await this.#write({ versions: [record] });
      this.#deleted.delete(number);
    });
  }

  get #store(): PhotoStore {
    return this.#parts.catalogue.store;
  }

  async #write(changes: CatalogueChanges): Promise<void> {
    StoreRefused.check(await this.#parts.catalogue.write(changes, 'strict'));
  }
}

/** The number of the next version; those that are there may have come past the counter. */
export function nextVersion({ counters }: Catalogue, known: readonly StoredVersion[]): number {
  return Math.max(counters.version, ...known.map(({ number }) => number + 1));
}

function tidy(name: string): string {
  const tidied = name.trim().replace(/\s+/g, ' ').slice(0, longestName);
  if (tidied === '') throw new RangeError('a version needs a name');
  return tidied;
}

function keptAnswers(judged: JudgedSet): KeptAnswers {
  if (judged.kind === 'labels') {
    const { ids, labels, scores, thresholds } = judged.photos;
    return { kind: 'labels', ids, labels, scores, thresholds };
  }
  const { ids, groups } = judged.photos;
  return {
    kind: 'classes',
    ids,
    groups: groups.map(({ name, classes, scores, threshold, refused }) => ({
      name,
      classes,
      scores,
      threshold,
      refused,
    })),
  };
}

/** With nothing known of the photos. */
function judgedAnswers(kept: KeptAnswers): JudgedSet {
  const { ids } = kept;
  if (kept.kind === 'labels') {
    const { labels, scores, thresholds } = kept;
    const truth = new Uint8Array(scores.length).fill(unknown);
    return { kind: 'labels', photos: { ids, labels, truth, scores, thresholds } };
  }
  const groups = kept.groups.map((group) => ({ ...group, truth: new Int16Array(ids.length).fill(-1) }));
  return { kind: 'classes', photos: { ids, groups } };
}

function bytesOf(answers: KeptAnswers): number {
  return answers.kind === 'labels'
    ? answers.scores.byteLength
    : answers.groups.reduce((sum, { scores }) => sum + scores.byteLength, 0);
}
