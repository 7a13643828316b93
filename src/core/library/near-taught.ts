import { signatureBytes } from '../image/signature.ts';
import { nearTest } from '../learning/near-duplicates.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { vectorsOf } from './lesson.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { SignatureSource } from './signatures.ts';
import type { StoredModel } from './stored-rows.ts';
import type { StoredHead } from './teaching-ports.ts';

/** Comparisons between two breaths: some milliseconds of work. */
const comparisonsPerBreath = 50_000;

/**
 * Finds photos that were labelled after a teaching and are near-duplicates of what was taught: the head has as good as seen them,
 * and figures would lie. What was found is kept until the set is taught again.
 */
export class NearTaught {
  readonly #catalogue: Catalogue;
  readonly #clock: Pick<Clock, 'breathe'>;
  readonly #looks: () => SignatureSource;
  /** By set: whether a content is near. */
  readonly #found = new Map<number, { readonly taughtAt: number; readonly near: Map<ContentId, boolean> }>();

  constructor(catalogue: Catalogue, clock: Pick<Clock, 'breathe'>, looks: () => SignatureSource) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#looks = looks;
  }

  /** Those of some contents. None where the person has chosen that near-duplicates may part. */
  async among(
    head: StoredHead,
    model: StoredModel,
    contents: Iterable<ContentId>,
  ): Promise<ReadonlySet<ContentId>> {
    const late = new Set(contents);
    if (head.report?.together !== true || late.size === 0) return new Set();
    let found = this.#found.get(head.set);
    if (found?.taughtAt !== head.taughtAt) {
      found = { taughtAt: head.taughtAt, near: new Map() };
      this.#found.set(head.set, found);
    }
    const { near } = found;
    const open = [...late].filter((content) => !near.has(content));
    if (open.length > 0) await this.#compare(head, model, open, near);
    return new Set([...late].filter((content) => near.get(content) === true));
  }

  async #compare(
    { photos }: StoredHead,
    model: StoredModel,
    open: readonly ContentId[],
    near: Map<ContentId, boolean>,
  ): Promise<void> {
    const { table } = this.#catalogue;
    const taught = new Set<ContentId>();
    for (const photo of photos) {
      const content = table.has(photo) ? table.contentOf(photo as PhotoId) : null;
      if (content !== null) taught.add(content);
    }
    const vectors = await vectorsOf(this.#catalogue, model, [...open, ...taught]);
    const looks = this.#looks();
    await looks.load();
    const known = open.filter((content) => vectors.has(content));
    const rows = [...known, ...[...taught].filter((content) => vectors.has(content))];
    const dims = vectors.values().next().value?.length ?? 0;
    const embeddings = new Float32Array(rows.length * dims);
    const signatures = new Uint8Array(rows.length * signatureBytes);
    rows.forEach((content, row) => {
      embeddings.set(vectors.get(content)!, row * dims);
      const own = looks.of(content);
      if (own !== null) signatures.set(own, row * signatureBytes);
    });
    const isNear = nearTest(embeddings, dims, signatures);
    let done = 0;
    for (const [row, content] of known.entries()) {
      let isOne = false;
      for (let other = known.length; other < rows.length && !isOne; other++) {
        isOne = isNear(row, other);
        if (++done % comparisonsPerBreath === 0) await this.#clock.breathe();
      }
      near.set(content, isOne);
    }
  }
}
