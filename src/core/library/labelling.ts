import type { JudgedSet } from '../evaluation/judged-set.ts';
import type { Label, LabelNumber } from '../tagging/label.ts';
import { isFullMark } from '../tagging/label-set.ts';
import type { ActionLog } from './action-log.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileBytes } from './file-handle.ts';
import { JudgedPhotos, type JudgedScope } from './judged-photos.ts';
import { KeptVersions } from './kept-versions.ts';
import { Evidence, type EvidenceOf, type LabelEvidence } from './label-evidence.ts';
import { LabelExchange } from './label-exchange.ts';
import {
  type LabelDictionary,
  labelDictionary,
  photosOfSaid,
  type VerdictCounts,
  verdictCounts,
} from './label-figures.ts';
import { type LabelMatrix, labelMatrix } from './label-matrix.ts';
import { doubtfulPhotos, labelQueue, type QueueOrder } from './label-queue.ts';
import { LabelSets } from './label-sets.ts';
import type { Embedder, EmbedLimits, ModelWeights } from './model-ports.ts';
import type { Models } from './models.ts';
import { NearTaught } from './near-taught.ts';
import type { Originals } from './originals.ts';
import type { Failure, PhotoId } from './photo.ts';
import { shownTest } from './query-photos.ts';
import type { SignatureSource } from './signatures.ts';
import { clearSplit, type SplitAnswer, type SplitChoices, splitPhotos } from './split-photos.ts';
import { StoreRefused } from './store-refused.ts';
import { TaughtSets } from './taught-sets.ts';
import type { HeadTeacher } from './teaching-ports.ts';

export interface LabellingParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly models: Models;
  readonly originals: Originals;
  readonly embedder: Embedder;
  readonly weights: ModelWeights;
  readonly headTeacher: HeadTeacher;
  readonly looks: () => SignatureSource;
  readonly embedLimits: () => EmbedLimits;
  readonly log: () => ActionLog;
  readonly crash: (error: unknown) => void;
}

/** Labels and sets of them: made, taught, exchanged, explained, compared with what the person says. */
export class Labelling {
  readonly #parts: LabellingParts;
  readonly #evidence: Evidence;
  readonly #nearTaught: NearTaught;
  readonly judged: JudgedPhotos;
  readonly versions: KeptVersions;
  readonly labelSets: LabelSets;
  readonly taughtSets: TaughtSets;
  readonly labelExchange: LabelExchange;

