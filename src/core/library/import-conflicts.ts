import type { FileLabel, FileRow } from '../label-files/label-file.ts';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { foldedName, type LabelSet, type LabelSetKind } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';

/** A set that there is, and which of its labels a file's is. */
interface Into {
  readonly set: LabelSet;
  readonly find: (label: FileLabel) => LabelNumber | null;
}

/** Finds rows of a file that contradict what is said of their photos, or what other rows say of them. */
export class ImportConflicts {
  readonly #tags: Catalogue['tags'];
  readonly #into: Into | null;
  readonly #exclusive: boolean;
  readonly #grouped: boolean;
  readonly #repeated: ReadonlySet<PhotoId>;
  /** What rows have said so far of repeated photos: the class of a photo (of a group), and yes or no of its labels. */
  readonly #given = new Map<string, string>();
  /** The same of other photos, which only the row itself can contradict. */
  readonly #givenInRow = new Map<string, string>();

  /**
   * @param into where labels go; null: into a new set of that kind
   * @param repeated photos of several rows: only of them everything is kept in mind, as files have millions of entries
   */
  constructor(
    { tags }: Pick<Catalogue, 'tags'>,
    into: Into | null,
    kind: LabelSetKind,
    repeated: ReadonlySet<PhotoId>,
  ) {
    this.#tags = tags;
    this.#into = into;
    this.#repeated = repeated;
    this.#exclusive = kind === 'multi-class' || kind === 'multi-output';
    this.#grouped = kind === 'multi-output';
  }

  /** Rows are given in the file's order. */
  has({ present, absent }: FileRow, photos: readonly PhotoId[]): boolean {
    let found = false;
    this.#givenInRow.clear();
    const says = (label: FileLabel, verdict: Verdict) => {
      for (const photo of photos) if (this.#contradicts(photo, label, verdict)) found = true;
    };
    for (const label of absent) says(label, 'rejected');
    for (const label of present) says(label, 'accepted');
    return found;
  }

  #contradicts(photo: PhotoId, label: FileLabel, verdict: Verdict): boolean {
    const group = this.#grouped ? foldedName(label.group ?? '') : '';
    const name = foldedName(label.name);
    let found = this.#differs(photo, `${group}\u0000${name}`, verdict);
    if (this.#exclusive && verdict === 'accepted' && this.#differs(photo, group, name)) found = true;
    if (this.#into === null) return found;
    const { set, find } = this.#into;
    const number = find(label);
    const own = set.labels.find((one) => one.number === number);
    if (own === undefined) return found;
    const known = this.#tags.verdict(photo, own.number);
    if (known !== null && known !== verdict) found = true;
    if (!this.#exclusive || verdict !== 'accepted') return found;
    const rivals = set.labels.filter((one) => one !== own && one.group === own.group);
    return found || rivals.some((rival) => this.#tags.verdict(photo, rival.number) === 'accepted');
  }

  #differs(photo: PhotoId, what: string, value: string): boolean {
    const given = this.#repeated.has(photo) ? this.#given : this.#givenInRow;
    const key = `${photo} ${what}`;
    const before = given.get(key);
    given.set(key, value);
    return before !== undefined && before !== value;
  }
}
