import { onlyGroups, usualGroups } from '../label-files/chosen-groups.ts';
import type {
  FileLabel,
  LabelFile,
  LabelFileProblem,
  NamedText,
  ReadLabels,
} from '../label-files/label-file.ts';
import { foldersAsLabels, readLabelFiles, rootFolders } from '../label-files/read-label-files.ts';
import { headToJson } from '../learning/head-json.ts';
import { headToOnnx } from '../learning/onnx-head.ts';
import type { LabelDraft, SetDraft } from '../tagging/edit-label-set.ts';
import { builtInSet, foldedName, type LabelSet, type SetProblem } from '../tagging/label-set.ts';
import type { Catalogue } from './catalogue.ts';
import { draftOfHead, type HeadAnswer, numberedHead, readHead } from './head-import.ts';
import { builtIn, exportedLabels, namedHead } from './label-export.ts';
import {
  freeName,
  type ImportPreview,
  type ImportTarget,
  labelFor,
  mayJoin,
  planImport,
  statementsOf,
  suggestedTarget,
} from './label-import.ts';
import type { LabelSets } from './label-sets.ts';
import type { TaughtSets } from './taught-sets.ts';

/** Where labels come from: files, or the folders that the library's photos lie in. */
export type LabelSource =
  | {
      readonly kind: 'texts';
      readonly texts: readonly NamedText[];
      /** Names of files that could not be read. */
      readonly unread?: readonly string[];
      /** Of the archive that they lie in: the set's, where they give none. */
      readonly name?: string;
    }
  /** Only those below `root`, which are named by the folders right below it; null: all, by their innermost folder. */
  | { readonly kind: 'folders'; readonly root: string | null };

export type PreviewAnswer =
  | { readonly ok: true; readonly preview: ImportPreview }
  | { readonly ok: false; readonly problem: LabelFileProblem };

export type ImportAnswer =
  | { readonly ok: true; readonly set: LabelSet; readonly photos: number }
  | { readonly ok: false; readonly problem: LabelFileProblem | { readonly code: SetProblem } };

/** So many folders are offered as roots. */
const mostRoots = 500;

/** Labels and heads, in and out. */
export class LabelExchange {
  readonly #catalogue: Catalogue;
  readonly #sets: LabelSets;
  readonly #taught: TaughtSets;
  readonly #now: () => number;

  constructor(catalogue: Catalogue, sets: LabelSets, taught: TaughtSets, now: () => number) {
    this.#catalogue = catalogue;
    this.#sets = sets;
    this.#taught = taught;
    this.#now = now;
  }

