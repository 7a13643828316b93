import type { FileLabel, FileRow } from '../label-files/label-file.ts';
import type { LabelNumber, Verdict } from '../tagging/label.ts';
import { foldedName, type LabelSet, type LabelSetKind } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';

/** Finds rows of a file that contradict what is said of their photos, or what other rows say of them. */
export class ImportConflicts {
  readonly #tags: Catalogue['tags'];
  readonly #set: LabelSet | null;
  readonly #exclusive: boolean;
  readonly #grouped: boolean;
  readonly #labelFor: (set: LabelSet, label: FileLabel) => LabelNumber | null;
  /** What rows have said so far: the class of a photo (of a group), and yes or no of its labels. */
  readonly #given = new Map<string, string>();

  /** @param set where labels go; null: into a new set of that kind */
  constructor(
    { tags }: Pick<Catalogue, 'tags'>,
    set: LabelSet | null,
    kind: LabelSetKind,
    labelFor: (set: LabelSet, label: FileLabel) => LabelNumber | null,
  ) {
    this.#tags = tags;
    this.#set = set;
    this.#exclusive = kind === 'multi-class' || kind === 'multi-output';
    this.#grouped = kind === 'multi-output';
    this.#labelFor = labelFor;
  }

  /** Rows are given in the file's order. */
  has({ present, absent }: FileRow, photos: readonly PhotoId[]): boolean {
    let found = false;
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
    let found = this.#differs(`${photo} ${group}\u0000${name}`, verdict);
    if (this.#exclusive && verdict === 'accepted' && this.#differs(`${photo} ${group}`, name)) found = true;
    const set = this.#set;
    const number = set === null ? null : this.#labelFor(set, label);
    const own = set?.labels.find((one) => one.number === number);
    if (set === null || own === undefined) return found;
    const known = this.#tags.verdict(photo, own.number);
    if (known !== null && known !== verdict) found = true;
    if (!this.#exclusive || verdict !== 'accepted') return found;
    const rivals = set.labels.filter((one) => one !== own && one.group === own.group);
    return found || rivals.some((rival) => this.#tags.verdict(photo, rival.number) === 'accepted');
  }

  #differs(key: string, value: string): boolean {
    const before = this.#given.get(key);
    this.#given.set(key, value);
    return before !== undefined && before !== value;
  }
}