  constructor(parts: LabellingParts) {
    const { catalogue, clock, models, crash } = parts;
    this.#parts = parts;
    this.#nearTaught = new NearTaught(catalogue, clock, parts.looks);
    this.judged = new JudgedPhotos(
      catalogue,
      clock,
      () => models.current,
      (set) => this.labelMatrix(set),
      (number) => this.versions.answers(number),
      (set, wanted) => this.taughtSets.refused(set, wanted),
    );
    this.versions = new KeptVersions({
      catalogue,
      clock,
      judged: (set) => this.judged.judged(set, { query: null, side: null }),
      model: () => models.current,
      head: (set) => this.taughtSets.heads.usableHead(set),
    });
    this.taughtSets = new TaughtSets({
      catalogue,
      clock,
      teacher: parts.headTeacher,
      looks: parts.looks,
      model: () => models.current,
      crash,
    });
    this.labelSets = new LabelSets(catalogue, parts.log, (set) => this.taughtSets.changed(set));
    this.labelExchange = new LabelExchange(catalogue, this.labelSets, this.taughtSets, () => clock.now());
    this.#evidence = new Evidence({
      catalogue,
      embedder: parts.embedder,
      weights: parts.weights,
      taught: (label) => {
        const set = catalogue.labels.get(label)?.set;
        return set === undefined ? null : (this.taughtSets.heads.usableHead(set)?.head ?? null);
      },
      limits: parts.embedLimits,
      open: (id) => parts.originals.open(id),
    });
  }

  labels(): readonly Label[] {
    const { catalogue } = this.#parts;
    return catalogue.labels.all().map((label) => {
      const set = label.set === undefined ? null : catalogue.labelSet(label.set);
      if (set === null) return label;
      const synonyms = set.labels.find(({ number }) => number === label.number)?.synonyms ?? [];
      return { ...label, setName: set.name, ...(synonyms.length > 0 && { synonyms }) };
    });
  }

  /** @throws RangeError for a name of nothing but spaces */
  ensureLabel(name: string): Promise<Label> {
    if (name.trim() === '') throw new RangeError('a label needs a name');
    const { catalogue } = this.#parts;
    return catalogue.exclusive(async () => {
      const { labels } = catalogue;
      const known = labels.byName(name);
      if (known !== null) return known;
      const label = labels.planOwn(name);
      StoreRefused.check(await catalogue.write({ labels: [label] }, 'strict'));
      return labels.byId(label.id)!;
    });
  }

  /** Null: no such set. */
  labelDictionary(set: number): LabelDictionary | null {
    return labelDictionary(this.#parts.catalogue, set);
  }

  /** What is said of some photos in a set. */
  verdictCounts(set: number, photos: Iterable<number>): VerdictCounts[] {
    return verdictCounts(this.#parts.catalogue, set, photos);
  }

  /**
   * Of every photo of which anything is said in a set of any number of labels: nothing else is there. One action.
   *
   * @returns how many photos that changed
   */
  async fullyLabelSaid(id: number): Promise<number> {
    const { catalogue } = this.#parts;
    const set = catalogue.labelSet(id);
    if (set?.kind !== 'multi-label') return 0;
    const shown = shownTest(catalogue.table, 'present');
    const open = (photo: number) =>
      shown(photo) && !isFullMark(catalogue.marks.get(id, photo as PhotoId), set);
    const said = [...photosOfSaid(catalogue, id, { said: 'anything', label: '' }, open)];
    await this.labelSets.state(id, new Map(said.map((photo) => [photo, { fullyLabelled: true }])));
    return said.length;
  }

  /** See `splitPhotos`; choices null: the split goes. */
  async splitPhotos(id: number, choices: SplitChoices | null): Promise<SplitAnswer | null> {
    const { catalogue, models } = this.#parts;
    const set = catalogue.labelSet(id);
    const model = models.current;
    if (set === null) return null;
    if (choices === null) await clearSplit(catalogue, this.labelSets, set);
    if (choices === null || model === null) return null;
    return splitPhotos(catalogue, this.labelSets, set, model, this.#parts.looks(), choices);
  }

  /** The next photos to label; null: no such set, or no model yet. */
  async labelQueue(id: number, order: QueueOrder, count: number): Promise<Uint32Array<ArrayBuffer> | null> {
    const { catalogue, clock, models } = this.#parts;
    const set = catalogue.labelSet(id);
    const model = models.current;
    if (set === null || model === null) return null;
    const head = this.taughtSets.heads.usableHead(id);
    if (order !== 'wrong') return labelQueue(catalogue, clock, set, model, head, order, count);
    return doubtfulPhotos((await this.labelMatrix(id))!, count);
  }

  labelMatrix(set: number): Promise<LabelMatrix | null> {
    const { catalogue, models } = this.#parts;
    return labelMatrix(
      catalogue,
      set,
      models.current,
      this.taughtSets.heads.usableHead(set),
      this.#nearTaught,
    );
  }

  /** Where in the picture a label of the model comes from. */
  evidence(id: PhotoId, label: LabelNumber): Promise<LabelEvidence | Failure> {
    return this.#evidence.of(id, label);
  }

  /** See `Evidence.strongest`. */
  strongestEvidence(bytes: FileBytes, count: number): Promise<readonly EvidenceOf[] | Failure> {
    return this.#evidence.strongest(bytes, count);
  }

  /** See `JudgedPhotos.judged`. */
  judgedSet(set: string, scope: JudgedScope): Promise<JudgedSet | null> {
    return this.judged.judged(set, scope);
  }
}