  /** What an import would do; nothing is written. Target null: as the file suggests. */
  preview(source: LabelSource, target: ImportTarget | null): PreviewAnswer {
    const read = this.#read(source);
    if (!read.ok) return read;
    const wanted = target ?? suggestedTarget(read.file, this.#catalogue.labelSets);
    const { preview } = planImport(this.#catalogue, read.file, wanted);
    const roots = source.kind === 'folders' ? rootFolders(this.#paths()).slice(0, mostRoots) : [];
    return { ok: true, preview: { ...preview, roots } };
  }

  /** Makes the set if it is new, adds labels, and says of the photos what the file says of them. */
  async import(source: LabelSource, target: ImportTarget): Promise<ImportAnswer> {
    const read = this.#read(source);
    if (!read.ok) return read;
    const file = onlyGroups(read.file, target.groups ?? usualGroups(read.file));
    const into = this.#into(file, target);
    if (into === null) return { ok: false, problem: { code: 'gone' } };
    let photos = 0;
    const answer = await this.#sets.fill(into, (set) => {
      const statements = statementsOf(set, planImport(this.#catalogue, file, target), target.fullyLabelled);
      photos = statements.size;
      return statements;
    });
    return answer.ok
      ? { ok: true, set: answer.set, photos }
      : { ok: false, problem: { code: answer.problem } };
  }

  /** All that was said in the set, as files have it; null: no such set. */
  exported(id: number): LabelFile | null {
    const set = id === builtInSet ? builtIn(this.#catalogue) : this.#catalogue.labelSet(id);
    return set && exportedLabels(this.#catalogue, set);
  }

  /** What was taught, for other programs and other libraries; null: the set is not taught. */
  exportHead(id: number, kind: 'onnx' | 'json'): string | Uint8Array<ArrayBuffer> | null {
    const set = this.#catalogue.labelSet(id);
    const stored = this.#taught.heads.usableHead(id);
    if (set === null || stored === null) return null;
    const head = namedHead(set, stored.head);
    if (head === null) return null;
    return kind === 'onnx' ? headToOnnx(head) : headToJson(head);
  }

  /** Makes a set for a head that was taught elsewhere; the library is scored by it. */
  async importHead(file: string | Uint8Array, name: string): Promise<HeadAnswer> {
    const read = readHead(file);
    if ('problem' in read) return { ok: false, problem: { code: 'broken', found: read.problem } };
    const { id, version } = read.backbone;
    if (!this.#taught.heads.fits(read.backbone)) {
      return { ok: false, problem: { code: 'other-model', found: `${id} ${version}` } };
    }
    const dims = await this.#taught.heads.learnDims();
    if (dims !== null && dims !== read.dims) {
      const found = `${id} ${version} (${read.dims} ≠ ${dims})`;
      return { ok: false, problem: { code: 'other-model', found } };
    }
    const draft = draftOfHead(read, name);
    if (draft === null)
      return { ok: false, problem: { code: 'broken', found: 'sigmoid and softmax groups' } };
    const made = await this.#sets.make({ ...draft, name: freeName(draft.name, this.#catalogue.labelSets) });
    if (!made.ok) return { ok: false, problem: { code: made.problem } };
    const head = numberedHead(made.set, read);
    if (head === null) return { ok: false, problem: { code: 'gone' } };
    await this.#taught.keep({
      set: made.set.id,
      version: 1,
      model: read.backbone,
      taughtAt: this.#now(),
      head,
      photos: new Uint32Array(0),
      heldOut: new Float32Array(0),
      report: null,
    });
    return { ok: true, set: made.set };
  }

  #read(source: LabelSource): ReadLabels {
    if (source.kind === 'texts') {
      const { texts, unread, name } = source;
      const read = readLabelFiles(texts, unread);
      const isNamed = !read.ok || read.file.name !== null || name === undefined;
      return isNamed ? read : { ok: true, file: { ...read.file, name } };
    }
    const file = foldersAsLabels(this.#paths(), source.root);
    return file.rows.length === 0 ? { ok: false, problem: { code: 'no-folders' } } : { ok: true, file };
  }

  /** Of the photos that are there. */
  #paths(): string[] {
    const { table } = this.#catalogue;
    const paths: string[] = [];
    for (const id of table.ids()) {
      const path = table.columns.removedAt[id] === 0 ? table.path(id) : null;
      if (path !== null) paths.push(path);
    }
    return paths;
  }

  /** The set that is to be made, or the labels that one gets; null: it is gone. */
  #into(
    file: LabelFile,
    { set: id, name, kind, addLabels }: ImportTarget,
  ): SetDraft | { readonly set: number; readonly labels: readonly LabelDraft[] } | null {
    const grouped = kind === 'multi-output';
    const draftOf = ({ group, ...label }: LabelFile['labels'][number]): LabelDraft => ({
      ...label,
      ...(grouped && { group: group ?? name }),
    });
    // Names that differ by case only are one label; of what is said of it the first holds.
    const labels = new Map<string, LabelFile['labels'][number]>();
    for (const label of file.labels) {
      const key = `${grouped ? foldedName(label.group ?? name) : ''}\u0000${foldedName(label.name)}`;
      if (!labels.has(key)) labels.set(key, label);
    }
    if (id === null) {
      const refuses = kind === 'multi-class' && file.refuses === true;
      return { name, kind, groups: [], labels: [...labels.values()].map(draftOf), refuses };
    }
    const set = this.#catalogue.labelSet(id);
    if (set === null) return null;
    const mayBeNew = (label: FileLabel) => addLabels && labelFor(set, label) === null && mayJoin(set, label);
    return { set: id, labels: [...labels.values()].filter(mayBeNew).map(draftOf) };
  }
}
