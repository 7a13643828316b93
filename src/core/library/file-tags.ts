import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { chunkOf } from './photo-columns.ts';
import type { FileTagChunk, StoredLabel } from './stored-rows.ts';

/**
 * [Note: Tags of files]
 * Keywords that another program wrote into a photo are tags of a kind of their own: neither the model's opinion nor a
 * decision of the person, who can confirm or reject each. A keyword is the label of that name if there is one, else one
 * made for it (id `file:...`). The photo's record has the words; what is stored beside can be made again from them.
 */
export class FileTagPlan {
  /** Labels of photos; empty: they have none any more. */
  readonly photos = new Map<PhotoId, readonly LabelNumber[]>();
  readonly labels: StoredLabel[] = [];
  readonly #catalogue: Catalogue;
  readonly #numbers = new Map<string, LabelNumber>();
  #next: number;

  /** @param next number for the first new label */
  constructor(catalogue: Catalogue, next: number) {
    this.#catalogue = catalogue;
    this.#next = next;
  }

  /** One more than the greatest label number. */
  get next(): number {
    return this.#next;
  }

  set(photo: PhotoId, keywords: readonly string[]): void {
    if (keywords.length === 0 && this.#catalogue.tags.fileTags(photo).length === 0) return;
    this.photos.set(photo, [...new Set(keywords.map((word) => this.#numberOf(word)))]);
  }

  #numberOf(word: string): LabelNumber {
    const key = word.normalize('NFC').toLowerCase();
    const planned = this.#numbers.get(key);
    if (planned !== undefined) return planned;
    const { labels } = this.#catalogue;
    const known = labels.byName(word);
    const number = known?.number ?? (this.#next++ as LabelNumber);
    this.#numbers.set(key, number);
    if (known === null) {
      const id = labels.freeId(`file:${key}`, new Set(this.labels.map((label) => label.id)));
      this.labels.push({ number, id, names: { en: word, zh: word }, own: true });
    }
    return number;
  }
}

/** The stored chunks that hold some photos, as they will be. */
export function fileTagChunks(
  { table, tags }: Catalogue,
  changes: ReadonlyMap<PhotoId, readonly LabelNumber[]>,
): FileTagChunk[] {
  const pairs = new Map([...changes.keys()].map((photo) => [chunkOf(photo), [] as number[]]));
  for (const [photo, labels] of tags.allFileTags()) {
    if (changes.has(photo as PhotoId) || !table.has(photo)) continue;
    const chunk = pairs.get(chunkOf(photo));
    if (chunk !== undefined) for (const label of labels) chunk.push(photo, label);
  }
  for (const [photo, labels] of changes) {
    for (const label of labels) pairs.get(chunkOf(photo))!.push(photo, label);
  }
  return [...pairs].map(([chunk, list]) => ({ chunk, pairs: Uint32Array.from(list) }));
}
