import type { LabelNumber } from '../tagging/label.ts';
import { TagTable } from '../tagging/tag-table.ts';
import type { ContentId } from './photo.ts';
import type { TaughtChunk } from './teaching-ports.ts';

/** Contents per stored chunk: some tens of kilobytes. */
export const givenRows = 8192;
/** In a chunk's lengths: the content was not scored yet. */
const notScored = 0xffff;

/** What one head gives to each content, and which ones it has scored. */
export class GivenTags {
  readonly #labels = new TagTable();
  #isScored = new Uint8Array(givenRows);
  readonly #changed = new Set<number>();

  has(content: ContentId): boolean {
    return this.#isScored[content] === 1;
  }

  get(content: ContentId): LabelNumber[] {
    return this.#labels.get(content);
  }

  set(content: ContentId, labels: readonly LabelNumber[]): void {
    this.#put(content, labels);
    this.#changed.add(Math.floor(content / givenRows));
  }

  load({ chunk, lengths, labels }: TaughtChunk): void {
    let at = 0;
    lengths.forEach((length, row) => {
      if (length === notScored) return;
      const own = Array.from(labels.subarray(at, at + length)) as LabelNumber[];
      this.#put((chunk * givenRows + row) as ContentId, own);
      at += length;
    });
  }

  /** What has changed since this was asked last, as it is stored. */
  takeChanged(set: number): TaughtChunk[] {
    const chunks = [...this.#changed].map((chunk): TaughtChunk => {
      const first = chunk * givenRows;
      const rows = Math.min(givenRows, this.#isScored.length - first);
      const lengths = new Uint16Array(rows).fill(notScored);
      const labels: number[] = [];
      for (let row = 0; row < rows; row++) {
        if (this.#isScored[first + row] === 0) continue;
        const own = this.get((first + row) as ContentId);
        lengths[row] = own.length;
        labels.push(...own);
      }
      return { set, chunk, lengths, labels: Uint32Array.from(labels) };
    });
    this.#changed.clear();
    return chunks;
  }

  #put(content: ContentId, labels: readonly LabelNumber[]): void {
    if (content >= this.#isScored.length) {
      const larger = new Uint8Array(Math.max(content + 1, 2 * this.#isScored.length));
      larger.set(this.#isScored);
      this.#isScored = larger;
    }
    this.#isScored[content] = 1;
    this.#labels.set(content, labels);
  }
}
